"""What a site must not be able to do to its catalogue here: each flaw is a message on its own
row, and the rest goes on."""

import json
import time

from odoo.exceptions import ValidationError

from odoo.addons.cloudsales_merchantpro.api.markup import LONGEST

from .common import ShopCase


class TestCatalogBadInput(ShopCase):
    def fetch(self):
        self.shop.fetch_catalog()
        return self.shop.fetch_id

    def page(self, external_id):
        return self.env["merchantpro.product"].search(
            [("shop_id", "=", self.shop.id), ("external_id", "=", str(external_id))]
        )

    def good(self):
        """A product beside the bad one: it always arrives."""
        self.site.add_product(id=99, sku="GOOD", price_gross=10)

    def assert_good_arrived(self):
        self.assertEqual(self.row(99).sku, "GOOD")
        self.assertFalse(self.row(99).site_problem)
        self.assertEqual(self.shop.fetch_id.state, "done")

    # Codes

    def test_codes_are_kept_as_the_site_has_them(self):
        codes = {1: "A B/C", 2: "ȘĂÎ-țâ", 3: "100%\\'\"", 4: "x" * 128}
        for number, code in codes.items():
            self.site.add_product(id=number, sku=f" {code} ", price_gross=1)
        self.fetch()
        self.assertEqual({number: self.row(number).sku for number in codes}, codes)

    def test_missing_and_repeated_codes_are_rows_like_others(self):
        self.good()
        self.site.add_product(id=1, sku=None, ean=None, price_gross=1)
        self.site.add_product(id=2, sku="TWICE", ean="594", price_gross=1)
        self.site.add_product(id=3, sku="TWICE", ean="594", price_gross=1)
        self.fetch()
        self.assertEqual(self.row(1).match_state, "no_code")
        self.assertEqual([self.row(number).sku for number in (2, 3)], ["TWICE", "TWICE"])
        self.assert_good_arrived()

    def test_a_code_that_is_too_long_is_told_and_stops_no_other(self):
        self.good()
        self.site.add_product(id=1, sku="x" * 5000)
        self.assertIn("1: ", self.fetch().message)
        self.assert_good_arrived()

    # Descriptions

    def test_a_large_description_with_scripts_is_cleaned(self):
        text = "<p onclick='x()'>Text <b>bold</b></p><script>alert(1)</script>" * 3400
        self.assertGreater(len(text), 200_000)
        self.site.add_product(id=1, description=text, price_gross=1)
        self.fetch()
        cleaned = self.page(1).description
        self.assertEqual(cleaned.count("bold"), 3400)
        for word in ("script", "alert", "onclick"):
            self.assertNotIn(word, cleaned)
        self.assertFalse(self.row(1).site_problem or self.page(1).site_problem)

    def test_a_description_made_to_keep_the_server_busy_does_not(self):
        """Odoo's sanitiser alone needs minutes for each of these."""
        self.good()
        for number, atom in enumerate(("<", "<!--", "a@b.c<"), 1):
            self.site.add_product(id=number, description=atom * (200_000 // len(atom)))
        started = time.monotonic()
        self.fetch()
        self.assertLess(time.monotonic() - started, 30)
        self.assert_good_arrived()

    def test_a_description_without_end_is_cut_and_says_so(self):
        self.good()
        self.site.add_product(id=1, description="<p>word</p>" * (LONGEST // 5), price_gross=1)
        self.fetch()
        self.assertLessEqual(len(self.page(1).description), LONGEST)
        self.assertIn("cut off", self.page(1).site_problem)
        self.assert_good_arrived()

    # Categories

    def test_orphans_and_cycles_are_at_the_root(self):
        self.site.add_category("Orphan", 4711)
        self.site.add_category("Egg", 12)
        self.site.add_category("Hen", 11)
        self.site.add_category("Below", 12)
        self.site.update("category", 10, id=10)
        self.fetch()
        tree = {each.name: each.parent_id.name for each in self.shop.category_ids}
        self.assertFalse(tree["Orphan"])
        self.assertFalse(tree["Egg"] and tree["Hen"])
        self.assertEqual(tree["Below"], "Hen")

    def test_an_unreadable_category_is_told_and_stops_nothing(self):
        self.good()
        bad = self.site.add_category("x" * 900)
        self.site.add_category("Fine")
        self.assertIn(f"{bad['id']}: ", self.fetch().message)
        self.assertEqual(self.shop.category_ids.mapped("name"), ["Fine"])
        self.assert_good_arrived()

    # Variants

    def variants(self, *options):
        self.site.add_product(
            id=1,
            price_gross=5,
            variants=[
                {"id": 11 + index, "sku": f"V{index}", "variant_options": each}
                for index, each in enumerate(options)
            ],
        )
        self.fetch()
        return [self.row(11 + index) for index in range(len(options))]

    def test_a_variant_without_options_says_so(self):
        size = [{"name": "Mărime", "value": "M"}]
        named, unnamed = self.variants(size, [])
        self.assertFalse(named.site_problem)
        self.assertIn("not which", unnamed.site_problem)

    def test_two_variants_with_the_same_options_are_told(self):
        first, second = self.variants(
            [{"name": "Mărime", "value": "M"}, {"name": "Culoare", "value": "Roșu"}],
            [{"name": "Culoare", "value": "Roșu"}, {"name": "Mărime", "value": "M"}],
        )
        self.assertFalse(first.site_problem)
        self.assertIn("same options", second.site_problem)

    def test_an_option_given_twice_is_told(self):
        (row,) = self.variants(
            [{"name": "Mărime", "value": "M"}, {"name": "Mărime", "value": "L"}],
        )
        self.assertIn("one option twice", row.site_problem)

    def test_a_value_repeated_among_the_attributes_counts_once(self):
        self.variants([{"name": "Mărime", "value": "M"}], [{"name": "Mărime", "value": "L"}])
        values = [{"value": each} for each in ("M", "L", "M")]
        self.site.update("product", 1, variant_attributes=[{"name": "Mărime", "options": values}])
        self.fetch()
        self.assertEqual(self.page(1).attributes, [["Mărime", ["M", "L"]]])

    def test_a_page_without_variants_says_so(self):
        self.good()
        self.site.add_product(id=1, type="multi_variant")
        self.fetch()
        self.assertFalse(self.page(1).variant_ids)
        self.assertIn("no variant", self.page(1).site_problem)
        self.assert_good_arrived()

    def test_a_variant_on_two_pages_belongs_to_the_first(self):
        for number in (1, 2):
            self.site.add_product(id=number, variants=[{"id": 50, "sku": "V"}], price_gross=1)
        self.fetch()
        self.assertEqual(self.row(50).parent_id, self.page(1))
        self.assertIn("50", self.page(2).site_problem)

    # Numbers

    def test_a_price_of_zero_is_told(self):
        self.good()
        self.site.add_product(id=1, sku="FREE", price_gross=0)
        self.fetch()
        self.assertIn("zero", self.row(1).site_problem)
        self.assert_good_arrived()

    def test_an_unknown_tax_is_staged_as_it_is(self):
        self.site.add_product(id=1, price_gross=1)
        self.site.update("product", 1, tax_id=77, tax_name="Ciudat", tax_value=37.5)
        self.fetch()
        self.assertEqual((self.page(1).tax_name, self.page(1).tax_percent), ("Ciudat", 37.5))

    def test_a_total_beyond_all_numbers_does_no_harm(self):
        self.good()
        answer = json.dumps({"data": [{"id": 1, "sku": "A"}], "meta": {"count": {"total": 10**15}}})
        fetch = self.env["merchantpro.catalog.fetch"].create({"shop_id": self.shop.id})
        client = self.shop._client()
        client._call = lambda *args, **kwargs: json.loads(answer)
        fetch._store(client.page("/products", {}, 0), {})
        self.assertLess(fetch.total, 2**31)

    # What cannot be read or stored

    def test_a_row_that_becomes_unreadable_says_so_until_it_is_readable(self):
        self.good()
        self.site.add_product(id=1, sku="A", price_gross=5)
        self.fetch()
        self.site.update("product", 1, price_gross="many")
        self.fetch()
        self.assertIn("price_gross", self.row(1).site_problem)
        self.assertEqual(self.row(1).price_gross, 5)
        self.assertTrue(self.row(1).on_site)
        with self.assert_nothing_written():
            self.fetch()
        self.site.update("product", 1, price_gross=5.0)
        self.fetch()
        self.assertFalse(self.row(1).site_problem or self.page(1).site_problem)
        self.assert_good_arrived()

    def test_a_row_that_cannot_be_stored_is_told_and_stops_no_other(self):
        """Another addon may refuse what it does not like."""
        self.good()
        self.site.add_product(id=1, sku="A")
        prepare = type(self.env["merchantpro.product"])._prepare_values

        def refusing(staging, shop, product, categories):
            if product.id == "1":
                raise ValidationError("We sell no such thing")
            return prepare(staging, shop, product, categories)

        self.patch(type(self.env["merchantpro.product"]), "_prepare_values", refusing)
        self.assertIn("1: We sell no such thing", self.fetch().message)
        self.assertFalse(self.row(1))
        self.assert_good_arrived()

    def test_very_many_problems_are_told_in_part(self):
        for number in range(1, 81):
            self.site.add_product(id=number)
            self.site.update("product", number, price_gross="many")
        lines = self.fetch().message.splitlines()
        self.assertEqual(len(lines), 51)
        self.assertIn("30", lines[-1])
