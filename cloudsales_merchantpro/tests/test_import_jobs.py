"""An import as jobs: chunks that know nothing of each other, and the end that counts."""

from unittest.mock import patch

from odoo.exceptions import ValidationError

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.tests.common import trap_jobs

from ..models import merchantpro_variant_import
from .common import ShopCase


class TestImportJobs(ShopCase):
    def prepare(self):
        super().prepare()
        for number in range(1, 8):
            self.site.add_product(id=number, name=f"P{number}", sku=f"S{number}", price_gross=5)
        self.shop.fetch_catalog()
        self.rows = self.shop.variant_ids.with_context(queue_job__no_delay=False)

    def setUp(self):
        super().setUp()
        self.patch(merchantpro_variant_import, "PAGES", 3)

    def linked(self):
        return self.shop.variant_ids.filtered(lambda row: row.match_state == "linked")

    def refuse(self, *names):
        """Odoo refuses products of these names."""
        model = type(self.env["product.template"])
        create = model.create

        def refusing(templates, vals_list):
            made = create(templates, vals_list)
            if set(made.mapped("name")) & set(names):
                raise ValidationError("refused here")
            return made

        self.patch(model, "create", refusing)

    def test_each_chunk_is_a_job_and_the_last_one_waits_for_all(self):
        with trap_jobs() as trap:
            run = self.rows.import_to_catalog()
            trap.assert_jobs_count(4)
            self.assertEqual(run.state, "running")
            chunks, finish = trap.enqueued_jobs[:3], trap.enqueued_jobs[3]
            for chunk in chunks[:2]:
                chunk.perform()
            with self.assertRaises(RetryableJobError):
                finish.perform()
            self.assertAlmostEqual(run.progress, 600 / 7)
            chunks[2].perform()
            finish.perform()
        self.assertEqual(run.state, "done")
        self.assertEqual(len(self.linked()), 7)
        self.assertIn("as planned", self.shop.message_ids[0].body)

    def test_a_chunk_delivered_twice_does_its_work_once(self):
        with trap_jobs() as trap:
            self.rows.import_to_catalog()
            trap.enqueued_jobs[0].perform()
            with self.assert_nothing_written():
                trap.enqueued_jobs[0].perform()
        self.assertEqual(len(self.linked()), 3)

    def test_a_page_that_odoo_refuses_keeps_the_reason_and_stops_no_other(self):
        self.refuse("P2", "P7")
        run = self.rows.with_context(queue_job__no_delay=True).import_to_catalog()
        self.assertEqual(
            {
                row.external_id: row.import_error
                for row in self.shop.variant_ids
                if row.import_error
            },
            {"2": "refused here", "7": "refused here"},
        )
        self.assertEqual(len(self.linked()), 5)
        self.assertEqual((run.state, run.error_count), ("done", 2))
        self.assertIn("P2", self.shop.message_ids[0].body)
        self.assertIn("refused here", self.shop.message_ids[0].body)

    def test_a_refused_page_leaves_nothing_behind(self):
        category = self.site.add_category("Căni")
        self.site.add_product(id=9, name="P9", sku="S9", category_id=category["id"])
        self.shop.fetch_catalog()
        self.refuse("P9")
        self.shop.variant_ids.import_to_catalog()
        self.assertFalse(self.env["product.template"].search([("name", "=", "P9")]))
        self.assertFalse(self.row(9).product_id)

    def test_after_a_failure_the_row_is_imported_again(self):
        with patch.object(
            type(self.env["product.template"]), "create", side_effect=ValidationError("x")
        ):
            self.row(1).import_to_catalog()
        self.assertEqual(self.row(1).import_error, "x")
        self.row(1).import_to_catalog()
        self.assertEqual((self.row(1).match_state, self.row(1).import_error), ("linked", False))

    def test_a_job_that_breaks_tells_its_rows(self):
        with trap_jobs() as trap:
            run = self.rows.import_to_catalog()
            for chunk in trap.enqueued_jobs[1:3]:
                chunk.perform()
            broken = trap.enqueued_jobs[0]
            self.assertEqual(broken.on_fail_method_name, "_import_failed")
            broken.on_fail({"exc_message": "out of memory"})
            trap.enqueued_jobs[3].perform()
        self.assertEqual((run.state, run.error_count), ("done", 3))
        self.assertEqual(self.row(1).import_error, "out of memory")

    def test_a_broken_job_that_is_started_again_goes_on(self):
        self.test_a_job_that_breaks_tells_its_rows()
        self.rows.filtered("import_error")._job_import()
        self.assertEqual(len(self.linked()), 7)

    def test_codes_that_changed_since_the_import_began_make_no_double_and_no_wrong_link(self):
        other = self.erp_product("S2")
        self.rows.match()
        with trap_jobs() as trap:
            run = self.rows.import_to_catalog()
            mine = self.erp_product("S1")
            other.default_code = "NO MORE"
            for job in trap.enqueued_jobs:
                job.perform()
        self.assertEqual(self.linked(), self.shop.variant_ids - self.row(1) - self.row(2))
        self.assertEqual((self.row(1).match_state, self.row(1).product_id), ("matched", mine))
        self.assertEqual((self.row(2).match_state, self.row(2).product_id.ids), ("new", []))
        self.assertEqual(run.error_count, 2)

    def test_orders_that_waited_for_a_product_come_in(self):
        order = self.read_order([{"product_id": 3}])
        self.assertEqual(order.state, "held")
        self.shop.variant_ids.import_to_catalog()
        self.assertEqual(order.state, "done")
