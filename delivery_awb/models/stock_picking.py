"""The waybills of a transfer."""

from odoo import api, fields, models

OVER = ("cancelled", "error", "draft")


class StockPicking(models.Model):
    _inherit = "stock.picking"

    awb_ids = fields.One2many("delivery.awb", "picking_id", string="Waybills")
    awb_id = fields.Many2one(
        "delivery.awb",
        string="Waybill",
        compute="_compute_awb_id",
        help="The one that stands: neither cancelled nor refused by the courier.",
    )

    @api.depends("awb_ids.state")
    def _compute_awb_id(self):
        for picking in self:
            picking.awb_id = picking.awb_ids.filtered(lambda each: each.state not in OVER)[:1]
