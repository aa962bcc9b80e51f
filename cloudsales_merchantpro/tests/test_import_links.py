"""A product that a row is linked to, or a variant joins, stays what it was."""

import json

from .test_import_variants import SHIRT, VariantCase


class TestLinkedProductsStay(VariantCase):
    def stored(self, products):
        """Everything PostgreSQL holds of the products: their rows, with each translation and
        company, and the rows of every table that names them."""
        self.env.flush_all()
        result = {}
        for table, ids in (
            ("product_product", products.ids),
            ("product_template", products.product_tmpl_id.ids),
        ):
            result[table] = self.rows_of(table, "id", ids)
            for other, column in self.references(table):
                result[f"{other}.{column}"] = self.rows_of(other, column, ids)
        return result

    def references(self, table):
        self.env.cr.execute(
            """
            SELECT c.conrelid::regclass::text, a.attname
              FROM pg_constraint c
              JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
             WHERE c.contype = 'f' AND c.confrelid = %s::regclass
            """,
            (table,),
        )
        return [each for each in self.env.cr.fetchall() if not each[0].startswith("merchantpro_")]

    def rows_of(self, table, column, ids):
        self.env.cr.execute(f"SELECT to_jsonb(t) FROM {table} t WHERE t.{column} = ANY(%s)", (ids,))
        return sorted(json.dumps(row, sort_keys=True) for (row,) in self.env.cr.fetchall())

    def rich_product(self, code):
        category = self.env["product.category"].create(
            {
                "name": f"Mine {code}",
                "product_properties_definition": [{"name": "abc", "type": "char", "string": "A"}],
            }
        )
        product = self.erp_product(
            code, list_price=99, weight=7, stock=5, extra=[f"EXTRA-{code}"], categ_id=category.id,
            description="<p>Ours</p>", product_properties={"abc": "kept"}, standard_price=3,
        )  # fmt: skip
        product.with_context(lang="ro_RO").name = f"Al nostru {code}"
        self.env["product.supplierinfo"].create(
            {
                "partner_id": self.company.partner_id.id,
                "product_tmpl_id": product.product_tmpl_id.id,
            }
        )
        return product

    def test_no_stored_field_of_a_linked_product_changes(self):
        products = self.rich_product("CANA") | self.rich_product("OTHER")
        products[1].barcode = "5941234567899"
        category = self.site.add_category("Căni")
        self.site.add_product(
            id=1, name="Cană", sku="CANA", price_gross=24.2, weight=0.4, ean="5941234567882",
            category_id=category["id"], description="<p>Site</p>", meta_fields={"A": "site"},
        )  # fmt: skip
        self.site.add_product(id=2, name="Alta", sku="B", ean="5941234567899", price_gross=1)
        before = self.stored(products)
        self.import_catalog()
        self.assertEqual(self.shop.variant_ids.product_id, products)
        self.assertEqual(set(self.shop.variant_ids.mapped("match_state")), {"linked"})
        self.assertEqual(self.stored(products), before)

    def test_a_variant_that_joins_changes_no_field_of_the_product_or_its_sister(self):
        template = self.template(self.attribute("Mărime", "M"), list_price=80)
        known = self.variant(template, "M", code="TR-M")
        template.categ_id = self.env["product.category"].create(
            {
                "name": "Mine",
                "product_properties_definition": [{"name": "abc", "type": "char", "string": "A"}],
            }
        )
        template.product_properties = {"abc": "kept"}
        before = self.stored(known)
        self.site.add_product(**SHIRT)
        self.import_catalog()
        self.assertEqual(self.row(22).product_id.product_tmpl_id, template)
        after = self.stored(known)
        self.assertEqual(after["product_product"], before["product_product"])
        for name in ("list_price", "name", "product_properties", "categ_id", "description"):
            for old, new in zip(before["product_template"], after["product_template"], strict=True):
                self.assertEqual(json.loads(old)[name], json.loads(new)[name], name)
