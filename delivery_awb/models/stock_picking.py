"""The waybills of a transfer."""

from odoo import api, fields, models

from . import awb_states

OVER = ("cancelled", "error", "draft")


class StockPicking(models.Model):
    _inherit = "stock.picking"

    awb_ids = fields.One2many("delivery.awb", "picking_id", string="Waybills")
    awb_id = fields.Many2one(
        "delivery.awb",
        string="Waybill",
        compute="_compute_awb_id",
        help="The one that stands: neither cancelled, detached, nor refused by the courier.",
    )
    # Read by whoever may open a transfer, the waybills themselves by less.
    awb_state = fields.Selection(
        awb_states.SELECTION,
        compute="_compute_awb_state",
        compute_sudo=True,
        string="Waybill State",
        help="Of the one that is made or about to be.",
    )
    awb_count = fields.Integer(compute="_compute_awb_state", compute_sudo=True)
    awb_native = fields.Boolean(compute="_compute_awb_native", compute_sudo=True)

    @api.depends("awb_ids.state", "awb_ids.detached")
    def _compute_awb_id(self):
        for picking in self:
            live = picking._awb_live()
            picking.awb_id = live if live.state not in OVER else False

    @api.depends("awb_ids.state", "awb_ids.detached")
    def _compute_awb_state(self):
        for picking in self:
            picking.awb_state = picking._awb_live().state
            picking.awb_count = len(picking.awb_ids)

    @api.depends("carrier_id")
    def _compute_awb_native(self):
        for picking in self:
            picking.awb_native = bool(picking.carrier_id) and picking.carrier_id._awb_native()

    def _awb_live(self):
        """The one waybill that a second one may not be made beside, in whatever state."""
        return self.awb_ids.filtered(lambda each: each.state != "cancelled" and not each.detached)[
            :1
        ]
