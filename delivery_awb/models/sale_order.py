"""The waybills of a sale order's deliveries."""

from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    awb_ids = fields.One2many("delivery.awb", "sale_id", string="Waybills")
    awb_count = fields.Integer(compute="_compute_awb_count", compute_sudo=True)

    @api.depends("awb_ids")
    def _compute_awb_count(self):
        for order in self:
            order.awb_count = len(order.awb_ids)

    def action_open_awbs(self):
        self.ensure_one()
        return self.awb_ids._action_open()
