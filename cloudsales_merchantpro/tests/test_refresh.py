"""What the site may change on products afterwards: nothing, unless the shop says so; and on
products that it did not create, never anything."""

from .common import ShopCase
from .test_import_variants import SHIRT

SWITCHES = ("name", "description", "images", "characteristics", "category", "weight")


class TestRefresh(ShopCase):
    def prepare(self):
        super().prepare()
        self.categories = [self.site.add_category(name)["id"] for name in ("Căni", "Pahare")]
        self.old = {
            "id": 1, "name": "Cană", "sku": "CANA", "price_gross": 24.2, "weight": 0.4,
            "description": "<p>Veche</p>", "category_id": self.categories[0],
            "meta_fields": {"Material": "Lut", "Origine": "RO"}, "manufacturer_name": "Atelier",
        }  # fmt: skip
        self.new = {
            **self.old, "name": "Cană nouă", "weight": 0.5, "description": "<p>Nouă</p>",
            "category_id": self.categories[1], "meta_fields": {"Material": "Sticlă"},
            "price_gross": 30,
        }  # fmt: skip
        self.site.add_product(**self.old)

    def switch(self, *names):
        self.shop.write({f"refresh_{name}": name in names for name in SWITCHES})

    def site_says(self, **values):
        self.site.remove("product", values.get("id", 1))
        self.site.add_product(**{**self.old, **values})
        self.shop.fetch_catalog()

    def product(self):
        return self.row(1).product_id

    def seen(self):
        product = self.product()
        properties = product.product_tmpl_id.read(["product_properties"])[0]["product_properties"]
        return {
            "name": product.name,
            "description": product.description,
            "category": product.categ_id.name,
            "weight": product.weight,
            "characteristics": {p["string"]: p["value"] for p in properties if p.get("value")},
            "price": product.list_price,
        }

    def test_by_default_nothing_changes(self):
        self.import_catalog()
        before = self.seen()
        self.site_says(**self.new)
        self.assertEqual(self.row(1).name, "Cană nouă")
        self.assertEqual(self.seen(), before)

    def test_each_switch_lets_its_own_field_through_and_no_other(self):
        wanted = {
            "name": "Cană nouă",
            "description": "<p>Nouă</p>",
            "category": "Pahare",
            "weight": 0.5,
            "characteristics": {"Material": "Sticlă", "Manufacturer": "Atelier"},
        }
        self.import_catalog()
        self.switch(*SWITCHES)
        self.site_says(**self.old, visibility="hidden")
        before = self.seen()
        for name, value in wanted.items():
            self.switch(name)
            self.site_says(**self.new)
            self.assertEqual(self.seen(), {**before, name: value}, name)
            self.switch(*SWITCHES)
            self.site_says(**self.old)
            self.assertEqual(self.seen(), before)

    def test_a_linked_product_is_never_refreshed(self):
        self.switch(*SWITCHES)
        product = self.erp_product("CANA", weight=7)
        self.import_catalog()
        self.assertEqual(self.product(), product)
        before = self.seen()
        with self.assert_nothing_written(("product_product", "product_template")):
            self.site_says(**self.new)
        self.assertEqual(self.seen(), before)

    def test_what_a_merchant_changed_stays_until_the_site_says_something_new(self):
        self.import_catalog()
        self.switch(*SWITCHES)
        self.product().write({"name": "Numele meu", "weight": 9})
        self.site_says(**{**self.old, "description": "<p>Nouă</p>"})
        self.assertEqual(self.product().name, "Numele meu")
        self.assertEqual(self.product().weight, 9)
        self.assertEqual(self.product().description, "<p>Nouă</p>")
        self.site_says(**self.new)
        self.assertEqual(self.product().name, "Cană nouă")

    def test_nothing_is_written_when_the_site_says_the_same(self):
        self.import_catalog()
        self.switch(*SWITCHES)
        self.product().write({"name": "Cană nouă", "weight": 0.5})
        with self.assert_nothing_written(("product_product", "product_template")):
            self.site_says(**{**self.old, "name": "Cană nouă", "weight": 0.5})

    def test_a_translation_that_says_something_else_stays(self):
        self.import_catalog()
        self.switch("name")
        self.product().with_context(lang="ro_RO").name = "Cană veche"
        self.site_says(name="Mug")
        self.assertEqual(self.product().with_context(lang="en_US").name, "Mug")
        self.assertEqual(self.product().with_context(lang="ro_RO").name, "Cană veche")

    def test_a_translation_that_repeats_the_text_follows_it(self):
        self.shop = self.shop.with_context(lang="ro_RO")
        self.import_catalog()
        self.switch("name")
        self.shop.with_context(lang="en_US").fetch_catalog()
        self.shop = self.shop.with_context(lang="en_US")
        self.site_says(name="Mug")
        for lang in ("en_US", "ro_RO"):
            self.assertEqual(self.product().with_context(lang=lang).name, "Mug")

    def test_a_property_of_the_merchants_own_stays(self):
        self.import_catalog()
        category = self.product().categ_id
        category.product_properties_definition = [
            *category.product_properties_definition,
            {"name": "mine", "type": "char", "string": "Mine"},
        ]
        template = self.product().product_tmpl_id
        template.product_properties = {**dict(template.product_properties), "mine": "kept"}
        self.switch("characteristics")
        self.site_says(**{**self.new, "category_id": self.categories[0]})
        self.assertEqual(
            self.seen()["characteristics"],
            {"Material": "Sticlă", "Manufacturer": "Atelier", "Mine": "kept"},
        )

    def test_a_variant_that_joined_the_merchants_product_does_not_rename_it(self):
        attribute = self.env["product.attribute"].create(
            {"name": "Mărime", "create_variant": "dynamic", "value_ids": [(0, 0, {"name": "M"})]}
        )
        template = self.env["product.template"].create(
            {
                "name": "Al meu",
                "attribute_line_ids": [
                    (0, 0, {"attribute_id": attribute.id, "value_ids": attribute.value_ids.ids})
                ],
            }
        )
        template._create_product_variant(
            template.attribute_line_ids.product_template_value_ids
        ).default_code = "TR-M"
        self.site.add_product(**SHIRT)
        self.import_catalog()
        self.switch(*SWITCHES)
        self.site.remove("product", 2)
        self.site.add_product(**{**SHIRT, "name": "Tricou nou"})
        self.shop.fetch_catalog()
        self.assertEqual(self.row(22).name, "Tricou nou (L)")
        self.assertEqual(template.name, "Al meu")

    def test_the_pictures_of_changed_pages_are_asked_for(self):
        asked = []
        self.patch(
            type(self.env["merchantpro.product"]),
            "_refresh_images",
            lambda pages: asked.append(pages.mapped("external_id")),
        )
        self.erp_product("LINKED")
        self.site.add_product(id=3, sku="LINKED")
        self.import_catalog()
        self.site_says(**self.new)
        self.switch("images")
        self.site_says(**self.old)
        self.site_says(**{**self.old, "id": 3, "sku": "LINKED"})
        self.assertEqual(asked, [["1"]])
