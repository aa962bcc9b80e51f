"""What people read of an order of the inbox, in words and beside its sales order."""

import json

from odoo import api, fields, models

from ..api.errors import ParseError
from ..api.fields import text, web_url


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    payment_method = fields.Char(readonly=True)
    shipping_method = fields.Char(string="Delivery Method", readonly=True)
    channel = fields.Char(
        readonly=True, help="The marketplace it was sold on, and its number there."
    )
    device = fields.Char(readonly=True)
    site_url = fields.Char(string="Page on the Site", readonly=True)
    payment_words = fields.Char(string="Payment", compute="_compute_words")
    shipping_words = fields.Char(string="Shipping", compute="_compute_words")
    raw = fields.Text(string="As Received", compute="_compute_raw", groups="base.group_system")

    @api.depends("payment_status", "shipping_status")
    @api.depends_context("lang")
    def _compute_words(self):
        words = self._status_words()
        for order in self:
            for kind in ("payment", "shipping"):
                word = order[f"{kind}_status"]
                # Merchants may have states that nobody told us of.
                order[f"{kind}_words"] = words[kind].get(word, word)

    def _status_words(self):
        """{kind: {the site's word: what it says}}"""
        awaiting, cancelled = self.env._("Awaiting"), self.env._("Cancelled")
        temporary = self.env._("Unfinished")
        return {
            "payment": {
                "temporary": temporary,
                "awaiting": awaiting,
                "paid": self.env._("Paid"),
                "failed": self.env._("Failed"),
                "cancelled": cancelled,
                "refunded": self.env._("Refunded"),
                "rejected": self.env._("Rejected"),
            },
            "shipping": {
                "temporary": temporary,
                "awaiting": awaiting,
                "confirmed": self.env._("Confirmed"),
                "in_process": self.env._("In process"),
                "shipped": self.env._("Shipped"),
                "delivered": self.env._("Delivered"),
                "returned": self.env._("Returned"),
                "cancelled": cancelled,
            },
        }

    @api.depends("payload")
    def _compute_raw(self):
        for order in self:
            order.raw = order.payload and json.dumps(
                order.payload, indent=2, ensure_ascii=False, sort_keys=True
            )

    def _prepare_inbox_values(self, shop, external_id, row):
        def told(read, *keys):
            try:
                return read(row, *keys)
            except ParseError:
                return ""  # `process` tells what cannot be read

        channel = (told(text, "channel_name"), told(text, "channel_ref_id"))
        return {
            **super()._prepare_inbox_values(shop, external_id, row),
            "payment_method": told(text, "payment_method_name", "payment_method_code"),
            "shipping_method": told(text, "shipping_method_name"),
            "channel": " ".join(filter(None, channel)),
            "device": told(text, "customer_device"),
            "site_url": told(web_url, "info_url"),
        }

    def action_open_site(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.site_url, "target": "new"}
