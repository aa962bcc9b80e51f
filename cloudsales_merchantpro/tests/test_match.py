from .common import ShopCase


class TestMatch(ShopCase):
    def match(self, **site_product):
        self.site.add_product(id=1, **site_product)
        self.shop.fetch_catalog()
        return self.row(1)

    def test_the_code_matches_whatever_its_case_and_outer_spaces(self):
        product = self.erp_product("Cana-1")
        row = self.match(sku=" CANA-1 ")
        self.assertEqual(
            (row.match_state, row.match_field, row.product_id), ("matched", "default_code", product)
        )

    def test_the_ean_matches_where_the_code_finds_nothing(self):
        product = self.erp_product("X", barcode="5941234567899")
        row = self.match(sku="OTHER", ean="5941234567899")
        self.assertEqual((row.match_field, row.product_id), ("barcode", product))

    def test_an_additional_code_matches_last(self):
        product = self.erp_product("X", extra=["SITE-1"])
        row = self.match(sku="SITE-1")
        self.assertEqual((row.match_field, row.product_id), ("additional", product))

    def test_an_additional_code_of_another_shop_matches_nothing(self):
        other = self.make_shop(name="Other")
        product = self.erp_product("X")
        self.env["product.additional.code"].create(
            {"product_id": product.id, "code": "SITE-1", "shop_id": other.id}
        )
        self.assertEqual(self.match(sku="SITE-1").match_state, "new")

    def test_code_and_ean_of_two_products_are_ambiguous(self):
        self.erp_product("A")
        self.erp_product("B", barcode="5941234567899")
        row = self.match(sku="A", ean="5941234567899")
        self.assertEqual(row.match_state, "ambiguous")
        self.assertFalse(row.product_id)

    def test_a_code_of_two_products_is_ambiguous(self):
        self.erp_product("A")
        self.erp_product("a")
        self.assertEqual(self.match(sku="A").match_state, "ambiguous")

    def test_two_rows_that_claim_one_product_are_ambiguous(self):
        self.erp_product("A")
        self.site.add_product(id=2, sku="a")
        self.match(sku="A")
        self.assertEqual(set(self.shop.variant_ids.mapped("match_state")), {"ambiguous"})

    def test_an_archived_product_is_not_created_again(self):
        self.erp_product("A").active = False
        row = self.match(sku="A")
        self.assertEqual(row.match_state, "ambiguous")
        self.assertIn("archived", row.match_reason)

    def test_a_row_without_codes_says_so(self):
        self.assertEqual(self.match().match_state, "no_code")

    def test_a_product_of_another_company_is_not_found(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.erp_product("A", company_id=other.id)
        self.assertEqual(self.match(sku="A").match_state, "new")

    def test_a_new_additional_code_settles_the_row_at_once(self):
        row = self.match(sku="SITE-1")
        product = self.erp_product("X", extra=["SITE-1"])
        self.assertEqual((row.match_state, row.product_id), ("matched", product))

    def test_a_code_that_only_differs_in_case_settles_the_row_at_once(self):
        row = self.match(sku="SITE-1")
        self.erp_product("X", extra=["site-1"])
        self.assertEqual(row.match_state, "matched")

    def test_what_a_person_decided_stays(self):
        row = self.match(sku="A")
        row.action_ignore()
        self.erp_product("A")
        self.shop.action_match()
        self.assertEqual(row.match_state, "ignored")
