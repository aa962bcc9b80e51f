"""Pages with variants: new products, half-known ones, and what the ERP has instead."""

from .common import ShopCase
from .test_import import SHIRT


class VariantCase(ShopCase):
    def attribute(self, name, *values, **extra):
        return self.env["product.attribute"].create(
            {
                "name": name,
                "create_variant": "dynamic",
                "value_ids": [(0, 0, {"name": value}) for value in values],
                **extra,
            }
        )

    def template(self, *attributes, **values):
        return self.env["product.template"].create(
            {
                "name": "Tricou ERP",
                "is_storable": True,
                "attribute_line_ids": [
                    (0, 0, {"attribute_id": each.id, "value_ids": each.value_ids.ids})
                    for each in attributes
                ],
                **values,
            }
        )

    def variant(self, template, *names, code=False):
        """The variant of a template with dynamic attributes."""
        values = template.attribute_line_ids.product_template_value_ids
        product = template._create_product_variant(values.filtered(lambda v: v.name in names))
        product.default_code = code
        return product

    def values(self, product):
        return set(product.product_template_attribute_value_ids.mapped("name"))


class TestImportVariants(VariantCase):
    def prepare(self):
        super().prepare()
        self.know_taxes(21)

    def test_variants_of_a_page_become_variants_of_one_product(self):
        self.site.add_product(**SHIRT)
        self.import_catalog()
        products = self.shop.variant_ids.product_id
        self.assertEqual(len(products), 2)
        self.assertEqual(products.product_tmpl_id.name, "Tricou")
        self.assertEqual([self.values(each) for each in products.sorted("id")], [{"M"}, {"L"}])
        self.assertEqual(self.row(21).product_id.barcode, "5941234567899")
        self.assertEqual(self.row(22).product_id.default_code, "TR-L")

    def test_attributes_and_values_that_exist_are_used_in_any_language_and_case(self):
        size = self.attribute("Size", "M")
        size.with_context(lang="ro_RO").name = "mărime"
        self.site.add_product(**SHIRT)
        self.import_catalog()
        used = self.row(21).product_id.product_template_attribute_value_ids
        self.assertEqual(
            used.product_attribute_value_id, size.value_ids.filtered(lambda v: v.name == "M")
        )
        self.assertEqual(size.value_ids.mapped("name"), ["M", "L"])

    def test_an_attribute_that_makes_all_variants_makes_only_those_of_the_site(self):
        self.attribute("Mărime", "M", "L", create_variant="always")
        self.attribute("Culoare", "Roșu", "Verde", create_variant="always")
        self.site.add_product(
            id=2,
            variants=[
                {"id": 21, "sku": "A", "options": {"Mărime": "M", "Culoare": "Roșu"}},
                {"id": 22, "sku": "B", "options": {"Mărime": "L", "Culoare": "Verde"}},
            ],
        )
        self.import_catalog()
        template = self.shop.variant_ids.product_id.product_tmpl_id
        self.assertEqual(len(template.with_context(active_test=False).product_variant_ids), 2)

    def test_each_variant_has_its_price_of_the_site(self):
        sizes = {"M": 50, "L": 55.5}
        colours = {"Roșu": 0, "Verde": 4.25}
        self.site.add_product(
            id=2,
            variants=[
                {"id": 20 + index, "sku": f"V{index}", "price_gross": sizes[size] + colours[colour],
                 "options": {"Mărime": size, "Culoare": colour}}
                for index, (size, colour) in enumerate((s, c) for s in sizes for c in colours)
            ],
        )  # fmt: skip
        self.import_catalog()
        for row in self.shop.variant_ids:
            self.assertAlmostEqual(row.product_id.lst_price, row.price_gross, 2)
            self.assertFalse(row.import_note)

    def test_a_price_that_extra_prices_cannot_give_is_told(self):
        prices = {("M", "A"): 10, ("M", "B"): 20, ("L", "A"): 15, ("L", "B"): 99}
        self.site.add_product(
            id=2,
            variants=[
                {"id": 20 + index, "sku": f"V{index}", "price_gross": price,
                 "options": {"Mărime": size, "Tip": kind}}
                for index, ((size, kind), price) in enumerate(prices.items())
            ],
        )  # fmt: skip
        self.import_catalog()
        noted = self.shop.variant_ids.filtered("import_note")
        self.assertEqual(noted, self.row(23))
        self.assertIn("99", noted.import_note)

    def test_a_variant_added_on_the_site_joins_its_product_at_its_price(self):
        self.site.add_product(**SHIRT)
        self.import_catalog()
        template = self.row(21).product_id.product_tmpl_id
        added = {"id": 23, "options": {"Mărime": "XL"}, "sku": "TR-XL", "price_gross": 65}
        self.site.remove("product", 2)
        self.site.add_product(**{**SHIRT, "variants": [*SHIRT["variants"], added]})
        self.import_catalog()
        self.assertEqual(self.row(23).product_id.product_tmpl_id, template)
        self.assertEqual(len(template.product_variant_ids), 3)
        self.assertAlmostEqual(self.row(23).product_id.lst_price, 65)
        self.assertAlmostEqual(self.row(21).product_id.lst_price, 59.9)

    def test_missing_variants_of_a_half_known_family_join_it(self):
        template = self.template(self.attribute("Mărime", "M"))
        known = self.variant(template, "M", code="TR-M")
        self.site.add_product(**SHIRT)
        self.import_catalog()
        self.assertEqual(self.row(21).product_id, known)
        self.assertEqual(self.row(22).product_id.product_tmpl_id, template)
        self.assertEqual(self.values(self.row(22).product_id), {"L"})
        self.assertEqual(
            (self.row(21).match_field, self.row(22).match_field), ("default_code", "created")
        )

    def test_joining_makes_no_other_variants(self):
        size = self.attribute("Mărime", "M", create_variant="always")
        colour = self.attribute("Culoare", "Roșu", "Verde", create_variant="always")
        template = self.template(size, colour)
        red = template.product_variant_ids.filtered(lambda each: self.values(each) == {"M", "Roșu"})
        red.default_code = "A"
        self.site.add_product(
            id=2,
            variants=[
                {"id": 21, "sku": "A", "options": {"Mărime": "M", "Culoare": "Roșu"}},
                {"id": 22, "sku": "B", "options": {"Mărime": "L", "Culoare": "Verde"}},
            ],
        )
        self.import_catalog()
        self.assertEqual(self.values(self.row(22).product_id), {"L", "Verde"})
        self.assertEqual(len(template.with_context(active_test=False).product_variant_ids), 3)

    def test_an_attribute_of_one_value_that_the_site_does_not_tell_is_understood(self):
        template = self.template(self.attribute("Mărime", "M"), self.attribute("Croi", "Lejer"))
        self.variant(template, "M", "Lejer", code="TR-M")
        self.site.add_product(**SHIRT)
        self.import_catalog()
        self.assertEqual(self.values(self.row(22).product_id), {"L", "Lejer"})

    def test_an_attribute_of_more_values_that_the_site_does_not_tell_is_a_message(self):
        template = self.template(
            self.attribute("Mărime", "M"), self.attribute("Croi", "Lejer", "Slim")
        )
        self.variant(template, "M", "Lejer", code="TR-M")
        self.site.add_product(**SHIRT)
        self.import_catalog()
        self.assertIn("Croi", self.row(22).import_error)
        self.assertEqual(self.row(21).match_state, "linked")

    def test_an_attribute_that_the_product_lacks_is_a_message(self):
        template = self.template(self.attribute("Culoare", "Roșu", "Verde"))
        self.variant(template, "Roșu", code="TR-M")
        self.site.add_product(**SHIRT)
        self.site.add_product(id=1, name="Cană", sku="CANA")
        self.import_catalog()
        self.assertIn("Mărime", self.row(22).import_error)
        self.assertEqual(self.row(1).match_state, "linked")

    def test_the_merchants_variant_with_the_same_options_is_linked_not_made_again(self):
        template = self.template(self.attribute("Mărime", "M", "L"))
        self.variant(template, "M", code="TR-M")
        large = self.variant(template, "L", code="MY-OWN-CODE")
        self.site.add_product(**SHIRT)
        self.import_catalog()
        self.assertEqual((self.row(22).product_id, self.row(22).match_field), (large, "options"))
        self.assertEqual(large.default_code, "MY-OWN-CODE")

    def test_an_archived_variant_with_the_same_options_is_named(self):
        template = self.template(self.attribute("Mărime", "M", "L"))
        self.variant(template, "M", code="TR-M")
        self.variant(template, "L").active = False
        self.site.add_product(**SHIRT)
        self.import_catalog()
        self.assertIn("archived", self.row(22).import_error)

    def test_where_the_erp_keeps_one_product_a_size_the_missing_one_is_one_too(self):
        known = self.erp_product("TR-M")
        self.site.add_product(**SHIRT)
        self.import_catalog()
        self.assertEqual(self.row(21).product_id, known)
        made = self.row(22).product_id
        self.assertNotEqual(made.product_tmpl_id, known.product_tmpl_id)
        self.assertEqual(made.name, "Tricou (L)")
        self.assertFalse(made.product_tmpl_id.attribute_line_ids)

    def test_variants_in_several_products_with_attributes_are_a_message(self):
        size = self.attribute("Mărime", "M", "L", "XL")
        added = {"id": 23, "options": {"Mărime": "XL"}, "sku": "TR-XL"}
        self.site.add_product(**{**SHIRT, "variants": [*SHIRT["variants"], added]})
        self.shop.fetch_catalog()
        for number, name in ((21, "M"), (22, "L")):
            self.row(number).product_id = self.variant(self.template(size), name)
            self.row(number).action_link()
        self.row(23).action_mark_new()
        self.shop.variant_ids.import_to_catalog()
        self.assertIn("several products", self.row(23).import_error)

    def test_a_simple_product_that_became_one_with_variants_makes_a_new_one(self):
        self.site.add_product(id=2, name="Tricou", sku="TR", price_gross=59.9)
        self.import_catalog()
        old = self.row(2).product_id
        self.site.remove("product", 2)
        self.site.add_product(**SHIRT)
        self.import_catalog()
        made = (self.row(21) | self.row(22)).product_id.product_tmpl_id
        self.assertEqual(len(made), 1)
        self.assertNotEqual(made, old.product_tmpl_id)
        self.assertTrue(old.active)
