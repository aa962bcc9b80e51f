"""A product page of the site: what its variants have in common."""

from odoo import fields, models

from ..api.markup import LONGEST, tidied


class MerchantProProduct(models.Model):
    _name = "merchantpro.product"
    _description = "MerchantPro Product Page"
    _inherit = "merchantpro.staged"
    _order = "name, id"

    name = fields.Char(required=True)
    type = fields.Char(string="Kind", help="basic, multi_variant, digital or bundle.")
    sku = fields.Char(string="Code")
    # Up to a quarter of a megabyte each, so only read where it is shown.
    description = fields.Html(sanitize_attributes=True, prefetch=False)
    manufacturer = fields.Char()
    url = fields.Char(string="Page on the Site")
    site_active = fields.Boolean(string="Published", default=True)
    site_visible = fields.Boolean(
        string="Listed", default=True, help="Off: the site sells it, but shows it in no list."
    )
    on_site = fields.Boolean(default=True, help="Off: the last complete reading did not find it.")
    tax_name = fields.Char(string="VAT Rate")
    tax_percent = fields.Float(string="VAT (%)", digits=(6, 2))
    weight = fields.Float(digits="Stock Weight")
    image_url = fields.Char(string="Picture Address")
    characteristics = fields.Json(help="Name and value.")
    attributes = fields.Json(help="Pairs of an attribute and its values, in the site's order.")
    category_id = fields.Many2one("merchantpro.category", ondelete="set null")
    variant_ids = fields.One2many("merchantpro.variant", "parent_id", string="Variants")
    product_tmpl_id = fields.Many2one(
        "product.template", string="Product", compute="_compute_product_tmpl_id"
    )
    site_problem = fields.Char(
        string="Problem on the Site", help="What is wrong with what the site sent."
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
        last reading (same digest) is not written, unless the change was ours. As many queries
        for many as for few. Returns the rows that changed."""
        products = {each.id: each for each in parsed}
        known = self._by_external_id(shop, products)
        changed = {
            external_id: product
            for external_id, product in products.items()
            if not (page := known.get(external_id))
            or page.digest != product.digest
            or not page.on_site
        }
        same = self.browse(page.id for each, page in known.items() if each not in changed)
        self.env["merchantpro.variant"]._refresh_told(same, products)
        if not changed:
            return self.browse()
        categories = self.env["merchantpro.category"]._by_external_id(
            shop, {product.category_id for product in changed.values()}
        )
        values = {
            external_id: self._prepare_values(shop, product, categories)
            for external_id, product in changed.items()
        }
        pages = self.create([values[each] for each in changed if each not in known])
        for external_id in changed.keys() & known.keys():
            known[external_id].write(values[external_id])
            pages |= known[external_id]
        self.env["merchantpro.variant"]._upsert(pages, changed)
        return pages

    def _by_external_id(self, shop, external_ids):
        domain = [("shop_id", "=", shop.id), ("external_id", "in", list(external_ids))]
        found = self.search_fetch(domain, ["external_id", "digest", "on_site"], order="id")
        return {page.external_id: page for page in found}

    def _prepare_values(self, shop, product, categories):
        """Values for an api Product. The description is cleaned by the Html field."""
        image = next((each for each in product.images if each.is_default), None)
        image = image or next(iter(product.images), None)
        category = categories.get(product.category_id)
        return {
            "shop_id": shop.id,
            "company_id": shop.company_id.id,
            "external_id": product.id,
            "name": product.name,
            "type": product.type,
            "sku": product.sku,
            "description": tidied(product.description_html),
            "manufacturer": product.manufacturer,
            "url": product.url,
            "site_active": product.active,
            "site_visible": product.visible,
            "on_site": True,
            "tax_name": product.tax_name,
            "tax_percent": float(product.tax_percent or 0),
            "weight": float(product.weight),
            "image_url": image and image.url,
            "characteristics": product.characteristics,
            "attributes": [[name, list(values)] for name, values in product.attributes],
            "category_id": category and category.id,
            "site_problem": self._site_problem(product),
            "digest": product.digest,
        }

    def _site_problem(self, product):
        if not product.variants:
            return self.env._("The site lists no variant of it, so there is nothing to sell.")
        if len(product.description_html) > LONGEST:
            return self.env._("The description is too long; its end was cut off.")
        return False

    def _note_unreadable(self, shop, problems):
        """Rows that were staged earlier and cannot be read now ({external id: why}) say so. They
        keep what was read last; without a digest, whatever comes next is taken."""
        for external_id, page in self._by_external_id(shop, problems).items():
            problem = {"site_problem": problems[external_id]}
            page._write_changes({**problem, "digest": False})
            for variant in page.variant_ids:
                variant._write_changes(problem)

    def _mark_missing(self, fetch):
        """Rows that are on none of the reading's pages left the site; they stay here."""
        self.flush_model(["shop_id", "on_site", "external_id"])
        fetch.page_ids.flush_recordset(["external_ids"])
        self.env.cr.execute(
            """
            SELECT id FROM merchantpro_product
             WHERE shop_id = %s AND on_site AND external_id NOT IN (
                   SELECT jsonb_array_elements_text(external_ids)
                     FROM merchantpro_catalog_fetch_page WHERE fetch_id = %s)
            """,
            (fetch.shop_id.id, fetch.id),
        )
        gone = self.browse([row_id for (row_id,) in self.env.cr.fetchall()])
        gone.write({"on_site": False})
        gone.variant_ids.filtered("on_site").write({"on_site": False})

    def _created_here(self, rows):
        """Extension point: products were just created for these variant rows."""
