import datetime

from odoo import fields
from odoo.tests import Form

from .common import ShopCase


class TestCatalogProgress(ShopCase):
    page_size = 10

    def prepare(self):
        super().prepare()
        for number in range(1, 26):
            several = [{"id": 1000 + number, "sku": "V"}, {"id": 2000 + number, "sku": "W"}]
            self.site.add_product(id=number, sku=f"S{number}", variants=several[: number % 2 * 2])
        self.fetch = self.env["merchantpro.catalog.fetch"].create({"shop_id": self.shop.id})

    def setUp(self):
        super().setUp()
        # What is told is of minutes ago; how long a busy machine takes meanwhile is not told.
        now = fields.Datetime.now()
        self.patch(fields.Datetime, "now", lambda *_arguments: now)

    def begun(self, **ago):
        self.fetch.resumed_at = fields.Datetime.now() - datetime.timedelta(**ago)

    def test_counts_are_those_of_the_pages(self):
        self.fetch._step(0)
        self.assertEqual((self.fetch.row_count, self.fetch.total), (10, 25))
        self.assertEqual((self.fetch.product_count, self.fetch.variant_count), (10, 15))
        self.assertEqual((self.fetch.page_count, self.fetch.progress), (1, 40.0))
        self.fetch._step(10)
        self.assertEqual((self.fetch.row_count, self.fetch.page_count), (20, 2))

    def test_nothing_is_known_before_the_first_page(self):
        self.assertEqual((self.fetch.progress, self.fetch.rate), (0.0, 0.0))
        self.assertEqual(self.fetch.summary, "Nothing read yet")

    def test_the_time_left_follows_from_the_speed(self):
        self.begun(minutes=2)
        self.fetch._step(0)
        self.assertAlmostEqual(self.fetch.rate, 5, delta=0.2)
        self.assertAlmostEqual(self.fetch.seconds_left, 180, delta=6)
        self.assertEqual(self.fetch.summary, "10 of 25, about 3 min left")

    def test_a_pause_is_no_slowness(self):
        self.begun(hours=5)
        self.fetch._step(0)
        self.fetch.action_pause()
        self.assertEqual(self.fetch.summary, "10 of 25")
        self.fetch.write({"state": "running", **self.fetch._prepare_clock_values()})
        self.assertEqual(self.fetch.rate, 0)
        self.begun(minutes=1)
        self.fetch._step(10)
        self.assertAlmostEqual(self.fetch.rate, 10, delta=0.4)
        self.assertEqual(self.fetch.summary, "20 of 25, less than a minute left")

    def test_hours_are_told_as_such(self):
        self.begun(minutes=80)
        self.fetch._step(0)
        self.assertEqual(self.fetch.summary, "10 of 25, about 2 h 0 min left")

    def test_a_silent_shop_is_told(self):
        self.begun(minutes=30)
        self.fetch._step(0)
        self.env.cr.execute(
            "UPDATE merchantpro_catalog_fetch_page SET create_date = create_date - interval '7 min'"
        )
        self.env.invalidate_all()
        self.assertEqual(self.fetch.summary, "10 of 25, no page came for 7 min")

    def test_the_end_says_what_came(self):
        self.fetch._start()
        self.assertEqual((self.fetch.progress, self.fetch.state), (100.0, "done"))
        self.assertEqual(self.fetch.summary, "25 products with 38 variants")

    def test_the_forms_show_it(self):
        self.fetch._step(0)
        with Form(self.shop) as form:
            self.assertEqual(form.fetch_progress, 40.0)
            self.assertIn("10 of 25", form.fetch_summary)
        with Form(self.fetch) as form:
            self.assertEqual(form.total, 25)

    def test_many_readings_are_shown_with_as_many_queries_as_one(self):
        self.fetch._start()
        for _more in range(4):
            self.shop.fetch_catalog()
        readings = self.env["merchantpro.catalog.fetch"].search([])
        self.assertEqual(len(readings), 5)

        def queries(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.mapped("summary")
            return self.env.cr.sql_log_count - before

        queries(readings)  # languages and the like are cached
        self.assertEqual(queries(readings), queries(readings[:1]))

    def test_old_readings_go_unfinished_ones_stay(self):
        self.fetch._start()
        self.shop.fetch_catalog()
        self.env.flush_all()
        paused = self.env["merchantpro.catalog.fetch"].create({"shop_id": self.shop.id})
        paused.action_pause()
        self.env.cr.execute(
            "UPDATE merchantpro_catalog_fetch SET create_date = create_date - interval '31 days'"
            " WHERE id IN %s",
            ((self.fetch.id, paused.id),),
        )
        self.env["merchantpro.catalog.fetch"]._gc_readings()
        self.assertFalse(self.fetch.exists())
        self.assertEqual(len(self.env["merchantpro.catalog.fetch"].search([])), 2)
        self.assertTrue(paused.exists())
