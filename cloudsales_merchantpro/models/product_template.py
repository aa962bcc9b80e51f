"""The additional codes of a product with one variant, on its form; a product that begins or
ends to be counted concerns the shops that sell it."""

from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    additional_code_ids = fields.One2many(
        related="product_variant_ids.additional_code_ids", readonly=False
    )

    def write(self, vals):
        result = super().write(vals)
        # Writing either on a variant comes here too.
        if {"is_storable", "type"} & set(vals):
            products = self.with_context(active_test=False).product_variant_ids
            self.env["merchantpro.change"]._note_products(products.ids)
        return result
