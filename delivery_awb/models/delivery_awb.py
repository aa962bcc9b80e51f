"""A waybill: one shipment of a transfer with one courier, from the intent to the buyer's door."""

from odoo import fields, models


class DeliveryAwb(models.Model):
    _name = "delivery.awb"
    _description = "Waybill"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "number"

    number = fields.Char(readonly=True, copy=False, tracking=True)
    picking_id = fields.Many2one(
        "stock.picking", string="Transfer", required=True, ondelete="restrict", index=True
    )
    carrier_id = fields.Many2one("delivery.carrier", required=True, ondelete="restrict")
    company_id = fields.Many2one(related="picking_id.company_id", store=True, index=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("sending", "Sending"),
            ("uncertain", "Uncertain"),
            ("issued", "Issued"),
            ("picked_up", "Picked Up"),
            ("in_transit", "In Transit"),
            ("at_point", "At Point"),
            ("delivered", "Delivered"),
            ("refused", "Refused"),
            ("returning", "Returning"),
            ("returned", "Returned"),
            ("cancelled", "Cancelled"),
            ("error", "Error"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    problem = fields.Text(readonly=True, copy=False)
