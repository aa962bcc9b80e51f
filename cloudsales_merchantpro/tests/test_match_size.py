"""Matching costs the same few queries for any number of rows, and whole shops go in chunks."""

from unittest.mock import patch

from odoo.addons.queue_job.tests.common import trap_jobs

from .match_case import MatchCase

CHUNKS = [
    "odoo.addons.cloudsales_merchantpro.models.merchantpro_variant_match.CHUNK",
    "odoo.addons.cloudsales_merchantpro.models.merchantpro_shop_match.CHUNK",
]


class TestMatchSize(MatchCase):
    def rows_of_every_kind(self, count):
        """Of ten rows: matched on each kind of code, new, ambiguous for each reason."""
        products = self.env["product.product"].create(
            [
                {"name": f"Product {n}", "default_code": f"P{n // 2 * 2 if n % 10 == 8 else n}"}
                for n in range(count)
            ]
        )
        self.env["product.additional.code"].create(
            [
                {"product_id": product.id, "code": f"extra-{product.id}"}
                for product in products[::10]
            ]
        )
        products[1::10].action_archive()
        pages = self.env["merchantpro.product"].create(
            [
                {"shop_id": self.shop.id, "external_id": f"page-{n}", "name": f"Page {n}"}
                for n in range(count // 2)
            ]
        )
        codes = [f"p{n}" for n in range(count)]
        for n in range(0, count, 10):
            codes[n], codes[n + 2], codes[n + 3] = (
                f"extra-{products[n].id}",
                f"new-{n}",
                f"p{n + 4}",
            )
        return self.env["merchantpro.variant"].create(
            [
                {
                    "shop_id": self.shop.id,
                    "parent_id": pages[n // 2].id,
                    "external_id": str(n),
                    "name": f"Row {n}",
                    "sku": code,
                }
                for n, code in enumerate(codes)
            ]
        )

    def queries(self, rows):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        rows.match()
        return self.env.cr.sql_log_count - before

    def test_a_hundred_rows_take_as_many_queries_as_ten(self):
        rows = self.rows_of_every_kind(100)
        self.env["merchantpro.variant"].search([]).match()  # warms what is cached for good
        states = set(rows.mapped("match_state"))
        self.assertEqual(states, {"matched", "new", "ambiguous"})
        rows.match_state = "unmatched"
        few = self.queries(rows[:10])
        rows.match_state = "unmatched"
        self.assertEqual(self.queries(rows), few)
        self.assertLess(few, 25)

    def test_matching_again_writes_nothing(self):
        rows = self.rows_of_every_kind(30)
        rows.match()
        with self.assert_nothing_written():
            rows.match()

    def test_a_whole_shop_is_matched_chunk_by_chunk_in_the_background(self):
        for chunk in CHUNKS:
            self.startPatcher(patch(chunk, 10))
        rows = self.rows_of_every_kind(30)
        shop = self.shop.with_context(queue_job__no_delay=False)
        with trap_jobs() as trap:
            shop.action_match()
            trap.assert_jobs_count(1)
            self.assertEqual(set(rows.mapped("match_state")), {"unmatched"})
            trap.perform_enqueued_jobs()
            trap.assert_jobs_count(1, only=shop._job_match)
            self.assertEqual(set(rows[10:].mapped("match_state")), {"unmatched"})
            while trap.enqueued_jobs:
                trap.perform_enqueued_jobs()
        self.assertNotIn("unmatched", rows.mapped("match_state"))

    def test_a_small_shop_is_matched_while_the_person_waits(self):
        row = self.staged("A")
        with trap_jobs() as trap:
            self.shop.with_context(queue_job__no_delay=False).action_match()
            trap.assert_jobs_count(0)
        self.assertEqual(row.match_state, "new")

    def test_chunks_and_one_run_come_to_the_same_result(self):
        rows = self.rows_of_every_kind(30)
        rows.match()
        expected = [(row.match_state, row.product_id, row.match_reason) for row in rows]
        rows.write({"match_state": "unmatched", "product_id": False, "claimed_product_id": False})
        for chunk in CHUNKS:
            self.startPatcher(patch(chunk, 7))
        rows.match()
        found = [(row.match_state, row.product_id, row.match_reason) for row in rows]
        self.assertEqual(found, expected)
