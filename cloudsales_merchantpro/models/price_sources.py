"""What published prices are made of tells the outbox when it changes: rules, pricelists, products,
attribute values, taxes, exchange rates. It costs nothing while no shop publishes prices.

What comes and goes by date is the cron's (merchantpro_shop_price_cron)."""

from odoo import api, models

TEMPLATE_FIELDS = {"list_price", "taxes_id", "categ_id", "company_id", "uom_id"}
PRODUCT_FIELDS = {"standard_price", "product_template_attribute_value_ids"}
PRICELIST_FIELDS = {"currency_id", "company_id", "active"}
TAX_FIELDS = {
    "active", "amount", "amount_type", "price_include_override", "include_base_amount",
    "is_base_affected", "children_tax_ids", "sequence",
}  # fmt: skip


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    @api.model
    def _publishing_prices(self):
        """The shops that are told prices."""
        return self.sudo().browse(self._watched_pricelists().get(False, ()))

    @api.model
    def _note_price_shops(self):
        self.env["merchantpro.change"]._note_shops(self._publishing_prices())

    @api.model
    def _note_priced(self, products):
        if products and self._publishing_prices():
            self.env["merchantpro.change"]._note_products(products.ids)


class ProductPricelistItem(models.Model):
    _inherit = "product.pricelist.item"

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        items._note_for_shops()
        return items

    def write(self, vals):
        # Products that a rule was about have other prices too.
        self._note_for_shops()
        result = super().write(vals)
        self._note_for_shops()
        return result

    def unlink(self):
        self._note_for_shops()
        return super().unlink()

    def _note_for_shops(self):
        """The prices that these rules decide may differ from the site's. One of a pricelist may
        make another pricelist count: who is watched is looked up anew."""
        shops = self.env["merchantpro.shop"]
        watched = shops._watched_pricelists()
        items = watched and self.sudo().filtered(lambda item: item.pricelist_id.id in watched)
        if not items:
            return
        if "pricelist" in items.mapped("base"):
            self.env.registry.clear_cache()
        wide = items.filtered(lambda item: not item.product_tmpl_id)
        ids = {each for pricelist in wide.pricelist_id for each in watched[pricelist.id]}
        self.env["merchantpro.change"]._note_shops(shops.browse(ids))
        narrow = items - wide
        families = narrow.filtered(lambda item: not item.product_id).product_tmpl_id
        self.env["merchantpro.change"]._note_products(
            (narrow.product_id | families.product_variant_ids).ids
        )


class ProductPricelist(models.Model):
    _inherit = "product.pricelist"

    def write(self, vals):
        result = super().write(vals)
        if PRICELIST_FIELDS & set(vals):
            shops = self.env["merchantpro.shop"]
            watched = shops._watched_pricelists()
            ids = {each for pricelist_id in self.ids for each in watched.get(pricelist_id, ())}
            self.env["merchantpro.change"]._note_shops(shops.browse(ids))
        return result


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def write(self, vals):
        result = super().write(vals)
        if TEMPLATE_FIELDS & set(vals) and self.env["merchantpro.shop"]._publishing_prices():
            self.env["merchantpro.shop"]._note_priced(self.product_variant_ids)
        return result


class ProductProduct(models.Model):
    _inherit = "product.product"

    def write(self, vals):
        result = super().write(vals)
        if PRODUCT_FIELDS & set(vals):
            self.env["merchantpro.shop"]._note_priced(self)
        return result


class ProductTemplateAttributeValue(models.Model):
    _inherit = "product.template.attribute.value"

    def write(self, vals):
        result = super().write(vals)
        if "price_extra" in vals and self.env["merchantpro.shop"]._publishing_prices():
            self.env["merchantpro.shop"]._note_priced(self.ptav_product_variant_ids)
        return result


class ProductCategory(models.Model):
    _inherit = "product.category"

    def write(self, vals):
        result = super().write(vals)
        if "parent_id" in vals:
            self.env["merchantpro.shop"]._note_price_shops()
        return result


class AccountTax(models.Model):
    _inherit = "account.tax"

    def write(self, vals):
        result = super().write(vals)
        if TAX_FIELDS & set(vals):
            self.env["merchantpro.shop"]._note_price_shops()
        return result


class ResCompany(models.Model):
    _inherit = "res.company"

    def write(self, vals):
        result = super().write(vals)
        # Whether list prices have VAT in them.
        if "account_price_include" in vals:
            self.env["merchantpro.shop"]._note_price_shops()
        return result


class ResCurrencyRate(models.Model):
    _inherit = "res.currency.rate"

    @api.model_create_multi
    def create(self, vals_list):
        rates = super().create(vals_list)
        self._note_for_shops()
        return rates

    def write(self, vals):
        result = super().write(vals)
        self._note_for_shops()
        return result

    def unlink(self):
        result = super().unlink()
        self._note_for_shops()
        return result

    def _note_for_shops(self):
        converting = self.env["merchantpro.shop"]._publishing_prices()._converting_prices()
        self.env["merchantpro.change"]._note_shops(converting)
