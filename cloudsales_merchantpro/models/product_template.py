"""The additional codes of all variants on the product's form, and finding it by them; a product
that begins or ends to be counted, or has another buffer, concerns the shops that sell it."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .stock_buffer import BUFFER_FIELDS

DECIDES_STOCK = {"is_storable", "type", "categ_id", *BUFFER_FIELDS}


class ProductTemplate(models.Model):
    _inherit = "product.template"

    additional_code_ids = fields.One2many(
        "product.additional.code",
        string="Additional Codes",
        compute="_compute_additional_code_ids",
        inverse="_inverse_additional_code_ids",
        search="_search_additional_code_ids",
    )

    @api.depends("product_variant_ids.additional_code_ids")
    def _compute_additional_code_ids(self):
        for template in self:
            template.additional_code_ids = template.product_variant_ids.additional_code_ids

    def _inverse_additional_code_ids(self):
        """Codes entered on a product with one variant are that variant's. A product that is just
        being created has none yet and is written once more when it has."""
        for template in self:
            variant = template.product_variant_ids
            if len(variant) == 1:
                variant.additional_code_ids = template.additional_code_ids
            elif variant and template.additional_code_ids - variant.additional_code_ids:
                raise UserError(
                    self.env._(
                        "%s has several variants: enter additional codes on the variant.",
                        template.display_name,
                    )
                )

    def _search_additional_code_ids(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        return [("product_variant_ids.additional_code_ids", operator, value)]

    def _get_related_fields_variant_template(self):
        return [*super()._get_related_fields_variant_template(), "additional_code_ids"]

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """The product with exactly this additional code comes first."""
        found = super().name_search(name, domain, operator, limit)
        if not name or not isinstance(name, str) or operator in Domain.NEGATIVE_OPERATORS:
            return found
        named = self.env["product.additional.code"]._product_named(name).product_tmpl_id
        first = named and self.search(Domain("id", "in", named.ids) & Domain(domain or []), limit=1)
        if not first:
            return found
        others = [pair for pair in found if pair[0] != first.id]
        return [(first.id, first.display_name), *others][:limit]

    def write(self, vals):
        result = super().write(vals)
        if "company_id" in vals:
            self.env["product.product"]._rename(self._all_codes())
        # Writing one of them on a variant comes here too.
        if not DECIDES_STOCK.isdisjoint(vals):
            products = self.with_context(active_test=False).product_variant_ids
            self.env["merchantpro.change"]._note_products(products.ids)
        return result

    def unlink(self):
        # The database removes the variants; product.product is not asked.
        codes = self._all_codes()
        result = super().unlink()
        self.env["product.product"]._rename(codes)
        return result

    def _all_codes(self):
        variants = self.with_context(active_test=False).product_variant_ids
        return variants._codes() | variants._additional_codes()
