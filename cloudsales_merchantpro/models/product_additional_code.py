"""An extra code of a product: the one a shop, a supplier or an old system uses."""

from odoo import api, fields, models

from .merchantpro_variant_match import normal


class ProductAdditionalCode(models.Model):
    _name = "product.additional.code"
    _description = "Additional Product Code"
    _rec_name = "code"
    _order = "code"
    _check_company_auto = True

    product_id = fields.Many2one(
        "product.product", required=True, ondelete="cascade", index=True, check_company=True
    )
    code = fields.Char(required=True, index="trigram")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    shop_id = fields.Many2one(
        "merchantpro.shop",
        check_company=True,
        ondelete="set null",
        help="Empty: the code holds for every shop.",
    )

    _code_uniq = models.Constraint(
        "unique(company_id, code)", "Another product already has this additional code."
    )

    @api.model_create_multi
    def create(self, vals_list):
        codes = super().create([self._trimmed(vals) for vals in vals_list])
        codes._match_rows()
        return codes

    def write(self, vals):
        result = super().write(self._trimmed(vals))
        self._match_rows()
        return result

    def _trimmed(self, vals):
        return {**vals, "code": (vals["code"] or "").strip()} if "code" in vals else vals

    def _match_rows(self):
        """A new code settles the rows of the staging list that carry it, at once."""
        variants = self.env["merchantpro.variant"].sudo()
        variants._with_codes({normal(code.code) for code in self}, self.company_id).match()
        shops = (
            self.env["merchantpro.shop"].sudo().search([("company_id", "in", self.company_id.ids)])
        )
        self.env["merchantpro.order"].sudo()._retry_held(shops)

    def _products_by(self, codes, shop):
        """{normalised code: [(product id, active)]} of the shop's company, for `codes`."""
        self.flush_model()
        self.env.cr.execute(
            """
            SELECT lower(trim(c.code)), array_agg(p.id), array_agg(p.active)
              FROM product_additional_code c
              JOIN product_product p ON p.id = c.product_id
             WHERE lower(trim(c.code)) = ANY(%s) AND c.company_id = %s
               AND (c.shop_id IS NULL OR c.shop_id = %s)
             GROUP BY 1
            """,
            (list(codes), shop.company_id.id, shop.id),
        )
        return {
            normal(code): list(zip(ids, active, strict=True))
            for code, ids, active in self.env.cr.fetchall()
        }
