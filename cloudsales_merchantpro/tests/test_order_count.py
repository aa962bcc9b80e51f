"""The orders of the last two days are counted on both sides."""

import datetime

from freezegun import freeze_time

from odoo import fields

from .order_case import SERVICES, OrderCase

MUG = [{"product_id": 1}]


class TestOrderCount(OrderCase):
    goods = SERVICES
    page_size = 10

    def setUp(self):
        super().setUp()
        self.now = fields.Datetime.now()

    def ago(self, **period):
        return (self.now - datetime.timedelta(**period)).isoformat() + "+00:00"

    def count(self):
        return self.env["merchantpro.order.count"].browse(self.shop.action_count_orders()["res_id"])

    def told(self):
        return "".join(self.shop.message_ids.mapped("body"))

    def test_both_sides_alike_are_counted_and_nobody_is_told(self):
        for hours in (1, 20, 47):
            self.read_order(MUG, date_created=self.ago(hours=hours))
        messages = self.shop.message_ids
        with self.assert_nothing_written():
            count = self.count()
        self.assertEqual((count.state, count.site_count, count.our_count), ("done", 3, 3))
        self.assertFalse(count.differs or count.missing or count.extra)
        self.assertEqual(self.shop.message_ids, messages)

    def test_only_numbers_are_asked_for(self):
        self.site.add_order(MUG, date_created=self.ago(minutes=1))
        self.count()
        (call,) = self.site.calls_of("GET", "/orders")
        self.assertEqual(call["query"]["fields"], "id,date_created")

    def test_what_is_missing_here_is_fetched_and_told(self):
        self.read_order(MUG, date_created=self.ago(hours=2))
        lost = self.site.add_order(MUG, date_created=self.ago(hours=5))
        count = self.count()
        self.assertEqual((count.site_count, count.our_count), (2, 1))
        self.assertEqual((count.missing, count.differs), (lost["id"], True))
        self.assert_imported(self.order(lost["id"]))
        self.assertIn(lost["id"], self.told())

    def test_what_is_only_here_is_told_and_no_longer_waited_for(self):
        done = self.read_order(MUG, date_created=self.ago(hours=2))
        waiting = self.read_order(MUG, date_created=self.ago(hours=3), payment_status="temporary")
        for order in (done, waiting):
            self.site.remove("order", order.external_id)
        count = self.count()
        self.assertEqual((count.site_count, count.our_count), (0, 2))
        self.assertEqual(count.extra, f"{done.external_id}, {waiting.external_id}")
        self.assertEqual((done.state, waiting.state), ("done", "ignored"))
        self.assertIn(done.external_id, self.told())

    def test_what_was_placed_just_now_or_long_ago_is_no_difference(self):
        self.site.add_order(MUG, date_created=self.ago(minutes=5))
        self.site.add_order(MUG, date_created=self.ago(hours=50))
        count = self.count()
        self.assertEqual((count.site_count, count.differs), (0, False))

    def test_orders_from_before_the_start_date_are_no_difference(self):
        self.shop.order_start_date = self.now - datetime.timedelta(hours=3)
        self.site.add_order(MUG, date_created=self.ago(hours=5))
        self.assertFalse(self.count().differs)

    def test_more_than_a_page_is_counted_to_the_end(self):
        for number in range(1, 14):
            self.site.add_order(MUG, id=str(number), date_created=self.ago(hours=2))
        self.shop.fetch_orders()
        self.site.add_order(MUG, id="lost", date_created=self.ago(hours=1))
        count = self.count()
        self.assertEqual((count.site_count, count.our_count, count.missing), (14, 13, "lost"))

    def test_dates_are_moments_whatever_their_offset(self):
        with freeze_time("2026-10-26 10:00:00", tick=True):
            # The night between had 25 hours; the period begins at 9:45 UTC two days before.
            self.shop.order_start_date = "2026-10-01 00:00:00"
            dates = {
                "1": "2026-10-25T03:30:00+03:00",
                "2": "2026-10-25T03:30:00+02:00",
                "3": "2026-10-24T12:46:00+03:00",
                "4": "2026-10-24T12:44:00+03:00",
                "5": "2026-10-24T19:46:00+10:00",
                "6": "2026-10-23T21:44:00-12:00",
            }
            for number, date in dates.items():
                self.site.add_order(MUG, id=number, date_created=date)
            self.assertEqual(set(self.count().missing.split(", ")), {"1", "2", "3", "5"})

    def test_an_order_without_a_number_hides_no_other(self):
        lost = self.site.add_order(MUG, date_created=self.ago(hours=1))
        for number in (None, [["nested"]]):
            self.site.store.put("order", {**lost, "id": number})
        self.assertEqual(self.count().missing, lost["id"])

    def test_it_is_done_every_night_where_orders_are_read(self):
        silent = self.make_shop(name="Silent", order_interval=0)
        self.env["merchantpro.shop"]._cron_count_orders()
        counted = self.env["merchantpro.order.count"].search([]).shop_id
        self.assertIn(self.shop, counted)
        self.assertNotIn(silent, counted)

    def test_old_counts_are_removed(self):
        count = self.count()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE merchantpro_order_count SET create_date = create_date - interval '31 days'"
        )
        self.env.invalidate_all()
        self.env["merchantpro.order.count"]._gc_counts()
        self.assertFalse(count.exists())
