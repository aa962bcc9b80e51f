"""A product that a row of the staging list may mean, shown beside it."""

from odoo import api, fields, models

MOST = 12  # more than a person compares


class MerchantProReviewCandidate(models.TransientModel):
    _name = "merchantpro.review.candidate"
    _description = "Candidate of a Review"

    review_id = fields.Many2one("merchantpro.review", required=True, ondelete="cascade", index=True)
    product_id = fields.Many2one("product.product", required=True, ondelete="cascade")
    matched_on = fields.Char()
    image_128 = fields.Image(related="product_id.image_128")
    default_code = fields.Char(related="product_id.default_code")
    barcode = fields.Char(related="product_id.barcode")
    additional_codes = fields.Char(compute="_compute_additional_codes")
    archived = fields.Boolean(compute="_compute_archived")
    list_price = fields.Float(related="product_id.lst_price")
    taken_by_id = fields.Many2one(
        "merchantpro.variant", string="Linked To", compute="_compute_taken_by_id"
    )

    @api.depends("product_id")
    def _compute_additional_codes(self):
        for candidate in self:
            codes = candidate.product_id.additional_code_ids.mapped("code")
            candidate.additional_codes = ", ".join(codes)

    @api.depends("product_id")
    def _compute_archived(self):
        for candidate in self:
            candidate.archived = not candidate.product_id.active

    @api.depends("product_id", "review_id")
    def _compute_taken_by_id(self):
        linked = self.env["merchantpro.variant"].search(
            [
                ("shop_id", "in", self.review_id.shop_id.ids),
                ("product_id", "in", self.product_id.ids),
                ("match_state", "=", "linked"),
            ]
        )
        by_product = {(row.shop_id, row.product_id): row for row in linked}
        for candidate in self:
            key = (candidate.review_id.shop_id, candidate.product_id)
            candidate.taken_by_id = by_product.get(key, False)

    @api.model
    def _for_row(self, row):
        """Values of the candidates of a row: what its codes name, else what has its name."""
        if not row:
            return []
        finding = row.shop_id._find_products({(row.sku, row.ean)})[row.sku, row.ean]
        named = {
            **dict.fromkeys(finding.against, self.env._("EAN")),
            **dict.fromkeys(finding.products, self._kind_label(finding)),
        }
        if row.product_id:
            named.setdefault(row.product_id.id, self.env._("Proposed"))
        if not named:
            named = dict.fromkeys(self._like(row).ids, self.env._("Similar Name"))
        return [
            {"product_id": product_id, "matched_on": label}
            for product_id, label in list(named.items())[:MOST]
        ]

    def _kind_label(self, finding):
        field = self.env["merchantpro.variant"]._fields["match_field"]
        return dict(field._description_selection(self.env)).get(finding.kind)

    def _like(self, row):
        """Products whose name has the first words of the page's."""
        words = [word for word in row.parent_id.name.split() if len(word) > 2][:2]
        domain = [("name", "ilike", word) for word in words]
        company = [("company_id", "in", (row.company_id.id, False))]
        return self.env["product.product"].search(domain + company, limit=MOST if words else 0)

    def action_link(self):
        return self.review_id._link(self.product_id)

    def action_link_with_code(self):
        return self.review_id._link(self.product_id, with_code=True)

    def action_restore_and_link(self):
        return self.review_id._link(self.product_id, restore=True)
