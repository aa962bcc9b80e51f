from .common import ShopCase

SHIRT = {
    "id": 2,
    "name": "Tricou",
    "sku": "TR",
    "price_gross": 59.9,
    "variants": [
        {"id": 21, "options": {"Mărime": "M"}, "sku": "TR-M", "ean": "5941234567899"},
        {"id": 22, "options": {"Mărime": "L"}, "sku": "TR-L"},
    ],
}


class TestImport(ShopCase):
    def test_a_new_simple_product_is_created_with_its_codes_price_and_category(self):
        category = self.site.add_category("Căni", self.site.add_category("Casă")["id"])
        self.site.add_product(
            id=1, name="Cană", sku="CANA", ean="5941234567899", price_gross=24.2,
            category_id=category["id"], weight=0.4,
        )  # fmt: skip
        self.import_catalog()
        product = self.row(1).product_id
        self.assertEqual((product.name, product.default_code), ("Cană", "CANA"))
        self.assertEqual((product.barcode, product.weight), ("5941234567899", 0.4))
        self.assertEqual(product.categ_id.complete_name.split(" / ")[-2:], ["Casă", "Căni"])
        self.assertTrue(product.is_storable)
        total = product.taxes_id.compute_all(product.lst_price, product=product)
        self.assertAlmostEqual(total["total_included"], 24.2)

    def test_variants_of_a_page_become_variants_of_one_product(self):
        self.site.add_product(**SHIRT)
        self.import_catalog()
        products = self.shop.variant_ids.product_id
        self.assertEqual(len(products), 2)
        self.assertEqual(len(products.product_tmpl_id), 1)
        self.assertEqual(
            {each.product_template_attribute_value_ids.name for each in products}, {"M", "L"}
        )

    def test_a_linked_product_is_never_overwritten(self):
        product = self.erp_product("CANA", list_price=99, weight=7)
        self.site.add_product(id=1, name="Cană", sku="CANA", price_gross=24.2, weight=0.4)
        before = product.read(["name", "list_price", "weight", "default_code", "barcode"])
        self.import_catalog()
        self.assertEqual(self.row(1).match_state, "linked")
        self.assertEqual(
            product.read(["name", "list_price", "weight", "default_code", "barcode"]), before
        )

    def test_importing_twice_changes_nothing(self):
        self.erp_product("CANA")
        self.site.add_product(id=1, name="Cană", sku="CANA")
        self.site.add_product(**SHIRT)
        self.import_catalog()
        with self.assert_nothing_written():
            self.import_catalog()

    def test_a_variant_added_on_the_site_joins_its_product(self):
        self.site.add_product(**SHIRT)
        self.import_catalog()
        template = self.row(21).product_id.product_tmpl_id
        more = [*SHIRT["variants"], {"id": 23, "options": {"Mărime": "XL"}, "sku": "TR-XL"}]
        self.site.remove("product", 2)
        self.site.add_product(**{**SHIRT, "variants": more})
        self.import_catalog()
        self.assertEqual(self.row(23).product_id.product_tmpl_id, template)
        self.assertEqual(len(template.product_variant_ids), 3)

    def test_missing_variants_of_a_half_known_family_join_it(self):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Mărime",
                "create_variant": "dynamic",
                "value_ids": [(0, 0, {"name": "M"})],
            }
        )
        template = self.env["product.template"].create(
            {
                "name": "Tricou ERP",
                "is_storable": True,
                "attribute_line_ids": [
                    (0, 0, {"attribute_id": attribute.id, "value_ids": attribute.value_ids.ids})
                ],
            }
        )
        known = template._create_product_variant(
            template.attribute_line_ids.product_template_value_ids
        )
        known.default_code = "TR-M"
        self.site.add_product(**SHIRT)
        self.import_catalog()
        self.assertEqual(self.row(21).product_id, known)
        self.assertEqual(self.row(22).product_id.product_tmpl_id, template)
        self.assertEqual(self.row(22).product_id.product_template_attribute_value_ids.name, "L")

    def test_a_row_that_fails_keeps_the_reason_and_stops_no_other(self):
        template = self.env["product.template"].create({"name": "No attributes"})
        template.product_variant_id.default_code = "TR-M"
        self.site.add_product(**SHIRT)
        self.site.add_product(id=1, name="Cană", sku="CANA")
        self.import_catalog()
        self.assertIn("Mărime", self.row(22).import_error)
        self.assertEqual(self.row(1).match_state, "linked")

    def test_an_ean_that_another_product_has_is_left_out(self):
        self.erp_product("OTHER", barcode="5941234567899")
        self.site.add_product(id=1, name="Cană", sku="CANA")
        self.shop.fetch_catalog()
        self.env.cr.flush()  # else the new product's EAN finds the row
        row = self.row(1)
        row.ean = "5941234567899"
        row.import_to_catalog()
        self.assertFalse(row.product_id.barcode)

    def test_ambiguous_rows_are_not_imported(self):
        self.erp_product("A")
        self.erp_product("a")
        self.site.add_product(id=1, sku="A")
        self.import_catalog()
        self.assertFalse(self.row(1).product_id)

    def test_a_digital_product_is_a_service(self):
        self.site.add_product(id=1, name="E-book", sku="EB", type="digital")
        self.import_catalog()
        self.assertEqual(self.row(1).product_id.type, "service")
