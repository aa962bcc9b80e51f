from odoo.exceptions import UserError

from odoo.addons.cloudsales_merchantpro.api.catalog import parse_product

from .common import WATCHED_TABLES, ShopCase


class TestCatalogFetch(ShopCase):
    page_size = 10

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
        for number in range(1, 24):
            self.site.add_product(id=number, name=f"P{number}", sku=f"S{number}")
        self.shop.fetch_catalog()
        self.assertEqual(len(self.shop.variant_ids), 23)
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
        for number in range(1, 16):
            self.site.add_product(id=number, sku=f"S{number}")
        fetch = self.env["merchantpro.catalog.fetch"].create({"shop_id": self.shop.id})
        fetch._step(0)
        self.site.faults.set("busy_500", path="/products")
        with self.assertRaises(UserError):
            fetch._step(10)
        self.site.faults.clear()
        self.site.clear_calls()
        self.shop.fetch_catalog()
        starts = [call["query"]["start"] for call in self.site.calls_of("GET", "/products")]
        self.assertEqual(starts, ["10"])
        self.assertEqual(len(self.shop.variant_ids), 15)
        self.assertEqual(fetch.state, "done")


class TestWhatIsStaged(ShopCase):
    """Every field that matching and importing rely on."""

    def page(self, external_id):
        return self.env["merchantpro.product"].search(
            [("shop_id", "=", self.shop.id), ("external_id", "=", str(external_id))]
        )

    def test_everything_of_a_simple_product(self):
        category = self.site.add_category("Ceai")
        self.site.add_product(
            id=1,
            name="Ceai verde",
            sku="TEA",
            ean="5940000000017",
            description="<p>Frunze</p>",
            manufacturer_name="Acme",
            weight=0.1,
            tax_id=2,
            price_gross=25,
            old_price_gross=30,
            stock=12,
            category_id=category["id"],
            meta_fields={"origine": "China", "ani": 2},
            images=[
                {"url": "https://cdn.example/1.jpg"},
                {"url": "https://cdn.example/2.jpg", "default": True},
            ],
        )
        self.shop.fetch_catalog()
        page, row = self.page(1), self.row(1)
        self.assertRecordValues(
            page,
            [
                {
                    "name": "Ceai verde",
                    "type": "basic",
                    "sku": "TEA",
                    "manufacturer": "Acme",
                    "weight": 0.1,
                    "tax_name": "TVA redus",
                    "tax_percent": 11,
                    "image_url": "https://cdn.example/2.jpg",
                    "url": f"{self.site.url}/product/1",
                    "characteristics": {"origine": "China", "ani": "2"},
                    "attributes": False,
                    "site_active": True,
                    "site_visible": True,
                    "site_problem": False,
                }
            ],
        )
        self.assertEqual(str(page.description), "<p>Frunze</p>")
        self.assertEqual(page.category_id.name, "Ceai")
        self.assertRecordValues(
            row,
            [
                {
                    "parent_id": page.id,
                    "name": "Ceai verde",
                    "sku": "TEA",
                    "ean": "5940000000017",
                    "options": False,
                    "price_gross": 25,
                    "old_price_gross": 30,
                    "weight": 0.1,
                    "stock": 12,
                    "tracked": True,
                    "image_url": "https://cdn.example/2.jpg",
                    "category_id": page.category_id.id,
                    "company_id": self.company.id,
                }
            ],
        )

    def test_everything_of_a_product_with_variants(self):
        self.site.add_product(
            id=1,
            sku="TR",
            weight=0.2,
            price_gross=50,
            variants=[
                {"id": 11, "options": {"Mărime": "M", "Culoare": "Roșu"}, "price_gross": 55},
                {"id": 12, "options": {"Mărime": "L", "Culoare": "Roșu"}, "weight": 0.3},
            ],
            image_url={"large": "https://cdn.example/page.jpg"},
        )
        record = self.site.product(1)
        record["variants"][1]["image_url"] = {"large": "https://cdn.example/l.jpg"}
        record["images"] = [{"url": "https://cdn.example/page.jpg"}]
        self.site.update("product", 1, **record)
        self.shop.fetch_catalog()
        self.assertEqual(self.page(1).attributes, [["Mărime", ["M", "L"]], ["Culoare", ["Roșu"]]])
        medium, large = self.row(11), self.row(12)
        self.assertEqual(medium.options, [["Mărime", "M"], ["Culoare", "Roșu"]])
        self.assertEqual((medium.price_gross, large.price_gross), (55, 50))
        self.assertEqual((medium.weight, large.weight), (0.2, 0.3))
        self.assertFalse(medium.site_image_url)
        self.assertEqual(medium.image_url, "https://cdn.example/page.jpg")
        self.assertEqual(large.image_url, large.site_image_url)
        self.assertEqual(large.site_image_url, "https://cdn.example/l.jpg")

    def test_products_of_all_four_types(self):
        kinds = ("basic", "digital", "bundle")
        for number, kind in enumerate(kinds, 1):
            self.site.add_product(id=number, type=kind, price_gross=1)
        self.site.add_product(id=4, variants=[{"id": 41, "options": {"Mărime": "M"}}])
        self.shop.fetch_catalog()
        rows = {row.external_id: row.parent_id.type for row in self.shop.variant_ids}
        self.assertEqual(rows, {"1": "basic", "2": "digital", "3": "bundle", "41": "multi_variant"})

    def test_the_state_on_the_site(self):
        self.site.add_product(id=1, status="inactive")
        self.site.add_product(id=2, visibility="hidden")
        self.shop.fetch_catalog()
        self.assertEqual((self.page(1).site_active, self.page(1).site_visible), (False, True))
        self.assertEqual((self.page(2).site_active, self.page(2).site_visible), (True, False))


class TestRefresh(ShopCase):
    """What a later reading makes of what an earlier one left."""

    def prepare(self):
        super().prepare()
        self.site.add_product(
            id=1,
            sku="TR",
            price_gross=50,
            variants=[
                {"id": 11, "sku": "M", "options": {"Mărime": "M"}},
                {"id": 12, "sku": "L", "options": {"Mărime": "L"}},
            ],
        )
        self.shop.fetch_catalog()
        self.env.flush_all()

    def versions(self, table):
        self.env.flush_all()
        self.env.cr.execute(f"SELECT external_id, ctid::text FROM {table}")
        return dict(self.env.cr.fetchall())

    def test_of_a_changed_page_only_the_changed_variant_is_written(self):
        # Written yesterday: within one transaction, a needless write would not even be seen.
        self.env.cr.execute(
            "UPDATE merchantpro_variant SET write_date = write_date - interval '1d'"
        )
        self.env.invalidate_all()
        before = self.versions("merchantpro_variant")
        record = self.site.product(1)
        record["variants"][0]["stock"] = 7
        self.site.update("product", 1, **record)
        self.shop.fetch_catalog()
        after = self.versions("merchantpro_variant")
        self.assertEqual(self.row(11).stock, 7)
        self.assertNotEqual(before["11"], after["11"])
        self.assertEqual(before["12"], after["12"])

    def test_a_variant_that_left_its_page_is_marked_and_comes_back(self):
        both = self.site.product(1)
        self.site.update("product", 1, variants=both["variants"][:1])
        self.shop.fetch_catalog()
        row = self.row(12)
        self.assertEqual((self.row(11).on_site, row.on_site), (True, False))
        self.site.update("product", 1, variants=both["variants"])
        self.shop.fetch_catalog()
        self.assertEqual(self.row(12), row)
        self.assertTrue(row.on_site)

    def test_a_product_that_left_takes_its_variants_along_and_back(self):
        page = self.site.product(1)
        self.site.add_product(id=2, sku="OTHER")
        self.site.remove("product", 1)
        self.shop.fetch_catalog()
        self.assertEqual(self.shop.variant_ids.filtered("on_site").mapped("sku"), ["OTHER"])
        self.site.store.put("product", page)
        self.shop.fetch_catalog()
        self.assertEqual(len(self.shop.variant_ids.filtered("on_site")), 3)
        self.assertEqual(len(self.shop.variant_ids), 3)

    def test_a_variant_that_moved_to_another_page_keeps_its_row(self):
        row = self.row(12)
        variants = self.site.product(1)["variants"]
        self.site.update("product", 1, variants=variants[:1])
        self.site.add_product(id=2, variants=variants[1:])
        self.shop.fetch_catalog()
        self.assertEqual(self.row(12), row)
        self.assertEqual(row.parent_id.external_id, "2")
        self.assertTrue(row.on_site)

    def test_a_list_that_was_not_seen_whole_takes_nothing_for_gone(self):
        self.site.remove("product", 1)
        self.site.add_product(id=2)
        fetch = self.env["merchantpro.catalog.fetch"].create({"shop_id": self.shop.id})
        fetch._step(0)
        fetch.page_ids.total = 5  # as if others had been added while we read
        fetch._step(None)
        self.assertTrue(self.row(11).on_site)
        self.assertIn("were not marked", fetch.message)

    def test_categories_change_places_leave_and_come_back(self):
        upper = self.site.add_category("Upper")
        lower = self.site.add_category("Lower", upper["id"])
        self.shop.fetch_catalog()
        self.site.update("category", upper["id"], parent_id=lower["id"])
        self.site.update("category", lower["id"], parent_id=0)
        self.shop.fetch_catalog()
        names = self.shop.category_ids.mapped("complete_name")
        self.assertEqual(set(names), {"Lower", "Lower / Upper"})
        self.site.remove("category", upper["id"])
        self.shop.fetch_catalog()
        every = self.env["merchantpro.category"].with_context(active_test=False)
        gone = every.search([("shop_id", "=", self.shop.id), ("name", "=", "Upper")])
        self.assertFalse(gone.active)
        self.site.store.put("category", {**upper, "parent_id": lower["id"]})
        self.shop.fetch_catalog()
        self.assertTrue(gone.active)


class TestEconomy(ShopCase):
    """What a page costs does not grow with its rows, nor a reading's memory with its pages."""

    page_size = 10

    def products(self, numbers, **changes):
        for number in numbers:
            known = self.site.product(number)
            self.site.store.put("product", {**known, **changes}) if known else (
                self.site.add_product(
                    id=number,
                    sku=f"S{number}",
                    category_id=self.category["id"],
                    description=f"<p>{number}</p>",
                )
            )
        return [parse_product(self.site.product(number)) for number in numbers]

    def queries(self, products):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.env["merchantpro.product"]._upsert(self.shop, products)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_as_many_queries_for_thirty_rows_as_for_five(self):
        self.category = self.site.add_category("Ceai")
        self.products(range(1))
        self.shop.fetch_catalog()
        few, many = range(1, 6), range(100, 130)
        cases = {"new": {}, "changed": {"name": "Other", "stock": 5}, "the same": {}}
        for case, changes in cases.items():
            counts = [self.queries(self.products(numbers, **changes)) for numbers in (few, many)]
            self.assertEqual(counts[0], counts[1], case)
        self.assertEqual(len(self.shop.variant_ids), 36)

    def test_rows_of_earlier_pages_do_not_stay_in_memory(self):
        for number in range(1, 36):
            self.site.add_product(id=number)
        name = self.env["merchantpro.variant"]._fields["name"]
        held = []
        read_page = type(self.env["merchantpro.catalog.fetch"])._read_page

        def watched(fetch, start):
            held.append(len(name._get_cache(fetch.env)))
            return read_page(fetch, start)

        self.patch(type(self.env["merchantpro.catalog.fetch"]), "_read_page", watched)
        self.shop.fetch_catalog()
        self.assertEqual(held, [0, 0, 0, 0])
