"""What a created product gets, and that an import may be repeated."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

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
    def properties(self, product):
        return {
            each["string"]: each.get("value")
            for each in product.product_tmpl_id.read(["product_properties"])[0][
                "product_properties"
            ]
        }

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

    def test_the_description_keeps_its_layout_and_loses_its_scripts(self):
        self.site.add_product(
            id=1, sku="A", description="<h2>Bun</h2><script>alert(1)</script><p>De tot</p>"
        )
        self.import_catalog()
        self.assertIn("<h2>Bun</h2>", self.row(1).product_id.description)
        self.assertNotIn("script", self.row(1).product_id.description)

    def test_characteristics_and_the_manufacturer_become_properties(self):
        category = self.site.add_category("Căni")
        self.site.add_product(
            id=1, sku="A", category_id=category["id"], manufacturer_name="Atelier",
            meta_fields={"Material": "Lut", "Volum": "300 ml"},
        )  # fmt: skip
        self.import_catalog()
        self.assertEqual(
            self.properties(self.row(1).product_id),
            {"Material": "Lut", "Volum": "300 ml", "Manufacturer": "Atelier"},
        )

    def test_properties_that_the_category_has_are_used_and_kept(self):
        own = {"name": "abc123", "type": "char", "string": "Material"}
        number = {"name": "def456", "type": "integer", "string": "Volum"}
        category = self.env["product.category"].create(
            {"name": "Căni", "product_properties_definition": [own, number]}
        )
        site_category = self.site.add_category("căni")
        self.site.add_product(
            id=1, sku="A", category_id=site_category["id"],
            meta_fields={"material": "Lut", "Volum": "300 ml"},
        )  # fmt: skip
        self.import_catalog()
        product = self.row(1).product_id
        self.assertEqual(product.categ_id, category)
        definitions = category.product_properties_definition
        self.assertEqual(definitions[:2], [own, number])
        self.assertEqual(len(definitions), 3)
        self.assertEqual(product.product_properties["abc123"], "Lut")
        self.assertEqual(product.product_properties[definitions[2]["name"]], "300 ml")

    def test_two_site_categories_of_one_name_and_place_are_one_here(self):
        for number in (1, 2):
            category = self.site.add_category("Căni")
            self.site.add_product(id=number, sku=f"A{number}", category_id=category["id"])
        self.import_catalog()
        self.assertEqual(len(self.shop.variant_ids.product_id.categ_id), 1)

    def test_a_category_that_was_mapped_is_used(self):
        mine = self.env["product.category"].create({"name": "Mine"})
        category = self.site.add_category("Căni")
        self.site.add_product(id=1, sku="A", category_id=category["id"])
        self.shop.fetch_catalog()
        self.shop.category_ids.category_id = mine
        self.shop.variant_ids.import_to_catalog()
        self.assertEqual(self.row(1).product_id.categ_id, mine)

    def test_a_digital_product_is_a_service_and_a_bundle_has_no_stock_of_its_own(self):
        self.site.add_product(id=1, name="E-book", sku="EB", type="digital")
        self.site.add_product(id=2, name="Set", sku="SET", type="bundle")
        self.import_catalog()
        self.assertEqual(self.row(1).product_id.type, "service")
        self.assertEqual(self.row(2).product_id.type, "consu")
        self.assertFalse(self.row(2).product_id.is_storable)

    def test_a_product_that_companies_share_gets_the_default_taxes_of_the_others(self):
        other = self.env["res.company"].create({"name": "Other"})
        group = self.env["account.tax.group"].create({"name": "VAT", "company_id": other.id})
        tax = self.env["account.tax"].create(
            {
                "name": "Other 21",
                "amount": 21,
                "company_id": other.id,
                "country_id": self.company.country_id.id,
                "tax_group_id": group.id,
            }
        )
        other.account_sale_tax_id = tax
        self.site.add_product(id=1, sku="A", price_gross=24.2)
        self.import_catalog()
        product = self.row(1).product_id
        self.assertFalse(product.company_id)
        ours = product.taxes_id.filtered(lambda each: each.company_id == self.company)
        self.assertEqual(ours.mapped("price_include"), [True])
        self.assertEqual(product.taxes_id - ours, tax)

    def test_importing_twice_changes_nothing(self):
        self.erp_product("CANA")
        self.site.add_product(id=1, name="Cană", sku="CANA")
        self.site.add_product(**SHIRT)
        self.import_catalog()
        with self.assert_nothing_written():
            self.import_catalog()

    def test_an_import_with_rows_that_cannot_be_imported_changes_nothing_twice(self):
        self.site.add_product(id=1, sku="A", price_gross=9)
        self.shop.fetch_catalog()
        self.row(1).parent_id.tax_percent = 17.5
        self.shop.variant_ids.import_to_catalog()
        self.assertIn("17.5", self.row(1).import_error)
        with self.assert_nothing_written():
            self.import_catalog()

    def test_ambiguous_rows_are_not_imported(self):
        self.erp_product("A")
        self.erp_product("a")
        self.site.add_product(id=1, sku="A")
        self.import_catalog()
        self.assertFalse(self.row(1).product_id)

    def test_the_products_that_were_created_are_told_to_who_wants_to_know(self):
        told = []
        self.patch(
            type(self.env["merchantpro.product"]),
            "_created_here",
            lambda pages, rows: told.append((pages, rows)),
        )
        self.erp_product("CANA")
        self.site.add_product(id=1, name="Cană", sku="CANA")
        self.site.add_product(**SHIRT)
        self.import_catalog()
        rows = self.row(21) | self.row(22)
        self.assertEqual(told, [(rows.parent_id, rows)])

    def test_a_user_imports_without_rights_on_products_and_who_is_no_user_does_not(self):
        user, stranger = (
            new_test_user(self.env, login, groups=f"base.group_user,{group}")
            for login, group in (
                ("importer", "cloudsales_merchantpro.group_user"),
                ("stranger", "stock.group_stock_user"),
            )
        )
        self.site.add_product(id=1, name="Cană", sku="CANA")
        self.shop.fetch_catalog()
        with self.assertRaises(AccessError):
            self.row(1).with_user(stranger).import_to_catalog()
        run = self.row(1).with_user(user).import_to_catalog()
        self.assertEqual(self.row(1).match_state, "linked")
        self.assertEqual(run.state, "done")
        self.assertFalse(run.env.su)
