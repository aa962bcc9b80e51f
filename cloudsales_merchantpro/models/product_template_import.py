"""A value added to an attribute of a product makes the variants that the site has, no others."""

from odoo import models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def _create_variant_ids(self):
        if self.env.context.get("merchantpro_listed_variants_only"):
            return True
        return super()._create_variant_ids()
