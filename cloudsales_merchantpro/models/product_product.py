"""Products are found by their additional codes, and an archived one is sold out on the site."""

from odoo import fields, models
from odoo.fields import Domain


class ProductProduct(models.Model):
    _inherit = "product.product"

    additional_code_ids = fields.One2many(
        "product.additional.code", "product_id", string="Additional Codes"
    )
    merchantpro_variant_ids = fields.One2many(
        "merchantpro.variant", "product_id", string="Marketplace Products"
    )

    def write(self, vals):
        result = super().write(vals)
        if {"active", "is_storable"} & set(vals):
            self.env["merchantpro.change"]._collect(self.ids)
        return result

    def _search_display_name(self, operator, value):
        domain = super()._search_display_name(operator, value)
        if operator in Domain.NEGATIVE_OPERATORS or not value:
            return domain
        return Domain.OR([domain, [("additional_code_ids.code", operator, value)]])
