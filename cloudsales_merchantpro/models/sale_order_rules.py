"""What happens to sales orders of shops that rules wait for, and what their rules did."""

from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    merchantpro_payment_method_id = fields.Many2one(
        "merchantpro.payment.method", string="Payment Method of the Shop", copy=False, readonly=True
    )
    merchantpro_shipping_method_id = fields.Many2one(
        "merchantpro.shipping.method", string="Shipping Method", copy=False, readonly=True
    )
    merchantpro_run_ids = fields.One2many(
        "merchantpro.rule.run",
        "order_id",
        string="Rules",
        groups="cloudsales_merchantpro.group_user",
    )

    def _action_confirm(self):
        result = super()._action_confirm()
        self.env["merchantpro.rule"]._happened("confirmed", self)
        return result

    def _action_cancel(self):
        result = super()._action_cancel()
        self.env["merchantpro.rule"]._happened("cancelled", self)
        return result

    def _mark_delivered(self):
        fresh = self.filtered(lambda sale: not sale.merchantpro_delivered_at)
        result = super()._mark_delivered()
        fresh._delivered_happened()
        return result

    def _delivered_happened(self):
        """Parcel by parcel, as couriers tell it; of an order without a transfer, as a whole."""
        if not self.env["merchantpro.rule"]._is_awaited("delivered"):
            return
        for sale in self.sudo():
            parcels = sale.picking_ids._to_buyer().filtered(
                lambda each: each.state == "done" or each.merchantpro_delivered_at
            )
            self.env["merchantpro.rule"]._happened("delivered", parcels or sale)
