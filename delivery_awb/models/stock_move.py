"""A transfer that is cancelled needs no waybill."""

from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_cancel(self):
        result = super()._action_cancel()
        waybills = self.picking_id.sudo().filtered(lambda each: each.state == "cancel").awb_ids
        waybills.filtered(lambda each: not each.detached)._transfer_cancelled()
        return result
