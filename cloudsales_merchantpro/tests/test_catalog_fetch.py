from odoo.exceptions import UserError

from .common import WATCHED_TABLES, ShopCase


class TestCatalogFetch(ShopCase):
    def test_products_and_variants_become_rows(self):
        self.site.add_product(id=1, name="Cană", sku="CANA", price_gross=12.5, stock=4)
        self.site.add_product(
            id=2,
            name="Tricou",
            sku="TR",
            variants=[
                {"id": 21, "options": {"Mărime": "M"}, "sku": "TR-M", "stock": 2},
                {"id": 22, "options": {"Mărime": "L"}, "sku": "TR-L", "stock": 0},
            ],
        )
        self.shop.fetch_catalog()
        self.assertEqual(
            {(row.external_id, row.name, row.sku, row.stock) for row in self.shop.variant_ids},
            {
                ("1", "Cană", "CANA", 4),
                ("21", "Tricou (M)", "TR-M", 2),
                ("22", "Tricou (L)", "TR-L", 0),
            },
        )
        self.assertEqual(self.row(1).price_gross, 12.5)

    def test_nothing_of_the_erp_is_written(self):
        self.erp_product("CANA")
        self.site.add_product(id=1, name="Cană", sku="CANA", price_gross=12.5, stock=4)
        tables = [table for table in WATCHED_TABLES if not table.startswith("merchantpro_")]
        with self.assert_nothing_written(tables):
            self.shop.fetch_catalog()

    def test_categories_keep_their_tree(self):
        top = self.site.add_category("Casă")
        middle = self.site.add_category("Bucătărie", top["id"])
        self.site.add_category("Căni", middle["id"])
        self.shop.fetch_catalog()
        leaf = self.shop.category_ids.filtered(lambda each: each.name == "Căni")
        self.assertEqual(leaf.parent_id.parent_id.name, "Casă")

    def test_rows_are_found_by_their_category_under_its_whole_name(self):
        top = self.site.add_category("Casă")
        leaf = self.site.add_category("Căni", top["id"])
        self.site.add_product(id=1, sku="CANA", category_id=leaf["id"])
        self.shop.fetch_catalog()
        found = self.env["merchantpro.category"].name_search("Casă / Că")
        self.assertEqual([name for _id, name in found], ["Casă / Căni"])
        # A parent that was renamed.
        self.site.update("category", top["id"], name="Bucătărie")
        self.shop.fetch_catalog()
        rows = self.shop.variant_ids.search([("category_id", "child_of", "Bucătărie")])
        self.assertEqual(rows.category_id.complete_name, "Bucătărie / Căni")

    def test_all_pages_are_read(self):
        for number in range(1, 231):
            self.site.add_product(id=number, name=f"P{number}", sku=f"S{number}")
        self.shop.fetch_catalog()
        self.assertEqual(len(self.shop.variant_ids), 230)
        self.assertEqual(self.shop.fetch_id.state, "done")

    def test_a_second_reading_writes_nothing(self):
        self.site.add_product(id=1, name="Cană", sku="CANA", price_gross=12.5, stock=4)
        self.shop.fetch_catalog()
        with self.assert_nothing_written():
            self.shop.fetch_catalog()

    def test_a_changed_product_updates_its_row(self):
        self.site.add_product(id=1, name="Cană", sku="CANA")
        self.shop.fetch_catalog()
        self.site.update("product", 1, name="Cană mare")
        self.shop.fetch_catalog()
        self.assertEqual(self.row(1).name, "Cană mare")

    def test_what_left_the_site_is_marked_and_comes_back(self):
        self.site.add_product(id=1, sku="A")
        self.site.add_product(id=2, sku="B")
        self.shop.fetch_catalog()
        gone = self.site.product(2)
        self.site.remove("product", 2)
        self.shop.fetch_catalog()
        self.assertTrue(self.row(1).on_site)
        self.assertFalse(self.row(2).on_site)
        self.site.add_product(**gone)
        self.shop.fetch_catalog()
        self.assertTrue(self.row(2).on_site)

    def test_a_row_that_cannot_be_read_is_told_and_stops_no_other(self):
        self.site.add_product(id=1, sku="A")
        self.site.update("product", 1, price_gross="many")
        self.site.add_product(id=2, sku="B")
        self.shop.fetch_catalog()
        self.assertFalse(self.row(1))
        self.assertTrue(self.row(2))
        self.assertIn("price_gross", self.shop.fetch_id.message)

    def test_a_hostile_description_is_cleaned(self):
        self.site.add_product(id=1, sku="A", description="<p>ok</p><script>alert(1)</script>")
        self.shop.fetch_catalog()
        description = self.row(1).parent_id.description
        self.assertIn("ok", description)
        self.assertNotIn("script", description)

    def test_a_reading_that_failed_goes_on_where_it_stopped(self):
        for number in range(1, 151):
            self.site.add_product(id=number, sku=f"S{number}")
        fetch = self.env["merchantpro.catalog.fetch"].create({"shop_id": self.shop.id})
        fetch._fetch_page()
        self.site.faults.set("busy_500", path="/products")
        with self.assertRaises(UserError):
            fetch._fetch_page()
        self.site.faults.clear()
        self.site.clear_calls()
        self.shop.fetch_catalog()
        starts = [call["query"]["start"] for call in self.site.calls_of("GET", "/products")]
        self.assertEqual(starts, ["100"])
        self.assertEqual(len(self.shop.variant_ids), 150)
        self.assertEqual(fetch.state, "done")
