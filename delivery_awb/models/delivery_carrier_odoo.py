"""A carrier that knows only Odoo's own protocol: `send_shipping`, the label among the attachments
it posts, `get_tracking_link`, `cancel_shipment`. It cannot be asked for what it made."""

from odoo import models

from .awb_errors import AwbRefused


class DeliveryCarrier(models.Model):
    _inherit = "delivery.carrier"

    def odoo_awb_create(self, waybill):
        picking = waybill.picking_id
        if not hasattr(self, f"{self.delivery_type}_send_shipping"):
            raise AwbRefused(self._awb_words_no_number())
        sent = self.send_shipping(picking)[0]
        numbers = [each.strip() for each in (sent["tracking_number"] or "").split(",")]
        if not numbers[0]:
            raise AwbRefused(self._awb_words_no_number())
        return {
            "number": numbers[0],
            "cost": sent.get("exact_price"),
            "label": self._awb_posted_label(picking),
            "parcels": numbers,
        }

    def _awb_words_no_number(self):
        return self.env._(
            "The delivery method “%s” gives no waybill numbers. Use “Type the Number”.", self.name
        )

    def odoo_awb_label(self, waybill):
        return self._awb_posted_label(waybill.picking_id)

    def _awb_posted_label(self, picking):
        """The bytes of the newest label that the carrier attached to the transfer, or nothing."""
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "stock.picking"),
                ("res_id", "=", picking.id),
                ("name", "=like", f"{self._get_delivery_label_prefix()}%"),
                ("mimetype", "=", "application/pdf"),
            ],
            order="id desc",
            limit=1,
        )
        return attachment.raw or None

    def odoo_awb_status(self, waybills):
        return {}

    def odoo_awb_cancel(self, waybill):
        try:
            self.cancel_shipment(waybill.picking_id)
        except NotImplementedError as error:
            raise AwbRefused(
                self.env._("The delivery method “%s” cannot cancel.", self.name)
            ) from error
