"""Waybills that the site made, read back with the order."""

from odoo import models

from ..api import waybills


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    def write(self, vals):
        result = super().write(vals)
        if "payload" in vals:
            orders = self.sudo()
            orders.filtered(lambda order: order.state == "done")._take_site_waybills()
        return result

    def _create_sales(self, parsed, meaning, lines):
        result = super()._create_sales(parsed, meaning, lines)
        self.browse().union(*lines)._take_site_waybills()
        return result

    def _take_site_waybills(self):
        """The first transfer without one has the waybill that the site made for its order."""
        for order in self:
            number = waybills.site_waybill(order.payload).number
            sale = order.sale_order_id
            if not number or number in sale.picking_ids.awb_ids.mapped("number"):
                continue
            pickings = sale._awb_pickings().filtered(
                lambda each: each.carrier_id.delivery_type == "merchantpro"
            )
            # One that waits for the number since it was asked for is not to wait any longer.
            pickings[:1]._make_awb().filtered(lambda each: each.state == "draft")._send()
