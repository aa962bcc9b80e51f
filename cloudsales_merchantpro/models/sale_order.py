"""Sales orders that came from a shop."""

from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    merchantpro_order_id = fields.Many2one(
        "merchantpro.order", string="Shop Order", copy=False, readonly=True, index="btree_not_null"
    )
    merchantpro_shop_id = fields.Many2one(
        related="merchantpro_order_id.shop_id", string="Shop", store=True
    )

    # The last line of defence against an order imported twice.
    _merchantpro_order_uniq = models.UniqueIndex(
        "(merchantpro_order_id) WHERE merchantpro_order_id IS NOT NULL",
        "This order of the shop is already imported.",
    )

    def action_open_merchantpro_order(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "merchantpro.order",
            "res_id": self.merchantpro_order_id.id,
            "view_mode": "form",
        }
