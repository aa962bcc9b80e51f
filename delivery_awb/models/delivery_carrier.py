"""What is asked of a courier, by the name of its `delivery_type`, as Odoo does it:

- `<type>_awb_create(waybill)` → {"number", "cost"?, "label"? (bytes), "tracking_url"?,
  "parcels"?: [numbers]}
- `<type>_awb_find(waybill)` → the same or None; by `waybill._client_reference()`
- `<type>_awb_label(waybill)` → PDF bytes
- `<type>_awb_status(waybills)` → {waybill: {"state", "words", "at": naive UTC or None}}
- `<type>_awb_cancel(waybill)`

They raise what awb_errors.py has. A carrier without the first goes through Odoo's own protocol.
"""

from odoo import fields, models
from odoo.exceptions import UserError

from .awb_errors import AwbRefused


class DeliveryCarrier(models.Model):
    _inherit = "delivery.carrier"

    awb_default_weight = fields.Float(
        string="Default Weight",
        default=1.0,
        help="Kilograms of a waybill, where neither products nor packages say any.",
    )
    awb_on_validate = fields.Boolean(
        string="Waybill on Validation",
        default=True,
        help="Validating a transfer that has no waybill makes one.",
    )
    awb_tracking = fields.Boolean(
        string="Follow Waybills", default=True, help="Ask the courier where the parcels are."
    )
    awb_tracking_minutes = fields.Integer(string="Ask Every (minutes)", default=60)
    awb_settling_minutes = fields.Integer(
        string="Sure After (minutes)",
        default=10,
        help="When a request got no answer and the courier does not have the waybill this long"
        " afterwards, it was not made.",
    )

    def _awb_native(self, verb="create"):
        return hasattr(self, f"{self.delivery_type}_awb_{verb}")

    def _awb_can(self, verb):
        """Whether the courier offers it."""
        if self._awb_native():
            return self._awb_native(verb)
        return verb in ("create", "label", "cancel")  # what Odoo's own protocol has

    def _awb_here_only(self):
        """Whether waybills of this carrier are only noted here, and no courier is called."""
        return False

    def _awb_create(self, waybill):
        return self._awb_call("create", waybill)

    def _awb_find(self, waybill):
        return self._awb_call("find", waybill)

    def _awb_label(self, waybill):
        return self._awb_call("label", waybill)

    def _awb_status(self, waybills):
        return self._awb_call("status", waybills)

    def _awb_cancel(self, waybill):
        return self._awb_call("cancel", waybill)

    def _awb_call(self, verb, waybills):
        self.ensure_one()
        native = self._awb_native()
        if native and not self._awb_native(verb):
            raise AwbRefused(self.env._("This courier offers no such service."))
        if native and self._awb_is_copy():
            raise AwbRefused(
                self.env._("This is a copy of a database: couriers are not called from it.")
            )
        prefix = self.delivery_type if native else "odoo"
        try:
            return getattr(self, f"{prefix}_awb_{verb}")(waybills)
        except UserError as error:
            raise AwbRefused(str(error)) from error

    def get_tracking_link(self, picking):
        """The page of the waybill, where the courier gave one."""
        return picking.sudo().awb_id.tracking_url or super().get_tracking_link(picking)

    def _awb_is_copy(self):
        neutralized = self.env["ir.config_parameter"].sudo().get_param("database.is_neutralized")
        return bool(neutralized) and not self._awb_here_only()
