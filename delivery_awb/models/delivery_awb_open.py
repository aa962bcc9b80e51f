"""What is opened from a waybill: its label, many labels as one PDF, the courier's page."""

from odoo import fields, models
from odoo.exceptions import UserError

from . import awb_pdf
from .awb_states import UNMADE


class DeliveryAwb(models.Model):
    _inherit = "delivery.awb"

    printed_at = fields.Datetime(
        string="Label Opened", readonly=True, copy=False, help="When its label was last opened."
    )

    def action_print_labels(self):
        """Open the labels of these waybills, one PDF, in the order of the list."""
        self.check_access("read")
        made = self.filtered(lambda each: each.state not in (*UNMADE, "cancelled"))
        if not made:
            raise UserError(self.env._("None of these waybills is made: there is no label."))
        for waybill in made:
            waybill._with_label()
        made.sudo().printed_at = fields.Datetime.now()
        ids = ",".join(str(each) for each in made.ids)
        return {"type": "ir.actions.act_url", "url": f"/delivery_awb/labels/{ids}", "target": "new"}

    def action_get_label(self):
        self.check_access("write")
        for waybill in self:
            waybill._with_label()

    def _merged_labels(self):
        """One PDF of all labels."""
        return awb_pdf.merged(each._with_label() for each in self)

    def action_open_tracking(self):
        self.ensure_one()
        if not self.tracking_url:
            raise UserError(self.env._("The courier gave no page to follow this waybill."))
        return {"type": "ir.actions.act_url", "url": self.tracking_url, "target": "new"}

    def action_type_number(self):
        self.ensure_one()
        return self.picking_id.action_type_awb()

    def _action_open(self):
        """The form of one, the list of several."""
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Waybills"),
            "res_model": "delivery.awb",
            "view_mode": "list,form",
            "domain": [("id", "in", self.ids)],
        }
        if len(self) == 1:
            action |= {"view_mode": "form", "res_id": self.id}
        return action
