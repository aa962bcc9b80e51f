"""What Odoo does with variants by itself, and an import has done otherwise."""

from odoo import models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def _create_variant_ids(self):
        """A value added to an attribute makes the variants that the site has, no others."""
        if self.env.context.get("merchantpro_import"):
            return True
        return super()._create_variant_ids()


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _add_missing_default_values(self, values):
        """Odoo writes empty properties on the template of each variant that is created, which
        takes those it has away; it is also a write a variant."""
        defaults = super()._add_missing_default_values(values)
        if self.env.context.get("merchantpro_import") and "product_properties" not in values:
            defaults.pop("product_properties", None)
        return defaults
