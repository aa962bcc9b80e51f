"""A waybill: one shipment of a transfer with one courier, from the intent to the buyer's door.

The database promises that a transfer has one waybill at a time, and that no number of a courier
is here twice; cancelled and detached ones do not count."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from . import awb_states


class DeliveryAwb(models.Model):
    _name = "delivery.awb"
    _description = "Waybill"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "number"

    number = fields.Char(readonly=True, copy=False, tracking=True)
    reference = fields.Char(
        string="Our Reference",
        readonly=True,
        copy=False,
        index=True,
        help="Sent to the courier with the waybill; by it the waybill is found there again.",
    )
    picking_id = fields.Many2one(
        "stock.picking", string="Transfer", required=True, ondelete="restrict", index=True
    )
    sale_id = fields.Many2one(related="picking_id.sale_id", store=True, index="btree_not_null")
    partner_id = fields.Many2one(related="picking_id.partner_id", string="Recipient", store=True)
    carrier_id = fields.Many2one("delivery.carrier", required=True, ondelete="restrict", index=True)
    delivery_type = fields.Selection(related="carrier_id.delivery_type")
    company_id = fields.Many2one(related="picking_id.company_id", store=True, index=True)
    state = fields.Selection(
        awb_states.SELECTION,
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    detached = fields.Boolean(
        readonly=True,
        copy=False,
        help="No longer the waybill of its transfer, whatever the courier does with it.",
    )
    problem = fields.Text(readonly=True, copy=False)
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id", store=True)
    cod_amount = fields.Monetary(string="To Collect", help="What the buyer pays to the courier.")
    cod_by_hand = fields.Boolean(
        string="Amount Set by Hand",
        help="Otherwise it is what is unpaid at the moment when the waybill is made.",
    )
    cost = fields.Monetary(readonly=True, copy=False, help="What the courier asks for it.")
    weight = fields.Float(
        compute="_compute_weight",
        store=True,
        readonly=False,
        help="Kilograms, all parcels together.",
    )
    parcel_count = fields.Integer(
        string="Number of Parcels", compute="_compute_parcel_count", store=True, readonly=False
    )
    parcel_ids = fields.One2many("delivery.awb.parcel", "awb_id", string="Parcels")
    locker_code = fields.Char(string="Locker", help="The courier's code of a locker or point.")
    label = fields.Binary(attachment=True, readonly=True, copy=False)
    label_filename = fields.Char(readonly=True, copy=False)
    tracking_url = fields.Char(readonly=True, copy=False)
    courier_status = fields.Char(readonly=True, copy=False, help="In the courier's own words.")
    courier_status_at = fields.Datetime(string="Since", readonly=True, copy=False)
    issued_at = fields.Datetime(readonly=True, copy=False)

    _one_standing = models.UniqueIndex(
        "(picking_id) WHERE state <> 'cancelled' AND detached IS NOT TRUE",
        "This transfer has a waybill already.",
    )
    _number_unique = models.UniqueIndex(
        "(carrier_id, number) WHERE number IS NOT NULL AND detached IS NOT TRUE",
        "There is a waybill of this courier with this number already.",
    )

    @api.depends("picking_id.sale_id.currency_id", "company_id")
    def _compute_currency_id(self):
        for waybill in self:
            sale = waybill.picking_id.sale_id
            waybill.currency_id = sale.currency_id or waybill.company_id.currency_id

    # What the parcels say, where they are listed; otherwise what was typed.

    @api.depends("parcel_ids.weight")
    def _compute_weight(self):
        for waybill in self:
            waybill.weight = sum(waybill.parcel_ids.mapped("weight")) or waybill.weight

    @api.depends("parcel_ids")
    def _compute_parcel_count(self):
        for waybill in self:
            waybill.parcel_count = len(waybill.parcel_ids) or waybill.parcel_count or 1

    @api.depends("number", "reference", "picking_id.name")
    def _compute_display_name(self):
        for waybill in self:
            waybill.display_name = waybill.number or waybill.picking_id.name or ""

    @api.model_create_multi
    def create(self, vals_list):
        waybills = super().create(vals_list)
        for waybill in waybills:
            waybill.reference = waybill._new_reference()
        return waybills

    @api.ondelete(at_uninstall=False)
    def _unlink_only_unmade(self):
        if any(each.number or each.state in awb_states.UNSURE for each in self):
            raise UserError(
                self.env._("A waybill that the courier has or may have is kept: cancel it.")
            )
