"""What an imported order could not get of the stock becomes a need."""

from odoo import models


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    def _job_reserve(self):
        result = super()._job_reserve()
        # Nothing is written on goods of which there is none, so nothing else tells.
        products = self.exists().sale_order_id.picking_ids.move_ids.product_id
        self.env["purchase.need"]._note(products)
        return result
