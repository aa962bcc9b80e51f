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
    merchantpro_number = fields.Char(
        related="merchantpro_order_id.external_id", string="Number on the Site"
    )
    merchantpro_url = fields.Char(related="merchantpro_order_id.site_url")
    merchantpro_payment_status = fields.Char(
        related="merchantpro_order_id.payment_status", string="Payment State on the Site"
    )
    merchantpro_shipping_status = fields.Char(
        related="merchantpro_order_id.shipping_status", string="Shipping State on the Site"
    )
    merchantpro_payment_words = fields.Char(
        related="merchantpro_order_id.payment_words", string="Payment"
    )
    merchantpro_shipping_words = fields.Char(
        related="merchantpro_order_id.shipping_words", string="Shipping"
    )
    merchantpro_payment_method = fields.Char(
        related="merchantpro_order_id.payment_method", string="Payment Method on the Site"
    )
    merchantpro_shipping_method = fields.Char(
        related="merchantpro_order_id.shipping_method", string="Delivery Method on the Site"
    )
    merchantpro_channel = fields.Char(related="merchantpro_order_id.channel")
    merchantpro_device = fields.Char(related="merchantpro_order_id.device")
    merchantpro_raw = fields.Text(
        related="merchantpro_order_id.raw", string="As Received", groups="base.group_system"
    )
    merchantpro_uncertain = fields.Text(
        related="merchantpro_order_id.uncertain", string="Uncertain"
    )
    merchantpro_held_reason = fields.Text(
        related="merchantpro_order_id.held_reason", string="Held Reason on the Site's Order"
    )

    # The last line of defence against an order imported twice.
    _merchantpro_order_uniq = models.UniqueIndex(
        "(merchantpro_order_id) WHERE merchantpro_order_id IS NOT NULL",
        "This order of the shop is already imported.",
    )

    def action_settle_doubts(self):
        self.merchantpro_order_id.action_settle_doubts()

    def action_open_merchantpro_order(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "merchantpro.order",
            "res_id": self.merchantpro_order_id.id,
            "view_mode": "form",
        }
