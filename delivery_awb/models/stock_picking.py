"""The waybills of a transfer."""

from odoo import api, fields, models

from .awb_states import UNMADE


class StockPicking(models.Model):
    _inherit = "stock.picking"

    awb_ids = fields.One2many("delivery.awb", "picking_id", string="Waybills")
    awb_id = fields.Many2one(
        "delivery.awb",
        string="Waybill",
        compute="_compute_awb_id",
        help="The one that stands: made at the courier, neither cancelled nor detached.",
    )

    @api.depends("awb_ids.state", "awb_ids.detached")
    def _compute_awb_id(self):
        for picking in self:
            live = picking._awb_live()
            picking.awb_id = live if live.state not in UNMADE else False

    def _awb_live(self):
        """The one waybill that a second one may not be made beside, in whatever state."""
        return self.awb_ids.filtered(lambda each: each.state != "cancelled" and not each.detached)[
            :1
        ]
