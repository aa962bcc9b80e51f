"""Odoo's own ways to ship, on transfers that have or may have waybills: nothing is sent twice, and
what Odoo's protocol sent is a waybill too."""

from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def write(self, vals):
        """A waybill that is not made yet goes with the carrier of its transfer."""
        result = super().write(vals)
        if vals.get("carrier_id"):
            early = self.sudo().awb_ids.filtered(
                lambda each: each.state in ("draft", "error") and not each.detached
            )
            early.filtered(lambda each: each.carrier_id != each.picking_id.carrier_id).write(
                {"carrier_id": vals["carrier_id"]}
            )
        return result

    def send_to_shipper(self):
        """Called at validation. With a waybill there is nothing to send; without one, and with a
        courier that makes them, the carrier says whether validation is the moment."""
        self.ensure_one()
        carrier = self.carrier_id
        if self.sudo()._awb_live() or carrier._awb_here_only():
            return
        if not carrier._awb_native():
            super().send_to_shipper()
            self._awb_note_shipment()
        elif carrier.awb_on_validate and not self._awb_hindrance():
            self._make_awb()

    def _awb_note_shipment(self):
        """What Odoo's protocol has just sent, as a waybill."""
        numbers = [each for each in (self.carrier_tracking_ref or "").split(",") if each]
        if not numbers or self.picking_type_code != "outgoing":
            return
        values = {**self._prepare_awb_values(), "cost": self.carrier_price}
        waybill = self.env["delivery.awb"].create(values)
        waybill._adopt({"number": numbers[0], "parcels": numbers, "label": None})

    def cancel_shipment(self):
        """The button beside the tracking reference."""
        with_waybill = self.filtered("awb_id")
        with_waybill.awb_id.action_cancel()
        rest = self - with_waybill
        return super(StockPicking, rest).cancel_shipment() if rest else None
