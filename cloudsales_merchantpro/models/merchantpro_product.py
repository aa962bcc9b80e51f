"""A product page of the site: what its variants have in common."""

from odoo import fields, models


class MerchantProProduct(models.Model):
    _name = "merchantpro.product"
    _description = "MerchantPro Product Page"
    _order = "name, id"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    external_id = fields.Char(string="Site ID", required=True)
    name = fields.Char(required=True)
    type = fields.Char(string="Kind", help="basic, multi_variant, digital or bundle.")
    sku = fields.Char(string="Code")
    description = fields.Html(sanitize_attributes=True)
    manufacturer = fields.Char()
    url = fields.Char(string="Page on the Site")
    site_active = fields.Boolean(string="Published", default=True)
    on_site = fields.Boolean(default=True, help="Off: the last complete reading did not find it.")
    tax_name = fields.Char(string="VAT Rate")
    tax_percent = fields.Float(string="VAT (%)", digits=(6, 2))
    weight = fields.Float(digits="Stock Weight")
    image_url = fields.Char(string="Picture Address")
    category_id = fields.Many2one("merchantpro.category", ondelete="set null")
    variant_ids = fields.One2many("merchantpro.variant", "parent_id", string="Variants")
    product_tmpl_id = fields.Many2one(
        "product.template", string="Product", compute="_compute_product_tmpl_id"
    )
    digest = fields.Char(string="Fingerprint", help="Fingerprint of what the site sent last.")

    _external_uniq = models.Constraint(
        "unique(shop_id, external_id)", "The product is already in the list."
    )

    def _compute_product_tmpl_id(self):
        for page in self:
            page.product_tmpl_id = page.variant_ids.product_id.product_tmpl_id[:1]

    def _upsert(self, shop, parsed):
        """Create or update the rows of a list of api Product. What did not change since the
        last reading (same digest) is not written."""
        parsed = list({each.id: each for each in parsed}.values())
        found = self.search(
            [("shop_id", "=", shop.id), ("external_id", "in", [each.id for each in parsed])]
        )
        known = {page.external_id: page for page in found}
        categories = self.env["merchantpro.category"]._by_external_id(shop)
        fresh = [each for each in parsed if each.id not in known]
        values = {each.id: self._prepare_values(shop, each, categories) for each in parsed}
        created = self.create([values[each.id] for each in fresh])
        changed = created
        for page in found:
            each = next(one for one in parsed if one.id == page.external_id)
            if page.digest != each.digest or not page.on_site:
                page.write(values[each.id])
                changed |= page
        self.env["merchantpro.variant"]._upsert(changed, {each.id: each for each in parsed})

    def _prepare_values(self, shop, product, categories):
        """Values for an api Product. The description is cleaned by the Html field."""
        image = next((each for each in product.images if each.is_default), None)
        image = image or next(iter(product.images), None)
        return {
            "shop_id": shop.id,
            "external_id": product.id,
            "name": product.name,
            "type": product.type,
            "sku": product.sku,
            "description": product.description_html,
            "manufacturer": product.manufacturer,
            "url": product.url,
            "site_active": product.active,
            "on_site": True,
            "tax_name": product.tax_name,
            "tax_percent": float(product.tax_percent or 0),
            "weight": float(product.weight),
            "image_url": image and image.url,
            "category_id": categories[product.category_id].id
            if product.category_id in categories
            else False,
            "digest": product.digest,
        }

    def _mark_missing(self, shop, seen):
        """Rows that are not among the external ids `seen` left the site; they stay here."""
        gone = self.search([("shop_id", "=", shop.id), ("on_site", "=", True)]).filtered(
            lambda page: page.external_id not in seen
        )
        gone.write({"on_site": False})
        gone.variant_ids.write({"on_site": False})

    def _created_here(self, rows):
        """Extension point: products were just created for these variant rows."""
