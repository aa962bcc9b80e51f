"""Orders of a range of days, also from before the shop's start date.

What such an order is to become is said once, for all: most were handled elsewhere and are only
kept; what the site still has to send may be imported. Orders that were seen here before are left
as they are, but for those that the start date or an earlier history kept out.
"""

import datetime

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..api.fields import day
from .merchantpro_site_pages import PRIORITY

KEPT_OUT = ("start", "history")


class MerchantProOrderHistory(models.Model):
    _name = "merchantpro.order.history"
    _description = "History of a MerchantPro Site's Orders"
    _inherit = "merchantpro.site.pages"

    date_from = fields.Date(
        string="From", required=True, help="Days as the site's own dates have them."
    )
    date_to = fields.Date(string="To", required=True, default=fields.Date.context_today)
    purpose = fields.Selection(
        [
            ("open", "Import what is still to be sent, keep the rest"),
            ("keep", "Only keep them: they were handled elsewhere"),
        ],
        default="open",
        required=True,
        help="Kept orders are ignored, with the reason, and can be found in the inbox. Retry"
        " imports one of them.",
    )
    read_count = fields.Integer(string="Orders Read", readonly=True)
    new_count = fields.Integer(string="Never Seen Before", readonly=True)

    _running_uniq = models.UniqueIndex(
        "(shop_id) WHERE state = 'running'", "The history of this shop is being read already."
    )

    @api.depends("shop_id", "date_from", "date_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for each in self:
            days = [format_date(self.env, day) for day in (each.date_from, each.date_to) if day]
            each.display_name = f"{each.shop_id.name}: {' – '.join(days)}"

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for each in self:
            if each.date_from > each.date_to:
                raise ValidationError(self.env._("The history ends before it begins."))

    def action_start(self):
        """Read the range, a page at a time."""
        self.ensure_one()
        work = self._as_system("cloudsales_merchantpro.group_manager")
        if work.state == "draft":
            work._begin()

    def _describe(self):
        return self.env._("MerchantPro: read the history of %s", self.shop_id.name)

    def _take_page(self, start):
        # Whose midnight the site's filter means is not known: one day more.
        since = self.date_from - datetime.timedelta(days=1)
        page = self.shop_id._client().order_history_page(start, since)
        days = [day(row, "date_created") for row in page.rows]
        # Without a date that can be read, an order is taken: it says so itself.
        self._keep(
            [
                row
                for row, placed in zip(page.rows, days, strict=True)
                if placed is None or self.date_from <= placed <= self.date_to
            ]
        )
        past = days and all(placed and placed > self.date_to for placed in days)
        return None if past else page.next_start

    def _keep(self, rows):
        orders = self.env["merchantpro.order"].with_context(merchantpro_priority=PRIORITY)
        numbers = orders._numbers_of(rows)
        known = orders._numbered(self.shop_id, numbers)
        changed = orders._store(self.shop_id, rows)
        new = orders._numbered(self.shop_id, numbers)._open() - known
        self.write(
            {
                "read_count": self.read_count + len(rows),
                "new_count": self.new_count + len(new),
            }
        )
        if self.purpose == "keep":
            words = self.env._("Kept as history: it was handled elsewhere.")
            for order in new:
                order._settle("ignored", words, because="history")
        else:
            kept_out = known.filtered(lambda order: order.ignored_because in KEPT_OUT)
            (new | kept_out)._ask_for("history")
            changed |= kept_out
        changed._take_up()

    def _finish(self):
        self.shop_id.message_post(
            body=self.env._(
                "The orders from %(first)s to %(last)s were read: %(count)s, of which %(new)s had"
                " never been seen here.",
                first=self.date_from,
                last=self.date_to,
                count=self.read_count,
                new=self.new_count,
            )
        )


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    def action_read_history(self):
        self.ensure_one()
        self._check_usable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("History of Orders"),
            "res_model": "merchantpro.order.history",
            "view_mode": "form",
            "context": {"default_shop_id": self.id},
        }
