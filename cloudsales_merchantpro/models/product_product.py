"""A change of a product's codes settles the rows of the staging list it concerns, and an
archived product is sold out on the site."""

from odoo import api, fields, models

from .code_keys import key_sql

# Of these, what a row of the site may carry, and whether the product counts at all.
NAMING = ("default_code", "barcode", "active")


class ProductProduct(models.Model):
    _inherit = "product.product"

    additional_code_ids = fields.One2many(
        "product.additional.code", "product_id", string="Additional Codes"
    )
    merchantpro_variant_ids = fields.One2many(
        "merchantpro.variant", "product_id", string="Marketplace Products"
    )

    # With 30,000 products: 1,000 codes are found in 8 ms instead of 1 s, five in 0.1 ms instead
    # of 50 ms.
    _default_code_key_index = models.Index(f"({key_sql('default_code')})")
    _barcode_key_index = models.Index(f"({key_sql('barcode')})")

    @api.model_create_multi
    def create(self, vals_list):
        products = super().create(vals_list)
        products._rename(products._codes())
        return products

    def write(self, vals):
        naming = not {*NAMING}.isdisjoint(vals)
        before = self._naming() if naming else {}
        result = super().write(vals)
        if naming:
            self._rename(self._codes_between(before))
        if "active" in vals:
            self.env["merchantpro.change"]._note_products(self.ids)
        return result

    def unlink(self):
        codes = self._codes() | self._additional_codes()
        result = super().unlink()
        self._rename(codes)
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
        toggled = changed.filtered(lambda product: before[product][-1] != product.active)
        former = {code for product in changed for code in before[product][:-1]}
        return former | changed._codes() | toggled._additional_codes()

    def _rename(self, codes):
        """These codes name other products than before. Products are often written one by one
        by the thousand, so all of a transaction are looked up together when it ends."""
        self.env["merchantpro.variant"]._collect_codes(codes)
