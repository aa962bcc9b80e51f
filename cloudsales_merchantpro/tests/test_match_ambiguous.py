"""What a row is not matched to, and what the row says about it."""

from unittest.mock import patch

from .match_case import MatchCase

EAN = "5941234567899"


class TestAmbiguousCodes(MatchCase):
    def test_several_products_with_the_code_are_named(self):
        self.erp_product("A", name="Mug")
        self.erp_product("a", name="Cup")
        self.assert_ambiguous(self.matched("A"), "Mug", "Cup")

    def test_code_and_ean_of_two_products_are_named(self):
        self.erp_product("A", name="Mug")
        self.erp_product("B", name="Cup", barcode=EAN)
        self.assert_ambiguous(self.matched("A", EAN), "Mug", "Cup")

    def test_the_ean_tells_which_of_several_products_with_the_code_is_meant(self):
        self.erp_product("A")
        product = self.erp_product("a", barcode=EAN)
        self.assert_matched(self.matched("A", EAN), product, "barcode")

    def test_code_and_ean_of_one_product_match_on_the_code(self):
        product = self.erp_product("A", barcode=EAN)
        self.assert_matched(self.matched("A", EAN), product, "default_code")

    def test_a_hundred_products_with_the_code_make_a_short_reason(self):
        self.env["product.product"].create(
            [{"name": f"Product {n:03}", "default_code": "A"} for n in range(100)]
        )
        self.assert_ambiguous(self.matched("A"), "Product 002", "97 more")

    def test_an_archived_product_is_named(self):
        self.erp_product("A", name="Old mug").active = False
        self.assert_ambiguous(self.matched("A"), "archived", "Old mug")

    def test_an_archived_product_does_not_hide_the_active_one_with_its_code(self):
        self.erp_product("A").active = False
        product = self.erp_product("A")
        self.assert_matched(self.matched("A"), product, "default_code")

    def test_an_archived_product_with_the_code_does_not_hide_the_active_one_with_the_ean(self):
        self.erp_product("A").active = False
        product = self.erp_product("B", barcode=EAN)
        self.assert_matched(self.matched("A", EAN), product, "barcode")

    def test_an_additional_code_settles_the_row_of_an_archived_product(self):
        self.erp_product("A").active = False
        product = self.erp_product("B", extra=["A"])
        self.assert_matched(self.matched("A"), product, "additional")

    def test_a_row_that_has_nothing_but_blanks_has_no_code(self):
        self.erp_product("  ")
        self.assertEqual(self.matched("  ", "\u00a0").match_state, "no_code")


class TestRivals(MatchCase):
    def test_two_rows_that_claim_one_product_name_each_other(self):
        self.erp_product("A", name="Mug", barcode=EAN)
        one, two = self.staged("A"), self.staged(ean=EAN)
        (one | two).match()
        self.assert_ambiguous(one, "Mug", two.name)
        self.assert_ambiguous(two, "Mug", one.name)

    def test_a_row_matched_later_also_unsettles_the_one_before(self):
        self.erp_product("A", barcode=EAN)
        one = self.matched("A")
        self.assertEqual(one.match_state, "matched")
        two = self.matched(ean=EAN)
        self.assert_ambiguous(one)
        self.assert_ambiguous(two)

    def test_rivals_stay_ambiguous_when_one_of_them_is_matched_again_alone(self):
        self.erp_product("A", barcode=EAN)
        one, two = self.staged("A"), self.staged(ean=EAN)
        (one | two).match()
        one.match()
        self.assert_ambiguous(one)
        self.assert_ambiguous(two)

    def test_rivals_in_different_chunks_find_each_other(self):
        self.patch_chunk(2)
        self.erp_product("A", barcode=EAN)
        one = self.staged("A")
        others = self.staged("X1") | self.staged("X2") | self.staged("X3")
        two = self.staged(ean=EAN)
        (one | others | two).match()
        self.assert_ambiguous(one, two.name)
        self.assert_ambiguous(two, one.name)
        self.assertEqual(set(others.mapped("match_state")), {"new"})

    def patch_chunk(self, size):
        module = "odoo.addons.cloudsales_merchantpro.models.merchantpro_variant_match.CHUNK"
        self.startPatcher(patch(module, size))

    def test_the_rival_is_matched_when_the_other_row_got_another_code(self):
        product = self.erp_product("A", barcode=EAN)
        one, two = self.staged("A"), self.staged(ean=EAN)
        (one | two).match()
        two.ean = "4006381333931"
        two.match()
        self.assert_matched(one, product)
        self.assertEqual(two.match_state, "new")

    def test_a_product_that_is_linked_is_not_matched_to_another_row(self):
        product = self.erp_product("A", name="Mug")
        linked = self.staged("B", product_id=product.id, match_state="linked")
        self.assert_ambiguous(self.matched("A"), "already linked", "Mug", linked.name)
        self.assertEqual(linked.match_state, "linked")

    def test_an_ignored_row_claims_nothing(self):
        product = self.erp_product("A", barcode=EAN)
        one, two = self.staged("A"), self.staged(ean=EAN)
        (one | two).match()
        two.action_ignore()
        one.match()
        self.assert_matched(one, product)

    def test_a_row_that_left_the_site_claims_nothing(self):
        product = self.erp_product("A", barcode=EAN)
        gone, row = self.staged("A", on_site=False), self.staged(ean=EAN)
        (gone | row).match()
        self.assert_matched(row, product)
        self.assert_ambiguous(gone, row.name)

    def test_rows_of_two_shops_may_have_one_product(self):
        product = self.erp_product("A")
        other = self.make_shop(name="Other")
        one, two = self.staged("A"), self.staged("A", page=self.page(shop=other))
        (one | two).match()
        self.assert_matched(one, product)
        self.assert_matched(two, product)


class TestTwins(MatchCase):
    def test_two_pages_with_one_unknown_code_are_not_created_twice(self):
        one, two = self.staged("A"), self.staged(" a ")
        (one | two).match()
        self.assert_ambiguous(one, two.name.strip())
        self.assert_ambiguous(two, one.name)

    def test_the_second_page_with_an_unknown_code_also_stops_the_first(self):
        one = self.matched("A")
        self.assertEqual(one.match_state, "new")
        two = self.matched("A")
        self.assert_ambiguous(one)
        self.assert_ambiguous(two)

    def test_a_page_made_anew_on_the_site_is_not_created_again(self):
        product = self.erp_product("OURS")
        old = self.staged("A", product_id=product.id, match_state="linked", on_site=False)
        self.assert_ambiguous(self.matched("A"), old.name)

    def test_variants_of_one_page_may_share_a_code_and_say_so(self):
        page = self.page()
        one, two = self.staged("A", page=page), self.staged("A", page=page)
        (one | two).match()
        self.assertEqual((one | two).mapped("match_state"), ["new", "new"])
        self.assertIn(two.name, one.match_reason)

    def test_rows_without_any_code_are_no_twins(self):
        rows = self.staged() | self.staged()
        rows.match()
        self.assertEqual(rows.mapped("match_state"), ["no_code", "no_code"])


class TestFamily(MatchCase):
    def match_page(self, *codes):
        page = self.page()
        rows = self.env["merchantpro.variant"].union(*(self.staged(c, page=page) for c in codes))
        rows.match()
        return rows

    def test_variants_of_one_product_match(self):
        products = self.erp_family("S", "M", "L")
        rows = self.match_page("S", "M", "L")
        self.assertEqual(rows.mapped("match_state"), ["matched"] * 3)
        self.assertEqual(rows.product_id, products)

    def test_a_variant_of_another_product_is_ambiguous(self):
        self.erp_family("S", "M", name="Shirt")
        self.erp_product("L", name="Lamp")
        small, medium, large = self.match_page("S", "M", "L")
        self.assertEqual((small | medium).mapped("match_state"), ["matched"] * 2)
        self.assert_ambiguous(large, "The other variants of this page belong to Shirt")

    def test_two_products_named_alike_leave_the_whole_page_ambiguous(self):
        self.erp_family("S", "M", name="Shirt")
        self.erp_family("L", "XL", name="Coat")
        for row in self.match_page("S", "M", "L", "XL"):
            self.assert_ambiguous(row, "Shirt", "Coat")

    def test_a_new_variant_of_a_divided_page_is_not_created(self):
        self.erp_family("S", "M", name="Shirt")
        self.erp_family("L", "XL", name="Coat")
        self.assert_ambiguous(self.match_page("S", "L", "XXL")[2], "Shirt", "Coat")

    def test_a_new_variant_of_an_agreed_page_is_new(self):
        self.erp_family("S", "M")
        self.assertEqual(self.match_page("S", "M", "XXL")[2].match_state, "new")

    def test_separate_products_for_each_size_match(self):
        products = self.erp_product("S") | self.erp_product("M")
        rows = self.match_page("S", "M")
        self.assertEqual(rows.product_id, products)

    def test_a_linked_variant_says_more_than_several_matched_ones(self):
        small = self.erp_family("S", "S2", name="Shirt")[0]
        self.erp_family("M", "L", name="Coat")
        page = self.page()
        self.staged("?", page=page, product_id=small.id, match_state="linked")
        rows = self.staged("M", page=page) | self.staged("L", page=page)
        rows.match()
        for row in rows:
            self.assert_ambiguous(row, "Shirt")

    def test_a_variant_matched_later_is_compared_with_its_sisters(self):
        self.erp_family("S", "M", name="Shirt")
        self.erp_product("L")
        page = self.page()
        (self.staged("S", page=page) | self.staged("M", page=page)).match()
        self.assert_ambiguous(self.matched("L", page=page), "Shirt")

    def test_a_sister_that_was_contradicted_is_matched_when_the_page_agrees(self):
        self.erp_family("S", "M", name="Shirt")
        self.erp_family("L", "XL", name="Coat")
        rows = self.match_page("S", "M", "L", "XL")
        rows[2:].action_ignore()
        rows[0].match()
        self.assertEqual(rows[:2].mapped("match_state"), ["matched"] * 2)
