"""The preview tells exactly what the import does, and writes nothing itself."""

from odoo.exceptions import UserError
from odoo.tests import new_test_user

from .test_import_variants import SHIRT, VariantCase

OURS = {"merchantpro_import_preview", "merchantpro_import_preview_line"}


class PreviewCase(VariantCase):
    def preview(self, rows=None):
        action = (rows or self.shop.variant_ids).action_preview_import()
        return self.env[action["res_model"]].browse(action["res_id"])

    def line(self, preview, number):
        return preview.line_ids.filtered(lambda line: line.row_id == self.row(number))


class TestImportPreview(PreviewCase):
    def prepare(self):
        """One row of each fate."""
        super().prepare()
        self.erp_product("CANA")
        self.erp_product("A")
        self.erp_product("a")
        category = self.site.add_category("Căni", self.site.add_category("Casă")["id"])
        self.site.add_product(id=1, name="Cană", sku="CANA")
        self.site.add_product(id=3, sku="NEW", category_id=category["id"], price_gross=5)
        self.site.add_product(**SHIRT)
        template = self.template(self.attribute("Croi", "Slim"))
        self.variant(template, "Slim", code="CR-S")
        self.site.add_product(
            id=4,
            price_gross=5,
            variants=[
                {"id": 41, "sku": "CR-S", "options": {"Croi": "Slim"}},
                {"id": 42, "sku": "CR-L", "options": {"Croi": "Lejer"}},
            ],
        )
        self.site.add_product(id=5, sku="A")
        self.site.add_product(id=6)
        self.site.add_product(id=7, sku="IGNORED")
        self.site.add_product(id=8, sku="BAD")
        self.shop.fetch_catalog()
        self.row(7).action_ignore()
        self.row(8).parent_id.tax_percent = 17.5

    def figures(self, preview):
        names = [name for name in preview._fields if name.endswith("_count")]
        return {name.removesuffix("_count"): preview[name] for name in names if preview[name]}

    def test_the_figures_and_the_rows(self):
        preview = self.preview()
        self.assertEqual(
            self.figures(preview),
            {
                "link": 2, "create": 1, "family": 1, "variant": 2, "join": 1, "attribute": 1,
                "value": 3, "category": 2, "tax": 1, "left": 4, "due": 6,
            },
        )  # fmt: skip
        self.assertEqual(
            {line.row_id.external_id: line.action for line in preview.line_ids},
            {
                "1": "link", "3": "create", "21": "variant", "22": "variant", "41": "link",
                "42": "join", "5": "ambiguous", "6": "no_code", "7": "ignored", "8": "problem",
            },
        )  # fmt: skip
        self.assertIn("CANA", self.line(preview, 1).target)
        self.assertIn("Tricou ERP", self.line(preview, 42).target)
        self.assertIn("17.5", self.line(preview, 8).note)

    def test_nothing_but_the_preview_is_written(self):
        self.env.flush_all()
        before = self.writes()
        preview = self.preview()
        preview.action_open_lines()
        self.env.flush_all()
        written = {table for table, count in self.writes().items() if count != before.get(table)}
        self.assertEqual(written, OURS)

    def writes(self):
        """{table: rows inserted, updated and deleted in this transaction}."""
        self.env.cr.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
        )
        return dict(self.env.cr.fetchall())

    def test_the_import_does_exactly_that_and_says_so(self):
        counts = {
            name: self.env[name].search_count([])
            for name in ("product.attribute", "product.attribute.value", "product.category")
        }
        templates = self.env["product.template"].search_count([])
        products = self.env["product.product"].search_count([])
        preview = self.preview()
        action = preview.action_import()
        run = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(run.state, "done")
        done = run._done_figures()
        planned = {
            name: count for name, count in run.planned.items() if name not in ("left", "linked")
        }
        self.assertEqual(done, planned)
        for (name, before), figure in zip(
            counts.items(), ("attribute", "value", "category"), strict=True
        ):
            made = self.env[name].search_count([]) - before
            self.assertEqual(made, planned[figure], name)
        self.assertEqual(
            self.env["product.template"].search_count([]) - templates,
            planned["create"] + planned["family"],
        )
        self.assertEqual(
            self.env["product.product"].search_count([]) - products,
            planned["create"] + planned["variant"] + planned["join"],
        )
        for line in preview.line_ids:
            self.assertEqual(line.row_id.match_state == "linked", bool(line.key), line.name)
        self.assertIn("as planned", self.shop.message_ids[0].body)

    def test_the_second_preview_has_only_what_was_left(self):
        self.preview().action_import()
        self.assertEqual(self.figures(self.preview()), {"left": 4, "linked": 6})

    def test_the_preview_of_chosen_rows_is_about_them_alone(self):
        preview = self.preview(self.row(21))
        self.assertEqual(
            self.figures(preview),
            {"family": 1, "variant": 1, "attribute": 1, "value": 1, "tax": 1, "due": 1},
        )
        preview.action_import()
        self.assertFalse(self.row(22).product_id)
        self.assertEqual(self.line(self.preview(self.row(22)), 22).action, "join")

    def test_a_row_that_changed_since_the_preview_is_left_and_named(self):
        preview = self.preview()
        self.row(1).action_ignore()
        self.row(3).action_ignore()
        self.row(3).action_mark_new()
        self.row(3).product_id = False
        self.row(22).on_site = False
        action = preview.action_import()
        run = self.env[action["res_model"]].browse(action["res_id"])
        self.assertFalse(self.row(1).product_id)
        self.assertEqual(self.row(3).match_state, "linked")
        message = self.shop.message_ids[0].body
        self.assertIn("Tricou (L)", message)
        self.assertIn(self.row(22), run.changed_ids)

    def test_a_user_of_merchantpro_previews_and_imports(self):
        user = new_test_user(
            self.env, "clerk", groups="cloudsales_merchantpro.group_user,base.group_user"
        )
        preview = self.preview(self.shop.variant_ids.with_user(user)).with_user(user)
        preview.action_import()
        self.assertEqual(self.row(22).match_state, "linked")

    def test_the_rows_are_exported_by_odoos_own_export(self):
        lines = self.preview().line_ids
        rows = lines.export_data(["sku", "name", "action", "target", "note"])["datas"]
        self.assertEqual(len(rows), 10)
        self.assertIn(["CANA", "Cană", "Link to the Product"], [row[:3] for row in rows])


class TestPreviewOfAFewRows(PreviewCase):
    def test_a_product_made_since_the_preview_is_not_made_again(self):
        self.site.add_product(id=1, name="Cană", sku="CANA", price_gross=5)
        self.site.add_product(id=2, sku="B", price_gross=5)
        self.shop.fetch_catalog()
        preview = self.preview()
        mine = self.erp_product("CANA")
        preview.action_import()
        self.assertEqual(self.env["product.product"].search([("default_code", "=", "CANA")]), mine)
        self.assertIn("matched again", self.row(1).import_error)
        self.assertEqual(self.row(2).match_state, "linked")
        self.assertIn("Cană", self.shop.message_ids[0].body)
        # The next preview shows what it would be now.
        self.assertEqual(self.line(self.preview(), 1).action, "link")

    def test_a_variant_that_joins_is_previewed_so_beside_its_linked_sisters(self):
        self.site.add_product(**SHIRT)
        self.shop.fetch_catalog()
        self.row(21).import_to_catalog()
        self.assertEqual(self.line(self.preview(), 22).action, "join")

    def test_rows_of_two_shops_are_refused(self):
        self.site.add_product(id=1, sku="A")
        self.shop.fetch_catalog()
        other = self.make_shop(name="Other")
        other.fetch_catalog()
        with self.assertRaises(UserError):
            (self.shop.variant_ids | other.variant_ids).action_preview_import()

    def test_the_number_of_queries_does_not_grow_with_the_rows(self):
        def plan_queries():
            self.env.invalidate_all()
            rows = self.shop.variant_ids
            before = self.env.cr.sql_log_count
            rows._import_plan(self.shop)
            return self.env.cr.sql_log_count - before

        self.add_pages(range(100, 103))
        few = plan_queries()
        self.add_pages(range(200, 209))
        self.assertEqual(plan_queries(), few)

    def add_pages(self, numbers):
        """Simple, half-known and wholly new pages, each with a category of its own."""
        attribute = self.env["product.attribute"].search([("name", "=", "Mărime")], limit=1)
        attribute = attribute or self.attribute("Mărime", "M", "L")
        for number in numbers:
            category = self.site.add_category(f"C{number}")["id"]
            self.site.add_product(
                id=number, sku=f"S{number}", ean=f"E{number}", category_id=category
            )
            for base in (1000, 2000):
                self.site.add_product(
                    id=base + number,
                    category_id=category,
                    variants=[
                        {"id": 10 * (base + number) + index, "sku": f"V{base + number}-{size}",
                         "options": {"Mărime": size}}
                        for index, size in enumerate(("M", "L", f"X{number}"))
                    ],
                )  # fmt: skip
            self.variant(self.template(attribute), "M", code=f"V{1000 + number}-M")
        self.shop.fetch_catalog()
