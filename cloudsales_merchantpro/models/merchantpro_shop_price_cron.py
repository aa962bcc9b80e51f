"""What happens to prices without anybody doing anything: rules begin and end by date, exchange
rates by day, and a site that decides its prices is read again.

Each look covers the time since the last one that found something, so nothing is missed while
the cron is down; what is found twice is noted twice and sent once."""

import datetime

from odoo import api, fields, models
from odoo.fields import Domain


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    # Written when something was found, not at every look: jobs write shops too.
    rules_seen_until = fields.Datetime(
        readonly=True, copy=False, help="Until when prices that begin or end by date are noted."
    )

    @api.model
    def _cron_prices(self):
        self._note_dated_prices()
        for shop in self.search([("price_direction", "=", "pull"), ("state", "=", "connected")]):
            if shop._prices_due():
                shop._unattended().fetch_catalog()

    @api.model
    def _note_dated_prices(self):
        now = fields.Datetime.now()
        for shop in self._publishing_prices():
            seen = shop.rules_seen_until
            rules = shop._rules_dated_between(seen, now) if seen else None
            new_day = seen and seen.date() < now.date() and shop._converting_prices()
            if not seen or new_day:
                self.env["merchantpro.change"]._note_shops(shop)
            if not seen or new_day or rules:
                shop.rules_seen_until = now
            if rules:
                rules._note_for_shops()

    def _rules_dated_between(self, start, end):
        """The rules of the shop's pricelists that begin after `start` and until `end`, or were in
        force at `start` and are not at `end`."""
        pricelists = self.price_warehouse_id.pricelist_id._with_bases()
        begun = Domain("date_start", ">", start) & Domain("date_start", "<=", end)
        ended = Domain("date_end", ">=", start) & Domain("date_end", "<", end)
        return self.env["product.pricelist.item"].search(
            Domain("pricelist_id", "in", pricelists.ids) & (begun | ended)
        )

    def _converting_prices(self):
        """The shops whose published prices depend on exchange rates."""
        return self.filtered(lambda shop: shop._price_currencies())

    def _prices_due(self):
        """Whether it is time to read the site's prices. A reading that somebody paused stays so."""
        newest = self.fetch_id
        if not self.price_pull_interval or newest.state in ("running", "paused"):
            return False
        interval = datetime.timedelta(hours=self.price_pull_interval)
        return not newest or newest.resumed_at <= fields.Datetime.now() - interval
