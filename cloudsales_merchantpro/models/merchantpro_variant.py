"""One sellable unit of the site: the row people match, and the unit of stock and price."""

from odoo import api, fields, models
from odoo.exceptions import UserError

PRICES = ("price_gross", "price_net", "old_price_gross", "old_price_net")


class MerchantProVariant(models.Model):
    _name = "merchantpro.variant"
    _description = "Marketplace Product"
    _order = "name, id"
    _inherit = ["merchantpro.job", "merchantpro.staged"]
    _check_company_auto = True

    parent_id = fields.Many2one(
        "merchantpro.product",
        string="Product Page",
        required=True,
        ondelete="cascade",
        index=True,
    )
    external_id = fields.Char(
        string="Site ID", required=True, help="The site's id of the product or variant."
    )
    name = fields.Char(required=True)
    sku = fields.Char(string="Code", index=True)
    ean = fields.Char(string="EAN", index=True)
    options = fields.Json(help="Pairs of attribute and value.")
    price_gross = fields.Float(
        string="Price on the Site", digits=(16, 2), aggregator=None, help="VAT included."
    )
    old_price_gross = fields.Float(
        string="Price Before Reduction", digits=(16, 2), help="VAT included; 0: not reduced."
    )
    weight = fields.Float(digits="Stock Weight")
    stock = fields.Float(
        string="Stock on the Site",
        digits="Product Unit",
        help="As the site told or acknowledged it last.",
    )
    tracked = fields.Boolean(
        string="Stock Counted", help="Off: the site sells it without counting."
    )
    on_site = fields.Boolean(default=True)
    category_id = fields.Many2one(
        "merchantpro.category",
        compute="_compute_category_id",
        store=True,
        precompute=True,
        readonly=False,
    )
    url = fields.Char(related="parent_id.url")
    site_image_url = fields.Char(
        string="Own Picture Address", help="The variant's own picture, where it has one."
    )
    image_url = fields.Char(compute="_compute_image_url")
    site_problem = fields.Char(
        string="Problem on the Site", help="What is wrong with what the site sent."
    )

    match_state = fields.Selection(
        [
            ("unmatched", "Not Matched"),
            ("matched", "Matched"),
            ("new", "To Create"),
            ("ambiguous", "Ambiguous"),
            ("no_code", "No Code"),
            ("linked", "Linked"),
            ("ignored", "Ignored"),
        ],
        default="unmatched",
        required=True,
        index=True,
    )
    match_field = fields.Selection(
        [
            ("default_code", "Code"),
            ("barcode", "EAN"),
            ("additional", "Additional Code"),
            ("manual", "By Hand"),
            ("created", "Created"),
        ],
        string="Matched On",
    )
    match_reason = fields.Char(help="Why a person has to decide.")
    product_id = fields.Many2one(
        "product.product",
        index=True,
        check_company=True,
        domain="[('company_id', 'in', (company_id, False))]",
    )
    import_error = fields.Text()

    _external_uniq = models.Constraint(
        "unique(shop_id, external_id)", "The row is already in the list."
    )
    # Two rows of a shop bound to one product would sell its stock twice.
    _linked_product_uniq = models.UniqueIndex(
        "(shop_id, product_id) WHERE match_state = 'linked'",
        "This product is already linked to another row of the shop.",
    )

    @api.depends("parent_id.category_id")
    def _compute_category_id(self):
        for variant in self:
            variant.category_id = variant.parent_id.category_id

    @api.depends("site_image_url", "parent_id.image_url")
    def _compute_image_url(self):
        for variant in self:
            variant.image_url = variant.site_image_url or variant.parent_id.image_url

    @api.depends("sku", "name")
    def _compute_display_name(self):
        for variant in self:
            prefix = f"[{variant.sku}] " if variant.sku else ""
            variant.display_name = f"{prefix}{variant.name}"

    def _upsert(self, pages, products):
        """Bring the rows of `pages` in line with the api Products, a dict by external id. Rows
        whose variant left its page are marked; the variant may come back."""
        wanted = self._prepare_page_values(pages, products)
        found = self.search(
            [
                ("shop_id", "in", pages.shop_id.ids),
                "|",
                ("external_id", "in", list(wanted)),
                ("parent_id", "in", pages.ids),
            ],
            order="id",
        )
        gone = self.browse()
        for row in found:
            if row.external_id in wanted:
                row._write_changes(wanted.pop(row.external_id))
            else:
                gone |= row
        gone.filtered("on_site").write({"on_site": False})
        self.create(list(wanted.values()))

    def _refresh_told(self, pages, products):
        """Stock and prices of pages that are what they were at the last reading. The rows may
        differ all the same: they also hold what we have sent since, or that a sending found no
        product."""
        told = {each.id: each for page in pages for each in products[page.external_id].variants}
        fields_told = ["external_id", "stock", "on_site", *PRICES]
        for row in self.search_fetch([("parent_id", "in", pages.ids)], fields_told):
            variant = told.get(row.external_id)
            if variant:
                stock = float(variant.stock)
                row._write_changes({"stock": stock, "on_site": True, **self._told_prices(variant)})

    def _told_prices(self, variant):
        return {name: float(getattr(variant, name) or 0) for name in PRICES}

    def _prepare_page_values(self, pages, products):
        """{external id: values} of all variants of the pages. An id that stands on two pages
        belongs to the first; the other page says so."""
        wanted = {}
        for page in pages:
            product = products[page.external_id]
            combinations = set()
            for variant in product.variants:
                if variant.id in wanted:
                    page.site_problem = self.env._(
                        "Its variant %s is also on another page of the site.", variant.id
                    )
                    continue
                values = self._prepare_values(page, product, variant)
                values["site_problem"] = self._site_problem(product, variant, combinations)
                combinations.add(frozenset(variant.options))
                wanted[variant.id] = values
        return wanted

    def _prepare_values(self, page, product, variant):
        return {
            "shop_id": page.shop_id.id,
            "company_id": page.company_id.id,
            "parent_id": page.id,
            "category_id": page.category_id.id,
            "external_id": variant.id,
            "name": f"{product.name} ({variant.name})" if variant.name else product.name,
            "sku": variant.sku,
            "ean": variant.ean,
            "options": [list(pair) for pair in variant.options],
            **self._told_prices(variant),
            "weight": float(variant.weight),
            "stock": float(variant.stock),
            "tracked": variant.tracked,
            "site_image_url": variant.image_url,
            "on_site": True,
        }

    def _site_problem(self, product, variant, combinations):
        """What a person has to put right on the site; `combinations` are the options of the
        variants before this one on its page."""
        attributes = [attribute for attribute, _value in variant.options]
        if len(product.variants) > 1 and not variant.options:
            return self.env._("It is one of several variants, but the site says not which.")
        if len(set(attributes)) < len(attributes):
            return self.env._("The site gives it one option twice.")
        if variant.options and frozenset(variant.options) in combinations:
            return self.env._("The site has another variant with the same options.")
        if not variant.price_gross:
            return self.env._("Its price on the site is zero.")
        return False

    # What a person decides

    def action_link(self):
        """Bind each row to the product chosen on it; orders that waited for it are retried."""
        self._link()
        self.env["merchantpro.order"]._retry_linked(self)

    def _link(self):
        for variant in self:
            if not variant.product_id:
                raise UserError(self.env._("Choose a product for %s first.", variant.name))
            variant.write(
                {
                    "match_state": "linked",
                    "match_reason": False,
                    "match_field": variant.match_field or "manual",
                }
            )

    def action_mark_new(self):
        """Import is to create a product for these rows."""
        self.filtered(lambda row: row.match_state != "linked").write(
            {
                "match_state": "new",
                "product_id": False,
                "match_field": "manual",
                "match_reason": False,
            }
        )

    def action_ignore(self):
        self.filtered(lambda row: row.match_state != "linked").write(
            {"match_state": "ignored", "product_id": False, "match_field": False}
        )

    def action_open_site(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.url, "target": "new"}
