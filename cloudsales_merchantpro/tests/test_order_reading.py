"""What is read from the site and when, and how it is kept."""

import datetime

from psycopg2.errors import NotNullViolation

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .order_case import SERVICES, OrderCase

CARD = {"payment_method_code": "euplatesc", "payment_status": "awaiting"}
ORDER = "odoo.addons.cloudsales_merchantpro.models.merchantpro_order"


class ReadingCase(OrderCase):
    goods = SERVICES
    books = False

    @property
    def reading(self):
        return self.env["merchantpro.order.reading"].search([("shop_id", "=", self.shop.id)])

    def ago(self, **period):
        return fields.Datetime.now() - datetime.timedelta(**period)

    def placed_ago(self, **period):
        return self.ago(**period).isoformat() + "+00:00"


class TestOldOrders(ReadingCase):
    def prepare(self):
        super().prepare()
        self.shop.order_wait_hours = 0
        # An order of five days ago, and one of now that moves the reading past it.
        self.old = self.read_order(
            [{"product_id": 1}], date_created=self.placed_ago(days=5), **CARD
        )
        self.read_order([{"product_id": 1}], date_created=self.placed_ago(minutes=5))
        self.assertEqual(self.old.state, "new")

    def read_all(self):
        self.reading.full_read = False
        self.shop.fetch_orders()

    def test_a_payment_after_five_days_is_seen(self):
        self.site.update("order", self.old.external_id, payment_status="paid")
        self.read_all()
        self.assert_imported(self.old)

    def test_a_cancellation_after_five_days_is_seen(self):
        self.site.update("order", self.old.external_id, shipping_status="cancelled")
        self.read_all()
        self.assertEqual(self.old.state, "ignored")
        self.assertIn("Cancelled", self.old.held_reason)

    def test_an_order_that_is_gone_from_the_site_is_not_waited_for(self):
        self.site.remove("order", self.old.external_id)
        self.read_all()
        self.assertEqual(self.old.state, "ignored")
        self.assertIn("any more", self.old.held_reason)

    def test_old_orders_are_asked_for_fifty_at_a_time_and_only_if_open(self):
        for _turn in range(50):
            self.site.add_order([{"product_id": 1}], date_created=self.placed_ago(days=4), **CARD)
        self.reading.read_until = False  # else the list begins after them
        self.read_all()
        self.site.clear_calls()
        self.read_all()
        asked = [call["query"].get("ids") for call in self.site.calls_of("GET", "/orders")]
        self.assertEqual([len(ids.split(",")) for ids in asked if ids], [50, 1])

    def test_an_unchanged_old_order_is_not_written(self):
        with self.assert_nothing_written():
            self.read_all()

    def test_a_shop_that_refuses_the_key_is_not_asked_for_old_orders(self):
        self.site.faults.set("redirect", location="https://www.right.example")
        self.site.clear_calls()
        self.read_all()
        self.assertEqual(self.shop.state, "error")
        self.assertEqual(len(self.site.calls), 1)


class TestReading(ReadingCase):
    # When

    def test_an_order_dated_in_the_future_hides_no_other(self):
        self.read_order([{"product_id": 1}], date_created="2099-01-01T00:00:00+02:00")
        self.shop.fetch_orders()
        self.assert_imported(
            self.read_order([{"product_id": 1}], date_created=self.placed_ago(minutes=1))
        )
        self.assertLess(self.shop.order_read_until, fields.Datetime.now())

    def test_the_start_date_cannot_be_cleared(self):
        with self.assertRaises(NotNullViolation), mute_logger("odoo.sql_db"):
            self.shop.order_start_date = False
            self.env.flush_all()

    def test_orders_are_read_when_the_interval_has_passed_also_after_a_missed_minute(self):
        self.shop.order_interval = 10
        self.shop.fetch_orders()
        for minutes, due in ((9, False), (10, True), (11, True), (25, True)):
            self.reading.last_read = self.ago(minutes=minutes)
            self.site.clear_calls()
            self.env["merchantpro.shop"]._cron_orders()
            self.assertEqual(bool(self.site.calls_of("GET", "/orders")), due, f"{minutes} min")

    def test_orders_are_read_every_minute_by_a_cron_that_is_never_on_time(self):
        self.shop.order_interval = 1
        self.shop.fetch_orders()
        self.reading.last_read = self.ago(seconds=52)
        self.assertEqual(self.shop._orders_due(), self.shop)

    def test_a_waiting_job_of_a_stopped_shop_asks_nothing(self):
        self.shop._stop_for(ValueError("No"))
        self.site.clear_calls()
        self.shop._job_read_orders(0, True)
        self.shop._job_reread_open(0)
        self.assertEqual(self.site.calls, [])

    def test_a_person_who_reads_again_is_told_what_the_site_said(self):
        order = self.read_order([{"product_id": 1}])
        self.site.faults.set("truncated")
        with self.assertRaisesRegex(UserError, "cut off"):
            order.with_context(queue_job__no_delay=False).action_reread()

    # Romania's clock went from 3:00 to 4:00 on 29 March and from 4:00 to 3:00 on 25 October.

    NIGHTS = {
        "2026-03-29T02:59:59+02:00": "2026-03-29 00:59:59",
        "2026-03-29T04:00:00+03:00": "2026-03-29 01:00:00",
        "2026-10-25T03:30:00+03:00": "2026-10-25 00:30:00",
        "2026-10-25T03:30:00+02:00": "2026-10-25 01:30:00",
        "2026-10-24T20:15:00-05:00": "2026-10-25 01:15:00",
        "2026-10-25T01:20:00Z": "2026-10-25 01:20:00",
        "2026-10-25 01:25:00": "2026-10-25 01:25:00",
    }

    def test_orders_of_both_nights_keep_their_moment_and_their_sequence(self):
        placed = {
            self.site.add_order([{"product_id": 1}], date_created=date)["id"]: moment
            for date, moment in self.NIGHTS.items()
        }
        self.shop.fetch_orders()
        for number, moment in placed.items():
            sale = self.assert_imported(self.order(number))
            self.assertEqual((str(self.order(number).date_created), str(sale.date_order)),
                             (moment, moment))  # fmt: skip
        self.assertEqual(str(self.shop.order_read_until), "2026-10-25 01:30:00")

    def test_an_order_of_the_hour_that_comes_twice_is_read_whichever_it_is(self):
        self.read_order([{"product_id": 1}], date_created="2026-10-25T03:30:00+02:00")
        earlier = self.read_order([{"product_id": 1}], date_created="2026-10-25T03:45:00+03:00")
        self.assert_imported(earlier)
        self.assertEqual(str(self.shop.order_read_until), "2026-10-25 01:30:00")

    def test_the_start_date_is_a_moment_too(self):
        self.shop.order_start_date = "2026-10-25 01:00:00"
        before = self.read_order([{"product_id": 1}], date_created="2026-10-25T03:30:00+03:00")
        after = self.read_order([{"product_id": 1}], date_created="2026-10-25T03:30:00+02:00")
        self.assertEqual((before.state, before.ignored_because), ("ignored", "start"))
        self.assert_imported(after)

    def test_the_list_is_asked_for_more_days_than_any_time_zone_shifts(self):
        self.read_order([{"product_id": 1}], date_created="2026-10-25T03:30:00+03:00")
        self.site.clear_calls()
        self.shop.fetch_orders()
        (call,) = self.site.calls_of("GET", "/orders")
        # Read until 25 October, 0:30 UTC: two days of overlap, and one for the unknown zone.
        self.assertEqual(call["query"]["created_after"], "2026-10-22")

    # What cannot be stored

    def test_characters_that_postgresql_lacks_are_left_out(self):
        placed = self.site.add_order([{"product_id": 1}])
        self.site.update(
            "order",
            placed["id"],
            customer_note="Su\x00nați\ud800!",
            meta_fields={"a\x00b": ["\udfff"]},
        )
        self.shop.fetch_orders()
        order = self.order(placed["id"])
        self.assert_imported(order)
        self.assertEqual(order.payload["customer_note"], "Sunați!")
        self.assertEqual(order.payload["meta_fields"], {"ab": [""]})

    def test_an_order_nested_without_end_is_an_error_and_the_others_come_in(self):
        nested = []
        for _level in range(200):
            nested = [nested]
        placed = self.site.add_order([{"product_id": 1}])
        self.site.update("order", placed["id"], meta_fields={"deep": nested})
        with self.assertLogs(ORDER, "WARNING"):
            self.assert_imported(self.read_order([{"product_id": 1}]))
        bad = self.order(placed["id"])
        self.assertEqual(bad.state, "error")
        self.assertIn("nested", bad.held_reason)
        with self.assertLogs(ORDER, "WARNING"), self.assert_nothing_written():
            self.shop.fetch_orders()

    def test_an_order_the_database_refuses_is_an_error_without_the_buyer_in_the_log(self):
        self.env.cr.execute(
            "ALTER TABLE merchantpro_order ADD CONSTRAINT no_buyer CHECK (buyer <> 'Ion Secret')"
        )
        placed = self.site.add_order([{"product_id": 1}], billing_name="Ion Secret")
        with self.assertLogs(ORDER, "WARNING") as log, mute_logger("odoo.sql_db"):
            self.assert_imported(self.read_order([{"product_id": 1}]))
        self.assertEqual(self.order(placed["id"]).state, "error")
        self.assertNotIn("Secret", "".join(log.output) + self.order(placed["id"]).held_reason)
