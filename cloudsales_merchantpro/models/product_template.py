"""The additional codes of a product with one variant, on its form."""

from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    additional_code_ids = fields.One2many(
        related="product_variant_ids.additional_code_ids", readonly=False
    )
