"""How sending to a shop goes, for people who look: what waits and since when, how fast it goes,
when it will be through, and a warning when it takes too long."""

import datetime
import math

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..api.limits import Limits

LATE_MINUTES = 5
PACE_MINUTES = 5  # the pace is that of the last minutes


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    waiting_count = fields.Integer(string="Waiting to Be Sent", compute="_compute_waiting")
    waiting_since = fields.Datetime(
        string="Oldest Change", compute="_compute_waiting", help="The oldest that was not sent yet."
    )
    push_pace = fields.Float(string="Sent per Minute", compute="_compute_push_pace", digits=(16, 1))
    push_minutes_left = fields.Integer(
        string="Minutes Left", compute="_compute_push_pace", help="Until nothing waits any more."
    )
    push_warning = fields.Char(compute="_compute_push_warning")
    refused_count = fields.Integer(string="Refused by the Site", compute="_compute_refused_count")
    unpriced_count = fields.Integer(string="Prices Not Sent", compute="_compute_refused_count")

    def _compute_waiting(self):
        groups = self.env["merchantpro.change"]._read_group(
            [("shop_id", "in", self.ids), ("variant_id.push_refused", "=", False)],
            ["shop_id"],
            ["variant_id:count_distinct", "changed_at:min"],
        )
        waiting = {shop: values for shop, *values in groups}
        for shop in self:
            shop.waiting_count, shop.waiting_since = waiting.get(shop, (0, False))

    @api.depends("waiting_count")
    def _compute_push_pace(self):
        since = fields.Datetime.now() - datetime.timedelta(minutes=PACE_MINUTES)
        counts = dict(
            self.env["merchantpro.variant"]._read_group(
                [("shop_id", "in", self.ids), ("pushed_at", ">=", since)],
                ["shop_id"],
                ["__count"],
            )
        )
        for shop in self:
            shop.push_pace = counts.get(shop, 0) / PACE_MINUTES
            shop.push_minutes_left = shop._push_minutes(shop.waiting_count)

    def _push_minutes(self, calls):
        """Minutes that so many calls take when nothing else needs the budget of the key."""
        minutes, hour = Limits().per_minute, Limits().per_hour
        # An hour's budget is used up at the pace of the minutes, then the rest of it is waited for.
        full, rest = divmod(calls, hour)
        return 60 * full + math.ceil(rest / minutes)

    @api.depends("waiting_since", "stock_paused", "price_paused")
    def _compute_push_warning(self):
        late = fields.Datetime.now() - datetime.timedelta(minutes=LATE_MINUTES)
        for shop in self:
            shop.push_warning = False
            if shop.waiting_since and shop.waiting_since < late and shop._sends():
                minutes = (fields.Datetime.now() - shop.waiting_since).total_seconds() // 60
                shop.push_warning = self.env._(
                    "The oldest change has been waiting for %(minutes)s minutes; %(count)s products"
                    " wait to be sent.",
                    count=shop.waiting_count,
                    minutes=int(minutes),
                )

    def _compute_refused_count(self):
        def counts(domain):
            linked = Domain("shop_id", "in", self.ids) & Domain("match_state", "=", "linked")
            rows = self.env["merchantpro.variant"]
            return dict(rows._read_group(linked & domain, ["shop_id"], ["__count"]))

        refused = counts(Domain("push_refused", "=", True))
        unpriced = counts(Domain("price_problem", "!=", False))
        for shop in self:
            shop.refused_count = refused.get(shop, 0)
            shop.unpriced_count = unpriced.get(shop, 0)

    # Screens

    def action_open_waiting(self):
        return self._action_of("merchantpro_variant_action", search_default_waiting=1)

    def action_open_refused(self):
        return self._action_of("merchantpro_variant_action", search_default_refused=1)

    def action_open_unpriced(self):
        return self._action_of("merchantpro_variant_action", search_default_unpriced=1)

    def action_open_sent(self):
        """The graph of what was sent in the last day."""
        return self._action_of(
            "merchantpro_call_sent_action", search_default_sent=1, search_default_last_day=1
        )

    def action_open_reconciliations(self):
        return self._action_of("merchantpro_reconciliation_action")

    def action_push_everything(self):
        return self.env["merchantpro.push.everything"]._open(self)

    def _send_everything(self):
        """Send stock and price of every linked product, also what the site seems to have, after
        all real changes."""
        self.ensure_one()
        shop = self._as_system()
        shop._check_usable()
        rows = shop._everything()
        rows.must_send = True
        shop.env["merchantpro.change"]._insert(SQL("v.id = ANY(%s)", rows.ids), bulk=True)
        shop.push_changes()

    def _everything(self):
        """The rows that something can be sent for."""
        linked = [("shop_id", "=", self.id), ("match_state", "=", "linked")]
        rows = self.env["merchantpro.variant"].search(
            [*linked, ("on_site", "=", True), ("push_refused", "=", False)]
        )
        published, _problems = self._published(rows)
        return rows.filtered(lambda row: published.get(row))


class MerchantProVariant(models.Model):
    _inherit = "merchantpro.variant"

    waiting_since = fields.Datetime(
        compute="_compute_waiting_since",
        search="_search_waiting_since",
        help="Since when a change of stock or price waits to be sent.",
    )

    def _compute_waiting_since(self):
        waiting = self._waiting_since()
        for row in self:
            row.waiting_since = waiting.get(row, False)

    def _search_waiting_since(self, operator, value):
        changes = self.env["merchantpro.change"]
        if operator == "in" and list(value) == [False]:
            return [("id", "not in", changes._search([]).subselect("variant_id"))]
        return [
            ("id", "in", changes._search([("changed_at", operator, value)]).subselect("variant_id"))
        ]
