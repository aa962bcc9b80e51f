"""A reading under a person's hands. What happens between two transactions is in
tests/processes/test_reading.py."""

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from odoo.addons.queue_job.job import Job
from odoo.addons.queue_job.tests.common import trap_jobs

from .common import ShopCase


class TestCatalogPause(ShopCase):
    page_size = 10

    def prepare(self):
        super().prepare()
        for number in range(1, 26):
            self.site.add_product(id=number, sku=f"S{number}")
        self.fetch = self.env["merchantpro.catalog.fetch"].create({"shop_id": self.shop.id})
        self.fetch._step(0)

    def starts(self):
        return [call["query"]["start"] for call in self.site.calls_of("GET", "/products")]

    def test_a_paused_reading_reads_no_further_page(self):
        self.fetch.action_pause()
        self.assertFalse(self.fetch._step(10))
        self.assertEqual(self.fetch.state, "paused")
        self.assertEqual(self.starts(), ["0"])

    def test_resume_goes_on_with_the_next_page(self):
        self.fetch.action_pause()
        self.fetch.action_resume()
        self.assertEqual(self.fetch.state, "done")
        self.assertEqual(self.starts(), ["0", "10", "20"])
        self.assertEqual(len(self.shop.variant_ids), 25)

    def test_fetch_goes_on_with_a_paused_reading(self):
        self.fetch.action_pause()
        self.shop.fetch_catalog()
        self.assertEqual(self.fetch.state, "done")
        self.assertEqual(self.starts(), ["0", "10", "20"])

    def test_a_cancelled_reading_keeps_its_rows_and_the_next_one_begins_anew(self):
        self.fetch.action_cancel()
        self.assertFalse(self.fetch._step(10))
        self.assertEqual(len(self.shop.variant_ids), 10)
        self.shop.fetch_catalog()
        self.assertEqual(self.fetch.state, "cancelled")
        self.assertEqual(self.shop.fetch_id.state, "done")
        self.assertEqual(self.starts(), ["0", "0", "10", "20"])

    def test_a_cancelled_reading_takes_nothing_for_gone(self):
        self.fetch.action_resume()
        self.env.flush_all()
        fetch = self.env["merchantpro.catalog.fetch"].create({"shop_id": self.shop.id})
        fetch._step(0)
        fetch.action_cancel()
        self.assertEqual(set(self.shop.variant_ids.mapped("on_site")), {True})

    def test_what_is_over_cannot_be_paused_resumed_or_cancelled(self):
        self.fetch.action_resume()
        self.site.clear_calls()
        self.fetch.action_pause()
        self.fetch.action_resume()
        self.fetch.action_cancel()
        self.assertEqual(self.fetch.state, "done")
        self.assertEqual(self.starts(), [])

    def test_the_buttons_of_the_shop_do_the_same(self):
        self.shop.action_pause_fetch()
        self.assertEqual(self.shop.fetch_state, "paused")
        self.shop.action_resume_fetch()
        self.assertEqual(self.shop.fetch_state, "done")

    def test_a_shop_that_is_not_connected_is_not_resumed(self):
        self.fetch.action_pause()
        self.shop.state = "error"
        with self.assertRaises(UserError):
            self.fetch.action_resume()

    def test_a_refused_key_stops_the_reading_with_the_reason(self):
        self.site.gate.set_credentials("other", "secret")
        self.assertFalse(self.fetch._step(10))
        self.assertEqual(self.fetch.state, "failed")
        self.assertIn("does not accept", self.fetch.note)
        self.site.gate.set_credentials(self.site.key, self.site.secret)
        self.shop.action_test_connection()
        self.fetch.action_resume()
        self.assertEqual(self.fetch.state, "done")
        self.assertFalse(self.fetch.note)

    @mute_logger("odoo.sql_db")
    def test_there_is_one_unfinished_reading_of_a_shop(self):
        with self.assertRaises(psycopg2.errors.UniqueViolation) as caught:
            self.env["merchantpro.catalog.fetch"].create({"shop_id": self.shop.id})
        self.assertIn("unfinished", caught.exception.diag.constraint_name)
        other = self.make_shop(name="Other")
        self.env["merchantpro.catalog.fetch"].create({"shop_id": other.id})

    def test_a_second_job_of_a_page_finds_it_read(self):
        self.assertFalse(self.fetch._step(0))
        self.assertEqual(self.starts(), ["0"])
        self.assertEqual(self.fetch.page_count, 1)


class TestCatalogJobs(ShopCase):
    page_size = 10

    def prepare(self):
        super().prepare()
        for number in range(1, 16):
            self.site.add_product(id=number, sku=f"S{number}")
        self.shop = self.shop.with_context(queue_job__no_delay=False)

    def test_each_page_is_a_job_and_the_last_job_matches(self):
        with trap_jobs() as trap:
            self.shop.fetch_catalog()
            self.assertEqual([job.args for job in trap.enqueued_jobs], [(0,)])
        fetch = self.shop.fetch_id
        jobs = []
        for start in (0, 10, None):
            with trap_jobs() as trap:
                fetch._job_fetch_page(start)
                jobs += [(job.method_name, job.args) for job in trap.enqueued_jobs]
        self.assertEqual(jobs, [("_job_fetch_page", (10,)), ("_job_fetch_page", (None,))])
        self.assertEqual(fetch.state, "done")
        self.assertEqual(set(self.shop.variant_ids.mapped("match_state")), {"new"})

    def test_fetch_pressed_twice_makes_one_job(self):
        for _click in range(2):
            self.shop.fetch_catalog()
        jobs = self.env["queue.job"].search([("method_name", "=", "_job_fetch_page")])
        self.assertEqual(len(jobs), 1)
        self.assertEqual(len(self.shop.fetch_id), 1)

    def test_a_job_that_was_given_up_stops_the_reading_and_says_why(self):
        self.shop.fetch_catalog()
        record = self.env["queue.job"].search([("method_name", "=", "_job_fetch_page")])
        Job.load(self.env, record.uuid).on_fail({"exc_message": "The shop did not answer"})
        self.assertEqual(self.shop.fetch_state, "failed")
        self.assertEqual(self.shop.fetch_note, "The shop did not answer")

    def test_a_job_given_up_after_a_pause_leaves_it_paused(self):
        self.shop.fetch_catalog()
        self.shop.action_pause_fetch()
        self.shop.fetch_id._on_job_failed(exc_message="late")
        self.assertEqual(self.shop.fetch_state, "paused")


class TestCatalogRights(ShopCase):
    def prepare(self):
        super().prepare()
        self.user = new_test_user(self.env, "reader", "cloudsales_merchantpro.group_user")
        self.site.add_product(id=1, sku="A")

    def test_a_user_reads_pauses_and_cancels(self):
        shop = self.shop.with_user(self.user)
        fetch = self.env["merchantpro.catalog.fetch"].create({"shop_id": self.shop.id})
        shop.action_pause_fetch()
        self.assertEqual(fetch.state, "paused")
        shop.action_cancel_fetch()
        self.assertEqual(fetch.state, "cancelled")
        shop.fetch_catalog()
        self.assertEqual(shop.fetch_state, "done")
        self.assertTrue(self.row(1))

    def test_a_user_cannot_write_the_reading_itself(self):
        fetch = self.env["merchantpro.catalog.fetch"].create({"shop_id": self.shop.id})
        with self.assertRaises(AccessError):
            fetch.with_user(self.user).write({"state": "done"})

    def test_who_is_no_user_can_do_nothing(self):
        fetch = self.env["merchantpro.catalog.fetch"].create({"shop_id": self.shop.id})
        clerk = new_test_user(self.env, "clerk", "base.group_user")
        for deed in ("action_pause", "action_resume", "action_cancel"):
            with self.assertRaises(AccessError):
                getattr(fetch.with_user(clerk), deed)()
        with self.assertRaises(AccessError):
            self.shop.with_user(clerk).fetch_catalog()
