"""Which orders are imported, by their payment and shipping state, and how long one waits."""

import datetime

from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.tools import mute_logger

from .order_case import SERVICES, OrderCase

CARD = {"payment_method_code": "euplatesc", "payment_status": "awaiting"}
MUG = [{"product_id": 1}]


class TestStates(OrderCase):
    goods = SERVICES
    books = False

    def prepare(self):
        super().prepare()
        self.shop.order_wait_hours = 24

    def decide(self, kind, code, decision):
        self.shop.order_status_ids.filtered(
            lambda row: (row.kind, row.code) == (kind, code)
        ).decision = decision

    def reread(self, order, **changes):
        self.site.update("order", order.external_id, **changes)
        self.shop.fetch_orders()

    def test_a_new_shop_has_a_decision_for_each_state_that_is_known(self):
        decided = {(row.kind, row.code): row.decision for row in self.shop.order_status_ids}
        self.assertEqual(len(decided), 15)
        self.assertEqual(decided["payment", "temporary"], "wait")
        self.assertEqual(decided["shipping", "delivered"], "hold")
        self.assertEqual(decided["shipping", "cancelled"], "ignore")

    def test_cash_on_delivery_and_bank_transfer_come_in_at_once_and_a_card_when_paid(self):
        methods = ({"payment_method_code": code} for code in ("cash_delivery", "wire"))
        cash, wire, card = self.read_orders(MUG, *methods, CARD)
        self.assert_imported(cash)
        self.assert_imported(wire)
        self.assertEqual(card.state, "new")
        self.reread(card, payment_status="paid")
        self.assert_imported(card)

    def test_orders_may_wait_until_the_site_has_them_confirmed(self):
        self.decide("shipping", "awaiting", "wait")
        order = self.read_order(MUG)
        self.assertEqual(order.state, "new")
        self.assertIn("awaiting", order.held_reason)
        self.reread(order, shipping_status="confirmed")
        self.assert_imported(order)

    def test_orders_may_wait_for_any_payment(self):
        self.decide("payment", "awaiting", "wait")
        order = self.read_order(MUG, payment_method_code="wire")
        self.assertEqual(order.state, "new")
        self.reread(order, payment_status="paid")
        self.assert_imported(order)

    def test_another_decision_is_for_the_waiting_and_held_orders_too(self):
        self.decide("shipping", "awaiting", "wait")
        waiting, held = self.read_orders(MUG, {}, {"payment_status": "failed"})
        self.assertEqual((waiting.state, held.state), ("new", "held"))
        self.decide("shipping", "awaiting", "take")
        self.decide("payment", "failed", "ignore")
        self.assert_imported(waiting)
        self.assertEqual(held.state, "ignored")
        self.assertIn("failed", held.held_reason)

    def test_the_stricter_of_the_two_states_decides(self):
        expected = {
            ("paid", "cancelled"): "ignored",
            ("failed", "cancelled"): "ignored",
            ("failed", "temporary"): "held",
            ("temporary", "delivered"): "held",
            ("paid", "temporary"): "new",
        }
        orders = self.read_orders(
            MUG, *({"payment_status": pay, "shipping_status": ship} for pay, ship in expected)
        )
        found = {(order.payment_status, order.shipping_status): order.state for order in orders}
        self.assertEqual(found, expected)

    def test_a_state_nobody_knew_is_imported_and_appears_in_the_settings(self):
        self.assert_imported(self.read_order(MUG, shipping_status="at_the_locker"))
        row = self.shop.order_status_ids.filtered(lambda row: row.code == "at_the_locker")
        self.assertEqual((row.kind, row.decision), ("shipping", "take"))

    def test_an_order_that_is_cancelled_no_more_comes_in(self):
        order = self.read_order(MUG, shipping_status="cancelled")
        self.reread(order, shipping_status="awaiting")
        self.assert_imported(order)

    def test_what_a_person_ignored_stays_ignored_whatever_the_site_says(self):
        order = self.read_order(MUG, **CARD)
        order.action_ignore()
        self.reread(order, payment_status="paid")
        self.assertEqual((order.state, order.ignored_because), ("ignored", "person"))

    def test_states_are_looked_up_once_for_many_orders(self):
        placed = self.read_orders(MUG, *[{"payment_status": "temporary"}] * 12)
        orders = self.env["merchantpro.order"].union(*placed)
        self.env.flush_all()

        def queries(count):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            orders[:count].process()
            return self.cr.sql_log_count - before

        self.assertEqual(queries(2), queries(12))

    # Unfinished

    def later(self, order, **period):
        """The order as the inbox has it after that time."""
        placed = fields.Datetime.now() - datetime.timedelta(**period)
        self.site.update("order", order.external_id, date_created=placed.isoformat() + "+00:00")
        self.shop.order_reading_ids.read_until = False  # the list is read from the start date

    def read_all(self):
        self.shop.order_reading_ids.full_read = False
        self.shop.fetch_orders()

    def dropped(self, **header):
        order = self.read_order(MUG, **header)
        self.assertEqual(order.state, "new")
        self.later(order, hours=25)
        self.read_all()
        self.assertEqual((order.state, order.ignored_because), ("ignored", "unfinished"))
        return order

    def test_a_card_payment_never_made_is_dropped_with_the_reason(self):
        order = self.dropped(**CARD)
        self.assertIn("24 hours", order.held_reason)

    def test_an_order_its_buyer_never_finished_is_dropped(self):
        self.dropped(payment_status="temporary")
        self.dropped(shipping_status="temporary")

    def test_time_alone_drops_an_order_the_site_does_not_change(self):
        placed = (fields.Datetime.now() - datetime.timedelta(hours=23)).isoformat() + "+00:00"
        order = self.read_order(MUG, date_created=placed, **CARD)
        self.assertEqual(order.state, "new")
        self.shop.order_wait_hours = 22
        self.read_all()
        self.assertEqual(order.state, "ignored")

    def test_an_order_within_its_time_waits(self):
        order = self.read_order(MUG, **CARD)
        self.later(order, hours=23)
        self.read_all()
        self.assertEqual(order.state, "new")

    def test_a_dropped_order_comes_in_by_itself_when_it_is_paid(self):
        order = self.dropped(**CARD)
        self.reread(order, payment_status="paid")
        self.assert_imported(order)
        self.assertFalse(order.ignored_because)

    def test_a_dropped_order_is_asked_for_when_it_is_too_old_for_the_list(self):
        order = self.dropped(**CARD)
        self.later(order, days=20)
        self.read_all()
        self.read_order(MUG)  # moves the reading past it
        self.site.update("order", order.external_id, payment_status="paid")
        self.read_all()
        self.assert_imported(order)

    def test_a_dropped_order_frees_its_pieces(self):
        self.mug.write({"type": "consu", "is_storable": True})
        self.set_stock(self.mug, 10)
        self.shop.push_stock = True
        order = self.read_order(MUG, **CARD)
        self.push()
        self.assertEqual(self.site.unit(1)["stock"], 9)
        self.later(order, hours=25)
        self.read_all()
        self.push()
        self.assertEqual(self.site.unit(1)["stock"], 10)

    def test_nobody_waits_less_than_nothing_or_more_than_a_year(self):
        self.read_order(MUG, **CARD)
        method = self.env["merchantpro.payment.method"].search([], limit=1)
        for record, field in ((self.shop, "order_wait_hours"), (method, "wait_hours")):
            for hours in (-1, 9000):
                with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
                    record[field] = hours
                    self.env.flush_all()

    def test_zero_hours_never_drop(self):
        self.shop.order_wait_hours = 0
        order = self.read_order(MUG, **CARD)
        self.later(order, days=400)
        self.read_all()
        self.assertEqual(order.state, "new")

    def test_a_bank_transfer_that_is_waited_for_has_a_week(self):
        self.read_order(MUG, payment_method_code="wire")
        method = self.env["merchantpro.payment.method"].search([("code", "=", "wire")])
        method.wait_for_payment = True
        order = self.read_order(MUG, payment_method_code="wire")
        for days, state in ((6, "new"), (8, "ignored")):
            self.later(order, days=days)
            self.read_all()
            self.assertEqual(order.state, state, f"{days} days")

    def test_an_order_that_waits_for_the_merchant_is_never_dropped(self):
        self.decide("shipping", "awaiting", "wait")
        order = self.read_order(MUG)
        self.later(order, days=3)
        self.read_all()
        self.assertEqual(order.state, "new")

    def test_an_order_the_site_had_lost_for_a_while_comes_back(self):
        order = self.read_order(MUG, **CARD)
        record = self.site.order(order.external_id)
        self.site.remove("order", order.external_id)
        order._read_again(self.shop)
        self.assertEqual((order.state, order.ignored_because), ("ignored", "gone"))
        self.site.store.put("order", record)
        self.shop.fetch_orders()
        self.assertEqual(order.state, "new")
