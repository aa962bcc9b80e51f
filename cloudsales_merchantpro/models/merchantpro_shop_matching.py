"""The shop's rules of matching, and finding products by the codes of the site under them.

Rows of the staging list and lines of orders are found here alike, so both follow the settings."""

from collections import defaultdict

from odoo import fields, models
from odoo.tools import SQL

from ..api.codes import Rules
from .code_keys import carries_one_of

SETTINGS = {
    "match_case",
    "match_ignore_zeros",
    "match_ean_in_code",
    "match_on_code",
    "match_on_ean",
    "match_on_additional",
}


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    match_case = fields.Boolean(
        string="Case Matters", help="On: “AB-1” and “ab-1” are different codes."
    )
    match_ignore_zeros = fields.Boolean(
        string="Ignore Leading Zeros", help="On: “00123” and “123” are the same code."
    )
    match_ean_in_code = fields.Boolean(
        string="An EAN May Stand as Code",
        default=True,
        help="On: a code of the site that is a valid EAN is also compared with barcodes, and the"
        " site's EAN also with internal references.",
    )
    match_on_code = fields.Boolean(string="Match on Internal Reference", default=True)
    match_on_ean = fields.Boolean(string="Match on Barcode", default=True)
    match_on_additional = fields.Boolean(string="Match on Additional Codes", default=True)

    def write(self, vals):
        before = {shop: shop._rules() for shop in self} if SETTINGS & set(vals) else {}
        result = super().write(vals)
        for shop, rules in before.items():
            if shop._rules() != rules:
                shop._match_open()
        return result

    def _rules(self):
        kinds = {
            "default_code": self.match_on_code,
            "barcode": self.match_on_ean,
            "additional": self.match_on_additional,
        }
        return Rules(
            case_matters=self.match_case,
            ignore_zeros=self.match_ignore_zeros,
            ean_in_code=self.match_ean_in_code,
            kinds=frozenset(kind for kind, on in kinds.items() if on),
        )

    def _find_products(self, pairs):
        """{(code, EAN): Finding} for the pairs of the site's texts, either of which may be empty;
        one query for each kind of code, however many pairs."""
        rules = self._rules()
        found = {
            kind: self._products_by(rules, kind, codes) if codes else {}
            for kind, codes in rules.asked(pairs).items()
        }
        return {(code, ean): rules.find(found, code, ean) for code, ean in pairs}

    def _products_by(self, rules, kind, codes):
        """{normal code: {product id: active}} of what the shop's company may sell."""
        self.env["product.template"].flush_model(["company_id"])
        self.env["product.product"].flush_model(["default_code", "barcode", "active"])
        self.env["product.additional.code"].flush_model()
        if kind == "additional":
            query = self._additional_query(codes)
        else:
            query = self._column_query(kind, codes)
        found = defaultdict(dict)
        for code, product_id, active in self.env.execute_query(query):
            found[rules.normal(code)][product_id] = active
        return found

    def _column_query(self, column, codes):
        return SQL(
            """
            SELECT p.%(column)s, p.id, coalesce(p.active, false)
              FROM product_product p
              JOIN product_template t ON t.id = p.product_tmpl_id
             WHERE %(carries)s AND (t.company_id IS NULL OR t.company_id = ANY(%(companies)s))
            """,
            column=SQL.identifier(column),
            carries=carries_one_of(f"p.{column}", codes),
            # A branch sells what its head company sells.
            companies=self.company_id.sudo().parent_ids.ids,
        )

    def _additional_query(self, codes):
        return SQL(
            """
            SELECT c.code, p.id, coalesce(p.active, false)
              FROM product_additional_code c
              JOIN product_product p ON p.id = c.product_id
             WHERE %(carries)s AND c.company_id = ANY(%(companies)s)
               AND (c.shop_id IS NULL OR c.shop_id = %(shop)s)
            """,
            carries=carries_one_of("c.code", codes),
            companies=self.company_id.sudo().parent_ids.ids,
            shop=self.id,
        )
