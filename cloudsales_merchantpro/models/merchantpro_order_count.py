"""Counting the orders of the last two days on both sides, every night and on demand.

The reading should have brought them all. This is the proof, made another way: the numbers
alone, compared. What is missing here is fetched by its number, and both differences are shown.
"""

import datetime

from odoo import api, fields, models
from odoo.fields import Domain

from ..api.errors import ParseError
from ..api.fields import moment

PERIOD = datetime.timedelta(hours=48)
# What was placed just now may not have been read yet, and is no difference.
FRESH = datetime.timedelta(minutes=15)
KEEP_DAYS = 30


class MerchantProOrderCount(models.Model):
    _name = "merchantpro.order.count"
    _description = "Count of a MerchantPro Site's Orders"
    _inherit = "merchantpro.site.pages"

    since = fields.Datetime(required=True, readonly=True)
    until = fields.Datetime(required=True, readonly=True)
    site_count = fields.Integer(string="On the Site", readonly=True)
    our_count = fields.Integer(
        string="Here", readonly=True, help="Before the missing were fetched."
    )
    missing = fields.Text(
        string="Were Missing Here", readonly=True, help="They were fetched by their numbers."
    )
    extra = fields.Text(string="Only Here", readonly=True, help="The site's list lacks them.")
    differs = fields.Boolean(string="Differences", compute="_compute_differs", store=True)
    site_numbers = fields.Json(readonly=True)

    _running_uniq = models.UniqueIndex(
        "(shop_id) WHERE state = 'running'", "The orders of this shop are being counted already."
    )

    @api.depends("shop_id", "until")
    def _compute_display_name(self):
        for each in self:
            each.display_name = self.env._("Orders of %s", each.shop_id.name)

    @api.depends("missing", "extra")
    def _compute_differs(self):
        for each in self:
            each.differs = bool(each.missing or each.extra)

    def _describe(self):
        return self.env._("MerchantPro: count the orders of %s", self.shop_id.name)

    def _take_page(self, start):
        # Whose midnight the site's filter means is not known: one day more.
        since = (self.since - datetime.timedelta(days=1)).date()
        page = self.shop_id._client().order_numbers_page(start, since)
        rows = [row for row in page.rows if self._counts(row)]
        counted = self.env["merchantpro.order"]._numbers_of(rows)
        self.site_numbers = list(dict.fromkeys([*(self.site_numbers or []), *counted]))
        return page.next_start

    def _counts(self, row):
        try:
            placed = moment(row, "date_created")
        except ParseError:
            placed = None
        # One without a date that can be read is an order nonetheless.
        return placed is None or self.since <= placed <= self.until

    def _finish(self):
        site = self.site_numbers or []
        orders = self.env["merchantpro.order"]
        shop = Domain("shop_id", "=", self.shop_id.id)
        period = Domain("date_created", ">=", self.since) & Domain("date_created", "<=", self.until)
        # The site's list need not have the returns.
        listed = period & Domain("return_of", "=", False)
        here = orders.search(shop & (listed | Domain("external_id", "in", site)))
        ours = set(here.mapped("external_id"))
        missing = [number for number in site if number not in ours]
        extra = sorted(ours - set(site))
        self.write(
            {
                "site_count": len(site),
                "our_count": len(here),
                "missing": ", ".join(missing),
                "extra": ", ".join(extra),
                "site_numbers": False,
            }
        )
        if self.differs:
            self._tell()
            # Some at a time, and the rest is not forgotten when a job fails.
            self.shop_id._take_notice([*missing, *extra])

    def _tell(self):
        none = self.env._("none")
        self.shop_id.message_post(
            body=self.env._(
                "Of the orders of the last two days the site has %(site)s, and %(here)s were here."
                " Missing here, now fetched: %(missing)s. Only here: %(extra)s.",
                site=self.site_count,
                here=self.our_count,
                missing=self.missing or none,
                extra=self.extra or none,
            )
        )

    @api.autovacuum
    def _gc_counts(self):
        limit = fields.Datetime.now() - datetime.timedelta(days=KEEP_DAYS)
        self.search([("create_date", "<", limit)], limit=1000).unlink()


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    def action_count_orders(self):
        """Count the orders of the last 48 hours here and on the site, and fetch what is missing."""
        self.ensure_one()
        shop = self._as_system()
        shop._check_usable()
        return {
            "type": "ir.actions.act_window",
            "res_model": "merchantpro.order.count",
            "res_id": shop._count_orders().id,
            "view_mode": "form",
        }

    def _count_orders(self):
        """A count, begun; the one that runs already, if there is one."""
        counts = self.env["merchantpro.order.count"]
        running = counts.search([("shop_id", "=", self.id), ("state", "=", "running")], limit=1)
        if running:
            return running
        until = fields.Datetime.now() - max(
            FRESH, 2 * datetime.timedelta(minutes=self.order_interval)
        )
        made = counts.create(
            {
                "shop_id": self.id,
                "since": max(until - PERIOD, min(self.order_start_date, until)),
                "until": until,
            }
        )
        made._begin()
        return made

    @api.model
    def _cron_count_orders(self):
        for shop in self.search([("order_interval", ">", 0)])._usable():
            shop._unattended()._count_orders()
