"""What is opened from a transfer: its waybill, the form to type a number, labels."""

from odoo import models
from odoo.exceptions import UserError


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def action_open_awb(self):
        """The waybill that counts, or all there ever were."""
        self.ensure_one()
        waybills = self._awb_live() or self.awb_ids
        return waybills._action_open()

    def action_prepare_awb(self):
        """A draft to be looked over (parcels, amount, locker) before it is sent."""
        self.ensure_one()
        hindrance = self._awb_hindrance()
        if hindrance:
            raise UserError(hindrance)
        self._awb_touch()
        waybill = self._awb_live() or self.env["delivery.awb"].create(self._prepare_awb_values())
        return waybill._action_open()

    def action_type_awb(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Type the Number"),
            "res_model": "delivery.awb.by.hand",
            "view_mode": "form",
            "target": "new",
            "context": {"default_picking_id": self.id},
        }

    def action_print_awb_labels(self):
        waybills = self.awb_id.filtered("number")
        if not waybills:
            raise UserError(self.env._("None of these transfers has a waybill."))
        return waybills.action_print_labels()
