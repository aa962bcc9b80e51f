"""Units that are kept from the sites, set on a product, on its category or one above, or on the
shop. The nearest that is set wins, also when it says zero."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

BUFFER_FIELDS = {"merchantpro_own_buffer", "merchantpro_buffer"}


class MerchantProBuffered(models.AbstractModel):
    _name = "merchantpro.buffered"
    _description = "Has a safety buffer of its own"

    # Each company has its own: it keeps pieces of its own shelves.
    merchantpro_own_buffer = fields.Boolean(
        string="Own Safety Buffer",
        company_dependent=True,
        help="Off: the buffer of the category, or of the shop, is kept from the sites.",
    )
    merchantpro_buffer = fields.Float(
        string="Safety Buffer",
        digits="Product Unit",
        company_dependent=True,
        help="This many units of each product are kept from the sites. 0: none.",
    )

    @api.constrains("merchantpro_buffer")
    def _check_merchantpro_buffer(self):
        if any(each.merchantpro_buffer < 0 for each in self):
            raise ValidationError(self.env._("The safety buffer cannot be negative."))


class ProductCategory(models.Model):
    _name = "product.category"
    _inherit = ["product.category", "merchantpro.buffered"]

    def write(self, vals):
        result = super().write(vals)
        if not (BUFFER_FIELDS | {"parent_id"}).isdisjoint(vals):
            self._note_for_shops()
        return result

    def _note_for_shops(self):
        if self.env["merchantpro.shop"]._watched_locations():
            products = self.env["product.product"].sudo().with_context(active_test=False)
            below = products._search([("categ_id", "child_of", self.ids)])
            self.env["merchantpro.change"]._note_products(below.get_result_ids())


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "merchantpro.buffered"]


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    def _buffers(self, products):
        """{product: units that are kept from this shop}."""
        here = products.with_company(self.company_id)
        return {product: self._buffer(each) for product, each in zip(products, here, strict=True)}

    def _buffer(self, product):
        holder = product.product_tmpl_id
        if holder.merchantpro_own_buffer:
            return holder.merchantpro_buffer
        category = product.categ_id
        while category and not category.merchantpro_own_buffer:
            category = category.parent_id
        return category.merchantpro_buffer if category else self.stock_buffer
