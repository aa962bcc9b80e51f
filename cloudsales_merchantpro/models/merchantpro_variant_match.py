"""Finding the ERP's product of each row of the staging list.

Set-based: one query per kind of code, however many rows. The order is product
code, EAN, additional code; the first kind that finds something decides, unless
the code and the EAN name different products.
"""

from collections import Counter

from odoo import models

OPEN = ("unmatched", "matched", "new", "ambiguous", "no_code")


def normal(code):
    """Codes are compared without outer spaces and case."""
    return (code or "").strip().lower()


class MerchantProVariant(models.Model):
    _inherit = "merchantpro.variant"

    def match(self):
        """Set `match_state`, `match_field`, `match_reason` and the proposed `product_id` of
        the rows. Linked and ignored rows, and rows a person marked, stay as they are."""
        for shop in self.shop_id:
            rows = self.filtered(lambda row, s=shop: row.shop_id == s and row.match_state in OPEN)
            rows.filtered(lambda row: row.match_field != "manual")._match_in(shop)
        return True

    def _match_in(self, shop):
        codes = {normal(row.sku) for row in self} - {""}
        eans = {normal(row.ean) for row in self} - {""}
        found = {
            "default_code": self._products_by("default_code", codes, shop),
            "barcode": self._products_by("barcode", eans, shop),
            "additional": self.env["product.additional.code"]._products_by(codes | eans, shop),
        }
        results = {row: row._match_result(found) for row in self}
        self._refuse_doubles(shop, results)
        for row, (state, field, product, reason) in results.items():
            row._write_match(state, field, product, reason)

    def _with_codes(self, codes, companies):
        """Rows of the companies that carry one of these normalised codes."""
        self.flush_model(["sku", "ean", "company_id"])
        self.env.cr.execute(
            """
            SELECT id FROM merchantpro_variant
             WHERE company_id = ANY(%s)
               AND (lower(trim(sku)) = ANY(%s) OR lower(trim(ean)) = ANY(%s))
            """,
            (companies.ids, list(codes), list(codes)),
        )
        return self.browse([row_id for (row_id,) in self.env.cr.fetchall()])

    def _products_by(self, column, codes, shop):
        """{normalised code: [(product id, active)]} for the company of the shop."""
        self.env["product.product"].flush_model([column, "active"])
        self.env["product.template"].flush_model(["company_id"])
        self.env.cr.execute(
            f"""
            SELECT lower(trim(p.{column})), array_agg(p.id), array_agg(p.active)
              FROM product_product p
              JOIN product_template t ON t.id = p.product_tmpl_id
             WHERE lower(trim(p.{column})) = ANY(%s)
               AND (t.company_id IS NULL OR t.company_id = %s)
             GROUP BY 1
            """,
            (list(codes), shop.company_id.id),
        )
        return {
            code: list(zip(ids, active, strict=True))
            for code, ids, active in self.env.cr.fetchall()
        }

    def _match_result(self, found):
        """(state, field, product id, reason) of one row."""
        code, ean = normal(self.sku), normal(self.ean)
        if not code and not ean:
            return "no_code", False, False, False
        by_code = found["default_code"].get(code, [])
        by_ean = found["barcode"].get(ean, [])
        if len(by_code) == 1 and len(by_ean) == 1 and by_code != by_ean:
            reason = self.env._("The code and the EAN belong to different products")
            return "ambiguous", False, False, reason
        extra = found["additional"]
        by_extra = {*extra.get(code, []), *extra.get(ean, [])}
        for field, products in (
            ("default_code", by_code),
            ("barcode", by_ean),
            ("additional", list(by_extra)),
        ):
            if products:
                return self._one_of(field, products)
        return "new", False, False, False

    def _one_of(self, field, products):
        if len(products) > 1:
            return "ambiguous", field, False, self.env._("Several products carry this code")
        product_id, active = products[0]
        if not active:
            name = self.env["product.product"].browse(product_id).display_name
            return "ambiguous", field, False, self.env._("The product is archived: %s", name)
        return "matched", field, product_id, False

    def _refuse_doubles(self, shop, results):
        """Two rows of the site must not get one product: no row may guess which is right."""
        linked = self.search([("shop_id", "=", shop.id), ("match_state", "=", "linked")])
        taken = set(linked.product_id.ids)
        claims = Counter(product for _state, _field, product, _why in results.values() if product)
        for row, (state, field, product, _reason) in results.items():
            if state == "matched" and (product in taken or claims[product] > 1):
                name = self.env["product.product"].browse(product).display_name
                reason = self.env._("Several rows of the site claim %s", name)
                results[row] = ("ambiguous", field, False, reason)

    def _write_match(self, state, field, product, reason):
        values = {
            "match_state": state,
            "match_field": field,
            "product_id": product,
            "match_reason": reason,
        }
        now = (self.match_state, self.match_field, self.product_id.id, self.match_reason)
        if now != (state, field, product, reason):
            self.write(values)
