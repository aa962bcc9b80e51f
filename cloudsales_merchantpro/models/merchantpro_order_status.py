"""What each state of the site means for an order that was not imported yet: one row per shop,
kind and word. Rows of words that nobody knew appear when first seen."""

from odoo import api, fields, models

DEFAULTS = {
    ("payment", "temporary"): "wait",
    ("payment", "awaiting"): "take",
    ("payment", "paid"): "take",
    ("payment", "failed"): "hold",
    ("payment", "rejected"): "hold",
    ("payment", "cancelled"): "hold",
    ("payment", "refunded"): "hold",
    ("shipping", "temporary"): "wait",
    ("shipping", "awaiting"): "take",
    ("shipping", "confirmed"): "take",
    ("shipping", "in_process"): "take",
    ("shipping", "shipped"): "hold",
    ("shipping", "delivered"): "hold",
    ("shipping", "returned"): "hold",
    ("shipping", "cancelled"): "ignore",
}


class MerchantProOrderStatus(models.Model):
    _name = "merchantpro.order.status"
    _description = "State of Orders on a MerchantPro Site"
    _order = "shop_id, kind, id"
    _rec_name = "code"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    kind = fields.Selection(
        [("payment", "Payment"), ("shipping", "Shipping")], required=True, readonly=True
    )
    code = fields.Char(string="State on the Site", required=True, readonly=True)
    decision = fields.Selection(
        [
            ("take", "Import"),
            ("wait", "Wait"),
            ("hold", "Hold for a Person"),
            ("ignore", "Leave Alone"),
        ],
        string="Orders Not Imported Yet",
        required=True,
        default="take",
        help="Of an order's two states the stricter one decides. What waits or is left alone is"
        " looked at again when the site changes it.",
    )

    _code_uniq = models.Constraint(
        "unique(shop_id, kind, code)", "The state is already in the list."
    )

    def write(self, vals):
        result = super().write(vals)
        if "decision" in vals:
            self.shop_id._retry_orders("new")
            self.shop_id._retry_orders("held")
        return result

    @api.model
    def _for_orders(self, shop, orders):
        """{key: rows of payment and shipping state} for {key: api Order}."""
        pairs = {
            key: [
                (kind, code)
                for kind, code in (
                    ("payment", order.payment_status),
                    ("shipping", order.shipping_status),
                )
                if code
            ]
            for key, order in orders.items()
        }
        rows = self._for_codes(shop, {pair for each in pairs.values() for pair in each})
        return {key: self.union(*(rows[pair] for pair in each)) for key, each in pairs.items()}

    @api.model
    def _for_codes(self, shop, pairs):
        """{(kind, code): row}."""
        known = self.search([("shop_id", "=", shop.id)])
        rows = {(row.kind, row.code): row for row in known}
        new = [
            {
                "shop_id": shop.id,
                "kind": kind,
                "code": code,
                "decision": DEFAULTS.get((kind, code), "take"),
            }
            for kind, code in pairs
            if (kind, code) not in rows
        ]
        return rows | {(row.kind, row.code): row for row in self.create(new)}


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    order_status_ids = fields.One2many(
        "merchantpro.order.status", "shop_id", string="States of Orders"
    )
    order_wait_hours = fields.Integer(
        string="Drop Unfinished Orders After (hours)",
        default=72,
        help="Orders whose buyer did not finish or did not pay. They come in by themselves should"
        " they be paid later. 0: never.",
    )

    _order_wait_hours = models.Constraint(
        "CHECK(order_wait_hours BETWEEN 0 AND 8784)", "Orders wait for a year at most."
    )

    @api.model_create_multi
    def create(self, vals_list):
        shops = super().create(vals_list)
        for shop in shops:
            self.env["merchantpro.order.status"].sudo()._for_codes(shop, DEFAULTS)
        return shops
