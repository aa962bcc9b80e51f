"""The shop's own rules of matching, for rows and for lines of orders."""

from .match_case import MatchCase

EAN = "5941234567899"


class TestMatchRules(MatchCase):
    def test_spaces_slashes_and_diacritics_inside_a_code_belong_to_it(self):
        self.erp_product("CANA MARE/1")
        product = self.erp_product("Cană mare/1")
        self.assert_matched(self.matched("\u00a0CANĂ MARE/1\t"), product)
        self.assertEqual(self.matched("CANAMARE1").match_state, "new")

    def test_case_matters_where_the_shop_says_so(self):
        self.shop.match_case = True
        product = self.erp_product("ab-1")
        self.erp_product("AB-1")
        self.assert_matched(self.matched("ab-1"), product)
        self.assertEqual(self.matched("Ab-1").match_state, "new")

    def test_leading_zeros_count_unless_the_shop_ignores_them(self):
        product = self.erp_product("00123")
        row = self.matched("123")
        self.assertEqual(row.match_state, "new")
        self.shop.match_ignore_zeros = True
        self.assert_matched(row, product)

    def test_zeros_alone_are_a_code_too(self):
        self.shop.match_ignore_zeros = True
        product = self.erp_product("000")
        self.assert_matched(self.matched("0"), product)

    def test_an_ean_in_the_code_field_is_compared_with_barcodes(self):
        product = self.erp_product("X", barcode=EAN)
        self.assert_matched(self.matched(EAN), product, "barcode")

    def test_a_number_that_is_no_ean_is_not_compared_with_barcodes(self):
        self.erp_product("X", barcode="5941234567890")
        self.assertEqual(self.matched("5941234567890").match_state, "new")

    def test_the_ean_is_compared_with_references(self):
        product = self.erp_product(EAN)
        self.assert_matched(self.matched("X", EAN), product, "barcode")

    def test_an_ean_in_the_code_field_does_not_count_where_the_shop_says_so(self):
        self.shop.match_ean_in_code = False
        self.erp_product("X", barcode=EAN)
        self.assertEqual(self.matched(EAN).match_state, "new")

    def test_only_the_chosen_kinds_of_codes_are_compared(self):
        self.erp_product("A", barcode=EAN)
        self.erp_product("B", extra=["SITE"])
        rows = self.staged("A"), self.staged(ean=EAN), self.staged("SITE")
        kinds = ("match_on_code", "match_on_ean", "match_on_additional")
        for row, kind in zip(rows, kinds, strict=True):
            row.match()
            self.assertEqual(row.match_state, "matched")
            self.shop[kind] = False
            self.assertEqual(row.match_state, "new", kind)
            self.shop[kind] = True
            row.match_state = "ignored"

    def test_a_changed_rule_leaves_what_a_person_decided(self):
        product = self.erp_product("00123")
        linked = self.staged("123", product_id=product.id, match_state="linked")
        ignored = self.staged("123", match_state="ignored")
        self.shop.match_ignore_zeros = True
        self.assertEqual((linked | ignored).mapped("match_state"), ["linked", "ignored"])

    def test_writing_the_rule_that_is_already_set_matches_nothing_again(self):
        row = self.matched("A")
        row.match_state = "unmatched"
        self.shop.match_case = self.shop.match_case
        self.assertEqual(row.match_state, "unmatched")

    def test_lines_of_orders_follow_the_shops_rules(self):
        product = self.erp_product("00123")
        site = self.site.add_product(id=1, sku="123", price_gross=10)
        order = self.read_order([{"product_id": site["id"], "quantity": 1}])
        self.assertEqual(order.state, "held")
        self.shop.match_ignore_zeros = True
        order.process()
        self.assertEqual(order.sale_order_id.order_line.product_id, product)

    def test_products_of_the_head_company_are_those_of_its_branch(self):
        branch = self.env["res.company"].create(
            {
                "name": "Branch",
                "parent_id": self.company.id,
                "country_id": self.company.country_id.id,
            }
        )
        product = self.erp_product("A", company_id=self.company.id)
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", branch.id)], limit=1)
        shop = self.make_shop(company_id=branch.id, order_warehouse_id=warehouse.id)
        self.assert_matched(self.matched("A", page=self.page(shop=shop)), product)
