"""What the site may send, each time a message on its own row while the rest goes on."""

from .test_import_variants import VariantCase


class TestImportBadInput(VariantCase):
    def prepare(self):
        super().prepare()
        self.know_taxes(21)
        self.site.add_product(id=1, name="Cană", sku="CANA", price_gross=24.2)

    def assert_the_rest_went_on(self):
        self.assertEqual(self.row(1).match_state, "linked")
        self.assertFalse(self.row(1).import_error)

    def shirt(self, *variants, **values):
        self.site.add_product(
            id=2,
            name="Tricou",
            price_gross=59.9,
            variants=[{"sku": f"TR-{each['id']}", **each} for each in variants],
            **values,
        )
        self.import_catalog()

    def test_a_row_without_any_code_is_created_when_a_person_says_so(self):
        self.site.add_product(id=2, name="Fără cod")
        self.import_catalog()
        self.assertFalse(self.row(2).product_id)
        self.row(2).action_mark_new()
        self.row(2).import_to_catalog()
        self.assertEqual(self.row(2).product_id.name, "Fără cod")
        self.assertFalse(self.row(2).product_id.default_code)

    def test_one_code_on_two_rows_is_a_message_on_both(self):
        self.site.add_product(id=2, sku="X")
        self.site.add_product(id=3, sku=" x ")
        self.import_catalog()
        for number in (2, 3):
            self.assertFalse(self.row(number).product_id)
        self.assertTrue(self.row(2).import_error or self.row(2).match_reason)
        self.assert_the_rest_went_on()

    def test_one_code_on_two_rows_that_a_person_marked_as_new_makes_two_products(self):
        self.site.add_product(id=2, sku="X")
        self.site.add_product(id=3, sku="X")
        self.shop.fetch_catalog()
        rows = self.row(2) | self.row(3)
        rows.action_mark_new()
        rows.import_to_catalog()
        self.assertEqual(len(rows.product_id), 2)

    def test_one_ean_on_two_rows_is_given_to_none_of_them(self):
        self.site.add_product(id=2, sku="X", ean="5941234567899")
        self.site.add_product(id=3, sku="Y", ean="5941234567899")
        self.import_catalog()
        rows = self.row(2) | self.row(3)
        rows.action_mark_new()
        rows.import_to_catalog()
        self.assertEqual(len(rows.product_id), 2)
        self.assertEqual(set(rows.product_id.mapped("barcode")), {False})
        for row in rows:
            self.assertIn("5941234567899", row.import_note)
        self.assert_the_rest_went_on()

    def test_an_ean_of_a_packaging_is_left_out(self):
        self.env["product.uom"].create(
            {
                "product_id": self.erp_product("BOX").id,
                "uom_id": self.env.ref("uom.product_uom_dozen").id,
                "barcode": "5941234567899",
            }
        )
        self.site.add_product(id=2, sku="X", ean="5941234567899")
        self.import_catalog()
        self.assertEqual(self.row(2).match_state, "linked")
        self.assertFalse(self.row(2).product_id.barcode)
        self.assertIn("5941234567899", self.row(2).import_note)

    def test_spaces_slashes_and_diacritics_in_codes_stay_as_they_are(self):
        self.site.add_product(id=2, sku=" Cană / roșie 3\u2044 4 ", ean=" 59 412 ")
        self.import_catalog()
        product = self.row(2).product_id
        self.assertEqual(product.default_code, "Cană / roșie 3\u2044 4")
        self.assertEqual(product.barcode, "59 412")

    def test_a_variant_without_options_is_a_message(self):
        self.shirt({"id": 21, "options": {"Mărime": "M"}}, {"id": 22, "options": {}})
        self.assertIn("no options", self.row(22).import_error)
        self.assertEqual(self.row(21).match_state, "linked")
        self.assert_the_rest_went_on()

    def test_the_only_variant_of_a_page_needs_no_options(self):
        self.shirt({"id": 21, "options": {}})
        self.assertEqual(self.row(21).match_state, "linked")
        self.assertFalse(self.row(21).product_id.product_template_attribute_value_ids)

    def test_two_variants_with_the_same_options_are_a_message_on_both(self):
        self.shirt(
            {"id": 21, "options": {"Mărime": "M"}},
            {"id": 22, "options": {"Mărime": " m"}},
            {"id": 23, "options": {"Mărime": "L"}},
        )
        for number in (21, 22):
            self.assertIn("same options", self.row(number).import_error)
        self.assertEqual(self.row(23).match_state, "linked")
        self.assert_the_rest_went_on()

    def test_one_attribute_twice_on_a_variant_is_a_message(self):
        twice = [{"name": "Mărime", "value": "M"}, {"name": "Mărime", "value": "L"}]
        self.shirt({"id": 21, "variant_options": twice}, {"id": 22, "options": {"Mărime": "S"}})
        self.assertIn("two values", self.row(21).import_error)
        self.assertEqual(self.row(22).match_state, "linked")

    def test_a_variant_with_other_attributes_than_its_sisters_is_a_message(self):
        self.shirt(
            {"id": 21, "options": {"Mărime": "M"}},
            {"id": 22, "options": {"Mărime": "L"}},
            {"id": 23, "options": {"Culoare": "Roșu"}},
        )
        self.assertIn("other attributes", self.row(23).import_error)
        self.assertEqual(len(self.row(21).product_id.product_tmpl_id.product_variant_ids), 2)

    def test_an_attribute_that_never_makes_variants_is_a_message(self):
        self.attribute("Mărime", "M", create_variant="no_variant")
        self.shirt({"id": 21, "options": {"Mărime": "M"}}, {"id": 22, "options": {"Mărime": "L"}})
        self.assertIn("never make variants", self.row(21).import_error)
        self.assert_the_rest_went_on()

    def test_a_price_of_zero_is_created_and_told(self):
        self.site.add_product(id=2, sku="X", price_gross=0)
        self.import_catalog()
        self.assertEqual(self.row(2).product_id.list_price, 0)
        self.assertIn("zero", self.row(2).import_note)
        self.assertFalse(self.row(1).import_note)

    def test_a_tax_the_company_lacks_is_a_message_and_no_product_until_it_is_chosen(self):
        self.site.add_product(id=2, sku="X", price_gross=12)
        self.shop.fetch_catalog()
        self.row(2).parent_id.write({"tax_percent": 17.5, "tax_name": "Old"})
        before = self.env["product.template"].search_count([])
        self.shop.variant_ids.import_to_catalog()
        self.assertIn("17.5", self.row(2).import_error)
        self.assertFalse(self.rate().tax_id)
        self.assertEqual(self.env["product.template"].search_count([]), before + 1)
        self.assert_the_rest_went_on()
        tax = self.row(1).product_id.taxes_id
        self.rate().tax_id = tax
        self.row(2).import_to_catalog()
        self.assertEqual(self.row(2).product_id.taxes_id, tax)
        self.assertFalse(self.row(2).import_error)

    def rate(self):
        return (
            self.env["merchantpro.tax"]
            .search([("shop_id", "=", self.shop.id), ("code", "=", "17.5")])
            .ensure_one()
        )

    def test_an_orphan_category_is_made_at_the_root(self):
        category = self.site.add_category("Orfană", 987654)
        self.site.add_product(id=2, sku="X", category_id=category["id"])
        self.import_catalog()
        self.assertEqual(self.row(2).product_id.categ_id.complete_name, "Orfană")

    def test_characteristics_of_a_page_without_category_are_told(self):
        self.site.add_product(id=2, sku="X", meta_fields={"Material": "Lut"})
        self.import_catalog()
        self.assertIn("Material", self.row(2).import_note)

    def test_more_characteristics_than_fit_leave_the_last_out(self):
        category = self.site.add_category("Căni")
        many = {f"C{number:03}": "x" for number in range(210)}
        self.site.add_product(id=2, sku="X", category_id=category["id"], meta_fields=many)
        self.import_catalog()
        product = self.row(2).product_id
        self.assertEqual(len(product.categ_id.product_properties_definition), 200)
        self.assertIn("C209", self.row(2).import_note)

    def test_a_row_that_left_the_site_is_not_created(self):
        self.site.add_product(id=2, sku="X")
        self.shop.fetch_catalog()
        self.site.remove("product", 2)
        self.import_catalog()
        self.assertFalse(self.row(2).product_id)
        self.assert_the_rest_went_on()

    def test_two_rows_for_which_a_person_chose_one_product_are_a_message_on_both(self):
        product = self.erp_product("MINE")
        for number in (2, 3):
            self.site.add_product(id=number, sku=f"X{number}")
        self.shop.fetch_catalog()
        rows = self.row(2) | self.row(3)
        rows.write({"match_state": "matched", "match_field": "manual", "product_id": product.id})
        self.shop.variant_ids.import_to_catalog()
        self.assertEqual(set(rows.mapped("match_state")), {"matched"})
        for row in rows:
            self.assertIn("another row", row.import_error)
        self.assert_the_rest_went_on()
