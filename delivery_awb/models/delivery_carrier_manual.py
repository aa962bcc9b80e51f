"""A courier that is not connected: its waybills are made elsewhere, here their number is typed,
their label attached, and their state set by hand."""

from odoo import fields, models

from .awb_errors import AwbRefused

PLACES = ("{number}", "<shipmenttrackingnumber>")


class DeliveryCarrier(models.Model):
    _inherit = "delivery.carrier"

    delivery_type = fields.Selection(
        selection_add=[("manual", "Other Courier, by Hand")],
        ondelete={"manual": "set default"},
    )

    def _awb_here_only(self):
        return self.delivery_type == "manual" or super()._awb_here_only()

    def manual_rate_shipment(self, order):
        return self.fixed_rate_shipment(order)

    def manual_send_shipping(self, pickings):
        return [
            {"exact_price": each.carrier_id.fixed_price, "tracking_number": False}
            for each in pickings
        ]

    def manual_get_tracking_link(self, picking):
        return self._awb_tracking_url(picking.carrier_tracking_ref)

    def manual_cancel_shipment(self, pickings):
        """Nobody to tell."""

    def manual_awb_create(self, waybill):
        raise AwbRefused(self.env._("Type the number of the waybill that the courier gave you."))

    def manual_awb_cancel(self, waybill):
        """Nobody to tell."""

    def _awb_tracking_url(self, number):
        """The carrier's pattern with the number in it, or nothing."""
        url = self.tracking_url
        if not url or not number:
            return False
        for place in PLACES:
            url = url.replace(place, number)
        return url
