"""A waybill: one shipment of a transfer with one courier, from the intent to the buyer's door."""

from odoo import api, fields, models


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
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id", store=True)
    cod_amount = fields.Monetary(string="To Collect", help="What the buyer pays to the courier.")
    cost = fields.Monetary(readonly=True, copy=False, help="What the courier asks for it.")
    weight = fields.Float(help="Kilograms, all parcels together.")
    parcel_count = fields.Integer(string="Parcels", default=1)
    locker_code = fields.Char(string="Locker", help="The courier's code of a locker or point.")
    label = fields.Binary(attachment=True, readonly=True, copy=False)
    label_filename = fields.Char(readonly=True, copy=False)
    tracking_url = fields.Char(readonly=True, copy=False)
    courier_status = fields.Char(readonly=True, copy=False, help="In the courier's own words.")
    issued_at = fields.Datetime(readonly=True, copy=False)

    @api.depends("picking_id.sale_id.currency_id", "company_id")
    def _compute_currency_id(self):
        for waybill in self:
            sale = waybill.picking_id.sale_id
            waybill.currency_id = sale.currency_id or waybill.company_id.currency_id

    def _on_state(self, before):
        """Called in the transaction in which these waybills, all of one new state, got it;
        `before` is the state they had. Other addons extend it."""
