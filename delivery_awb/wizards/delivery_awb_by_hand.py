"""Type the number of a waybill that was made elsewhere, and attach its label."""

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError


class DeliveryAwbByHand(models.TransientModel):
    _name = "delivery.awb.by.hand"
    _description = "Type the Number of a Waybill"

    picking_id = fields.Many2one("stock.picking", required=True, readonly=True)
    carrier_id = fields.Many2one(
        "delivery.carrier",
        compute="_compute_carrier_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    number = fields.Char(required=True)
    cost = fields.Float()
    label = fields.Binary(string="Label (PDF)")
    label_filename = fields.Char()

    @api.depends("picking_id")
    def _compute_carrier_id(self):
        for wizard in self:
            wizard.carrier_id = wizard.picking_id.carrier_id

    def action_done(self):
        self.ensure_one()
        values = {"cost": self.cost} if self.cost else {}
        number = self.number.strip()
        waybill = self._waybill()
        if self.label:
            values |= waybill._label_values(self._pdf())
            values["label_filename"] = f"{number}.pdf".replace("/", "-")
        waybill._type_number(number, **values)
        return {"type": "ir.actions.act_window_close"}

    def _waybill(self):
        """The one that waits for its number, or a new one, of the carrier chosen here."""
        picking = self.picking_id
        picking._awb_touch()
        if picking.carrier_id != self.carrier_id:
            picking.carrier_id = self.carrier_id
        hindrance = picking._awb_hindrance()
        if hindrance:
            raise UserError(hindrance)
        waybill = picking._awb_live()
        if not waybill:
            return waybill.create(picking._prepare_awb_values())
        if waybill.state != "uncertain":
            waybill.carrier_id = self.carrier_id
        return waybill

    def _pdf(self):
        content = base64.b64decode(self.label)
        if not content.startswith(b"%PDF"):
            raise UserError(self.env._("The label has to be a PDF."))
        return content
