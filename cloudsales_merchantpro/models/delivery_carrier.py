"""“Made on the Site” as a courier: the shop makes the waybill in its own panel, and here it is
what the order says when it is read."""

from odoo import fields, models

from odoo.addons.delivery_awb.models.awb_errors import AwbRefused, AwbUnavailable

from ..api import waybills

STATES = {"shipped": "in_transit", "delivered": "delivered", "returned": "returned"}


class DeliveryCarrier(models.Model):
    _inherit = "delivery.carrier"

    delivery_type = fields.Selection(
        selection_add=[("merchantpro", "Made on the Site (MerchantPro)")],
        ondelete={"merchantpro": "set default"},
    )

    def _awb_here_only(self):
        return self.delivery_type == "merchantpro" or super()._awb_here_only()

    def merchantpro_awb_create(self, waybill):
        order = waybill.sale_id.merchantpro_order_id
        if not order:
            raise AwbRefused(self.env._("This order is of no site: choose another carrier."))
        told = waybills.site_waybill(order.payload)
        if not told.number:
            raise AwbUnavailable(
                self.env._("The site has no waybill of order %s yet.", order.external_id)
            )
        return {"number": told.number, "tracking_url": told.url or False}

    def merchantpro_awb_label(self, waybill):
        """Printed from the site."""
        return None

    def merchantpro_awb_status(self, waybill_ids):
        told = {}
        for waybill in waybill_ids:
            order = waybill.sale_id.merchantpro_order_id
            state = STATES.get(order.shipping_status)
            if state:
                words = order.shipping_words
                told[waybill] = {"state": state, "words": words, "at": None}
        return told

    def merchantpro_awb_cancel(self, waybill):
        """Taken back on the site by whoever made it there."""

    def merchantpro_rate_shipment(self, order):
        return self.fixed_rate_shipment(order)

    def merchantpro_get_tracking_link(self, picking):
        return picking.awb_id.tracking_url

    def merchantpro_cancel_shipment(self, pickings):
        """Nothing of it is here."""
