"""A component that moves changes what there is of the kits that contain it."""

from odoo import models


class MerchantProChange(models.Model):
    _inherit = "merchantpro.change"

    def _products_with_same_stock(self, product_ids):
        product_ids = super()._products_with_same_stock(product_ids)
        return self.env["mrp.bom"].sudo()._with_kits(product_ids)
