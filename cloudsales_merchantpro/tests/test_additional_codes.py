"""Additional codes: whose they are, and finding a product by them."""

from lxml import etree
from psycopg2.errors import UniqueViolation

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .match_case import MatchCase


class TestAdditionalCodes(MatchCase):
    def code(self, product, code, **values):
        return self.env["product.additional.code"].create(
            {"product_id": product.id, "code": code, **values}
        )

    def test_a_code_is_unique_whatever_its_case_and_outer_spaces(self):
        self.code(self.erp_product("X", name="Mug"), "SITE-1")
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.code(self.erp_product("Y"), " site-1\u00a0")

    def test_two_companies_may_use_one_code_and_find_their_own_by_it(self):
        other = self.env["res.company"].create({"name": "Other"})
        product = self.erp_product("X")
        self.code(product, "SITE-1")
        theirs = self.env["product.product"].with_company(other)
        theirs = theirs.with_context(allowed_company_ids=other.ids)
        self.env.user.company_ids += other
        self.assertFalse(theirs.name_search("SITE-1"))
        same = self.erp_product("Y", company_id=other.id)
        code = self.code(same, "SITE-1")
        self.assertEqual(code.company_id, other)
        self.assertEqual([found for found, _name in theirs.name_search("SITE-1")], same.ids)
        # That of a shop is its company's.
        shop = self.make_shop(company_id=other.id, order_warehouse_id=False)
        self.assertEqual(self.code(product, "SITE-2", shop_id=shop.id).company_id, other)

    def test_a_blank_code_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "empty"):
            self.code(self.erp_product("X"), " \u00a0")

    def test_the_form_warns_of_a_code_that_another_product_has_as_reference(self):
        self.erp_product("A", name="Mug")
        code = self.env["product.additional.code"].new({"code": "A"})
        self.assertIn("Mug", code._onchange_code()["warning"]["message"])

    def test_the_form_warns_of_a_code_that_is_taken(self):
        self.erp_product("A", name="Mug", extra=["SITE-1"])
        code = self.env["product.additional.code"].new({"code": " site-1"})
        self.assertIn("Mug", code._onchange_code()["warning"]["message"])

    def test_a_code_is_entered_on_the_form_of_a_product_with_one_variant(self):
        with Form(self.env["product.template"]) as form:
            form.name = "Mug"
            with form.additional_code_ids.new() as line:
                line.code = "SITE-1"
        template = form.record
        self.assertEqual(template.product_variant_id.additional_code_ids.code, "SITE-1")
        with Form(template) as form:
            form.additional_code_ids.remove(0)
        self.assertFalse(template.product_variant_id.additional_code_ids)

    def test_the_form_of_a_product_with_variants_lists_the_codes_of_all(self):
        small, large = self.erp_family("S", "L")
        codes = self.code(small, "SITE-S") | self.code(large, "SITE-L")
        template = small.product_tmpl_id
        self.assertEqual(template.additional_code_ids, codes)
        with self.assertRaises(AssertionError), Form(template) as form:
            form.additional_code_ids.new()

    def test_a_code_is_entered_on_the_form_of_a_variant(self):
        small = self.erp_family("S", "L")[0]
        for view in ("product.product_normal_form_view", "product.product_variant_easy_edit_view"):
            with Form(small, view=view) as form, form.additional_code_ids.new() as line:
                line.code = view
        self.assertEqual(len(small.additional_code_ids), 2)


class TestFinding(MatchCase):
    def prepare(self):
        super().prepare()
        self.mug = self.erp_product("MUG", name="Mug", extra=["SITE-1"])
        self.cup = self.erp_product("CUP", name="Cup", extra=["SITE-10"])
        self.env.flush_all()

    def named(self, name, model="product.product", **options):
        found = self.env[model].name_search(name, **options)
        return self.env[model].browse(product_id for product_id, _name in found)

    def test_the_exact_code_finds_only_its_product_like_a_barcode(self):
        self.assertEqual(self.named("SITE-1"), self.mug)
        self.assertEqual(self.named("site-1"), self.mug)
        self.assertEqual(self.named("SITE-1", operator="="), self.mug)

    def test_the_exact_code_finds_its_template_first(self):
        templates = (self.mug | self.cup).product_tmpl_id
        self.assertEqual(self.named("SITE-1", "product.template"), templates)
        self.assertEqual(self.named("SITE-1", "product.template", limit=1), templates[0])
        self.assertEqual(self.named("SITE-10", "product.template"), templates[1])

    def test_a_part_of_the_code_finds_all_products_with_it(self):
        self.assertEqual(self.named("ite-1"), self.mug | self.cup)
        self.assertEqual(
            self.named("ite-1", "product.template"), (self.mug | self.cup).product_tmpl_id
        )

    def test_products_found_by_name_come_before_those_found_by_code(self):
        named = self.erp_product("Z", name="Zz site-1 holder")
        self.assertEqual(self.named("ite-1"), named | self.mug | self.cup)

    def test_a_reference_or_barcode_is_found_before_an_additional_code(self):
        own = self.erp_product("SITE-1", name="Own")
        self.assertEqual(self.named("SITE-1"), own)

    def test_the_domain_of_the_field_is_kept(self):
        self.mug.sale_ok = False
        domain = [("sale_ok", "=", True)]
        self.assertFalse(self.mug in self.named("SITE-1", domain=domain))
        self.assertEqual(self.named("ite-1", domain=domain), self.cup)

    def test_negative_searches_leave_out_the_products_with_the_code(self):
        for model, left_out in (
            ("product.product", self.mug),
            ("product.template", self.mug.product_tmpl_id),
        ):
            found = self.env[model].search([("display_name", "not ilike", "SITE-1")])
            self.assertNotIn(left_out, found, model)
            plain = self.env[model].search([("display_name", "not ilike", "SITE-10")])
            self.assertIn(left_out, plain, model)
        self.assertNotIn(self.mug, self.named("ite-1", operator="not ilike"))
        other = self.erp_product("OTHER")
        self.assertIn(other, self.named("ite-1", operator="not ilike"))

    def test_the_search_boxes_of_product_lists_find_it(self):
        views = {
            "product.product_template_search_view": self.mug.product_tmpl_id,
            "product.product_search_form_view": self.mug,
            "stock.stock_product_search_form_view": self.mug,
            "product.product_view_search_catalog": self.mug,
        }
        for xmlid, wanted in views.items():
            view = self.env.ref(xmlid)
            arch = self.env[view.model].get_view(view.id, "search")["arch"]
            field = etree.fromstring(arch).find(".//field[@name='name']")
            domain = safe_eval(field.get("filter_domain"), {"self": "site-1"})
            self.assertIn(wanted, self.env[view.model].search(domain), xmlid)

    def test_a_line_of_an_order_is_found_by_it(self):
        lines = self.env["sale.order.line"]
        sale = self.env["sale.order"].create({"partner_id": self.company.partner_id.id})
        columns = ["order_line/product_id", "order_line/product_uom_qty", "id"]
        xmlid = sale.export_data(["id"])["datas"][0][0]
        result = sale.load(columns, [["site-1", "2", xmlid]])
        self.assertFalse(result["messages"])
        self.assertEqual(sale.order_line.product_id, self.mug)
        found = lines.search([("product_id", "ilike", "SITE-1")])
        self.assertEqual(found, sale.order_line)

    def test_a_received_invoice_finds_the_product_by_it(self):
        find = self.env["product.product"]._retrieve_product
        self.assertEqual(find(barcode="SITE-1", name="nothing like it"), self.mug)
        self.assertEqual(find(default_code="site-10"), self.cup)
        self.assertEqual(find(default_code="CUP", barcode=False), self.cup)

    def test_who_may_not_read_codes_may_search_products(self):
        codes = self.env["product.additional.code"]
        visitor = codes.with_user(self.env.ref("base.public_user")).with_company(self.company)
        self.assertFalse(visitor.has_access("read"))
        self.assertEqual(visitor._product_named("SITE-1").ids, self.mug.ids)
        self.assertTrue(visitor._product_ids("ilike", "SITE-1"))


@tagged("post_install", "-at_install")
class TestImportingCodes(MatchCase):
    def load(self, model, columns, rows):
        result = self.env[model].load(columns, rows)
        self.assertFalse(result["messages"])
        self.env.cr.flush()
        return self.env[model].browse(result["ids"])

    def test_codes_are_imported_with_the_products_reference(self):
        mug, cup = self.erp_product("MUG"), self.erp_product("CUP")
        row = self.matched("SITE-1")
        codes = self.load(
            "product.additional.code",
            ["product_id", "code", "shop_id"],
            [["MUG", "SITE-1", ""], ["CUP", "SITE-2", self.shop.name]],
        )
        self.assertEqual(codes.product_id, mug | cup)
        self.assertEqual(codes[1].shop_id, self.shop)
        self.assert_matched(row, mug)

    def test_codes_are_imported_with_the_products_external_id_and_company(self):
        product = self.env.ref("cloudsales_merchantpro.product_wallet").product_variant_id
        self.env["ir.model.data"].create(
            {"module": "test", "name": "mug", "model": product._name, "res_id": product.id}
        )
        codes = self.load(
            "product.additional.code",
            ["product_id/id", "code", "company_id"],
            [["test.mug", "SITE-1", self.company.name]],
        )
        self.assertEqual((codes.product_id, codes.company_id), (product, self.company))

    def test_codes_are_imported_with_the_products(self):
        products = self.load(
            "product.product",
            ["name", "default_code", "additional_code_ids/code"],
            [["Mug", "MUG", "SITE-1"], ["", "", "SITE-2"], ["Cup", "CUP", "SITE-3"]],
        )
        self.assertEqual(
            products.mapped("additional_code_ids.code"), ["SITE-1", "SITE-2", "SITE-3"]
        )
        exported = products.export_data(["default_code", "additional_code_ids/code"])["datas"]
        self.assertEqual(
            [list(map(str, row)) for row in exported],
            [["MUG", "SITE-1"], ["", "SITE-2"], ["CUP", "SITE-3"]],
        )

    def test_codes_are_imported_with_templates_of_one_variant(self):
        templates = self.load(
            "product.template", ["name", "additional_code_ids/code"], [["Mug", "SITE-1"]]
        )
        self.assertEqual(templates.product_variant_id.additional_code_ids.code, "SITE-1")

    def test_a_code_that_is_taken_is_told_with_its_row(self):
        self.erp_product("MUG", name="Mug", extra=["SITE-1"])
        self.erp_product("CUP")
        result = self.env["product.additional.code"].load(
            ["product_id", "code"], [["CUP", "site-1"]]
        )
        self.assertIn("already has this additional code", result["messages"][0]["message"])

    def test_odoos_import_of_many_codes_settles_their_rows_together(self):
        products = self.env["product.product"].create(
            [{"name": f"P{n}", "default_code": f"P{n}"} for n in range(20)]
        )
        rows = [self.staged(f"SITE-{n}") for n in range(20)]
        codes = self.env["product.additional.code"].with_context(import_file=True)
        codes.load(["product_id", "code"], [[f"P{n}", f"SITE-{n}"] for n in range(20)])
        self.env.cr.flush()
        self.assertEqual([row.product_id for row in rows], list(products))
