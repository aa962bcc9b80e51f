"""A change of a product's codes settles the rows of the staging list it concerns, and an
archived product is sold out on the site."""

from odoo import api, fields, models

# Of these, what a row of the site may carry, and whether the product counts at all.
NAMING = ("default_code", "barcode", "active")


class ProductProduct(models.Model):
    _inherit = "product.product"

    additional_code_ids = fields.One2many("product.additional.code", "product_id")
    merchantpro_variant_ids = fields.One2many("merchantpro.variant", "product_id")

    @api.model_create_multi
    def create(self, vals_list):
        products = super().create(vals_list)
        products._rematch(products._codes())
        return products

    def write(self, vals):
        naming = not {*NAMING}.isdisjoint(vals)
        before = self._naming() if naming else {}
        result = super().write(vals)
        if naming:
            self._rematch(self._codes_between(before))
        if {"active", "is_storable"} & set(vals):
            self.env["merchantpro.change"]._collect(self.ids)
        return result

    def unlink(self):
        codes = self._codes() | self._additional_codes()
        result = super().unlink()
        self._rematch(codes)
        return result

    def _naming(self):
        return {product: [product[name] for name in NAMING] for product in self}

    def _codes(self):
        """Own codes of the products."""
        return {code for product in self for code in (product.default_code, product.barcode)}

    def _additional_codes(self):
        return set(self.sudo().additional_code_ids.mapped("code"))

    def _codes_between(self, before):
        """Codes, old and new, of the products that are named otherwise than `before`."""
        after = self._naming()
        changed = self.filtered(lambda product: before[product] != after[product])
        codes = {code for each in changed for *own, _active in (before[each],) for code in own}
        toggled = changed.filtered(lambda product: before[product][-1] != product.active)
        return codes | changed._codes() | toggled._additional_codes()

    def _rematch(self, codes):
        """`merchantpro_no_rematch` in the context: the caller settles the rows itself."""
        if not self.env.context.get("merchantpro_no_rematch"):
            none = self.env["res.company"]
            self.env["merchantpro.variant"]._codes_changed(codes - {False}, none)
