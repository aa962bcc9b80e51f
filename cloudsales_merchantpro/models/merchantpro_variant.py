"""One sellable unit of the site: the row people match, and the unit of stock and price."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class MerchantProVariant(models.Model):
    _name = "merchantpro.variant"
    _description = "Marketplace Product"
    _order = "name, id"
    _inherit = "merchantpro.job"
    _check_company_auto = True

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
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
    price_gross = fields.Float(string="Price on the Site", digits=(16, 2), help="VAT included.")
    stock = fields.Float(
        string="Stock on the Site",
        digits="Product Unit",
        help="As the site told or acknowledged it last.",
    )
    tracked = fields.Boolean(
        string="Stock Counted", help="Off: the site sells it without counting."
    )
    on_site = fields.Boolean(default=True)
    category_id = fields.Many2one(related="parent_id.category_id", store=True)
    url = fields.Char(related="parent_id.url")
    image_url = fields.Char(related="parent_id.image_url")

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

    pushed_at = fields.Datetime(string="Stock Sent")
    push_error = fields.Text(string="Sending Error")
    push_failures = fields.Integer(string="Failed Sendings")

    _external_uniq = models.Constraint(
        "unique(shop_id, external_id)", "The row is already in the list."
    )
    # Two rows of a shop bound to one product would sell its stock twice.
    _linked_product_uniq = models.UniqueIndex(
        "(shop_id, product_id) WHERE match_state = 'linked'",
        "This product is already linked to another row of the shop.",
    )

    @api.depends("sku", "name")
    def _compute_display_name(self):
        for variant in self:
            prefix = f"[{variant.sku}] " if variant.sku else ""
            variant.display_name = f"{prefix}{variant.name}"

    def write(self, vals):
        result = super().write(vals)
        if {"match_state", "product_id"} & set(vals):
            linked = self.filtered(lambda variant: variant.match_state == "linked")
            self.env["merchantpro.change"]._note_variants(linked)
        return result

    def _upsert(self, pages, products):
        """Bring the rows of `pages` in line with the api Products, a dict by external id."""
        ids = [each.id for page in pages for each in products[page.external_id].variants]
        found = self.search([("shop_id", "in", pages.shop_id.ids), ("external_id", "in", ids)])
        known = {row.external_id: row for row in found}
        fresh = []
        for page in pages:
            product = products[page.external_id]
            for variant in product.variants:
                values = self._prepare_values(page, product, variant)
                if variant.id in known:
                    known[variant.id].write(values)
                else:
                    fresh.append(values)
            listed = {variant.id for variant in product.variants}
            page.variant_ids.filtered(lambda row, ids=listed: row.external_id not in ids).write(
                {"on_site": False}
            )
        self.create(fresh)

    def _prepare_values(self, page, product, variant):
        suffix = ", ".join(value for _attribute, value in variant.options)
        return {
            "shop_id": page.shop_id.id,
            "parent_id": page.id,
            "external_id": variant.id,
            "name": f"{product.name} ({suffix})" if suffix else product.name,
            "sku": variant.sku,
            "ean": variant.ean,
            "options": [list(pair) for pair in variant.options],
            "price_gross": float(variant.price_gross),
            "stock": float(variant.stock),
            "tracked": variant.tracked,
            "on_site": True,
        }

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

    def action_unlink_product(self):
        self.write(
            {
                "match_state": "unmatched",
                "product_id": False,
                "match_field": False,
                "match_reason": False,
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

    def action_push(self):
        """Send the stock of these rows again, whatever was refused before."""
        self.write({"push_error": False, "push_failures": 0, "pushed_at": False})
        self.env["merchantpro.change"]._note_variants(self)
        self.shop_id.push_changes()

    def action_open_site(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.url, "target": "new"}
