"""What the site refuses, or does not answer, when it is told of an order."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields

from merchantpro_simulator.errors import ApiError

from .order_case import OrderCase


class TestOrderToldRefused(OrderCase):
    books = False

    def prepare(self):
        super().prepare()
        self.shop.write({"push_cancelled": True, "push_shipped": True, "push_awb": True})
        self.sale = self.sell()

    def sell(self, number=1):
        orders = self.read_orders([{"product_id": 1}], *[{}] * number)
        return self.env["sale.order"].union(*map(self.assert_imported, orders))

    def cancelled_here(self, sale=None):
        sale = sale or self.sale
        sale._action_cancel()
        self.site.clear_calls()
        return sale.merchantpro_order_id

    def send(self):
        self.shop.send_messages()

    def send_after(self, minutes):
        with freeze_time(fields.Datetime.now() + timedelta(minutes=minutes)):
            self.send()

    def said(self):
        """(method, last word of the path) of the calls about orders."""
        calls = [call for call in self.site.calls if call["path"].startswith("/orders/")]
        return [(call["method"], call["path"].rsplit("/")[-1]) for call in calls]

    def fault(self, name, **options):
        self.site.faults.set(name, method="PATCH", path="/orders", **options)

    def test_a_refusal_is_on_the_order_in_the_site_s_words_and_is_retried_by_a_person(self):
        order = self.cancelled_here()
        self.fault("refused", words="Comanda este deja anulată", times=1)
        self.send()
        message = order.site_message_ids
        self.assertEqual(message.state, "refused")
        self.assertIn("deja anulată", message.problem)
        self.assertEqual(self.shop.untold_count, 1)
        untold = self.env["merchantpro.order"].search([("site_message_ids.state", "=", "refused")])
        self.assertEqual(untold, order)
        self.send_after(minutes=600)
        self.assertEqual(len(self.said()), 1)
        message.action_retry()
        self.assertEqual((message.state, message.problem), ("done", False))
        self.assertEqual(self.site.order(order.external_id)["shipping_status"], "cancelled")
        self.shop.invalidate_recordset(["untold_count"])
        self.assertEqual(self.shop.untold_count, 0)

    def test_an_order_that_the_site_has_no_more_is_gone(self):
        order = self.cancelled_here()
        self.site.remove("order", order.external_id)
        self.send()
        self.assertEqual(order.site_message_ids.state, "gone")

    def test_a_lost_answer_is_asked_for_before_anything_is_said_again(self):
        order = self.cancelled_here()
        self.fault("dropped", times=1)
        self.send()
        message = order.site_message_ids
        self.assertEqual((message.state, message.unsure, message.tries), ("waiting", True, 1))
        self.send()  # not yet
        self.send_after(minutes=2)
        self.assertEqual(message.state, "done")
        self.assertEqual(self.said(), [("PATCH", "cancelled"), ("GET", order.external_id)])

    def test_what_the_site_had_not_done_is_said_again(self):
        order = self.cancelled_here()
        self.fault("busy_500", times=1)
        self.send()
        self.assertIn("failed for the moment", order.site_message_ids.problem)
        self.send_after(minutes=2)
        self.assertEqual(order.site_message_ids.state, "done")
        self.assertEqual(
            self.said(),
            [("PATCH", "cancelled"), ("GET", order.external_id), ("PATCH", "cancelled")],
        )

    def test_it_is_tried_until_the_site_acknowledges(self):
        order = self.cancelled_here()
        self.fault("busy_500")
        with freeze_time(fields.Datetime.now()) as clock:
            for _try in range(10):
                self.send()
                clock.tick(timedelta(hours=2))
        message = order.site_message_ids
        self.assertEqual((message.state, message.tries), ("waiting", 10))
        self.assertEqual(self.shop.untold_count, 1)
        self.site.faults.clear()
        self.send_after(minutes=60 * 24)
        self.assertEqual(message.state, "done")

    def test_a_waybill_whose_answer_was_lost_is_asked_for_too(self):
        sale = self.sale
        sale.picking_ids.carrier_tracking_ref = "AWB1"
        self.site.clear_calls()
        self.fault("truncated", times=1)
        self.send()
        self.send_after(minutes=2)
        self.assertEqual(sale.merchantpro_order_id.site_message_ids.state, "done")
        self.assertEqual([method for method, _path in self.said()], ["PATCH", "GET"])

    def test_no_news_of_an_order_overtakes_another(self):
        sale = self.sale
        number = sale.client_order_ref
        sale.picking_ids.carrier_tracking_ref = "AWB1"
        sale.picking_ids.button_validate()
        self.site.clear_calls()
        self.fault("busy_500", times=1)
        self.send()
        self.assertEqual(self.said(), [("PATCH", number)])
        self.site.clear_calls()
        self.send_after(minutes=2)
        self.assertEqual(self.said(), [("GET", number), ("PATCH", number), ("PATCH", "shipped")])

    def test_one_order_that_fails_keeps_no_other_waiting(self):
        first, second = self.cancelled_here(), self.cancelled_here(self.sell())
        self.fault("busy_500", times=1)
        self.send()
        self.assertEqual((first | second).site_message_ids.mapped("state"), ["waiting", "done"])

    def test_two_failures_in_a_row_end_the_turn(self):
        self.cancelled_here(self.sell(3))
        self.fault("busy_500")
        self.send()
        self.assertEqual(len(self.said()), 2)

    def test_a_key_that_is_refused_stops_the_shop_and_the_news_waits(self):
        order = self.cancelled_here()
        self.patch(self.site.gate, "_expected", "another")
        self.send()
        self.assertEqual(self.shop.state, "error")
        message = order.site_message_ids
        self.assertEqual((message.state, message.unsure), ("waiting", False))
        self.send()
        self.assertEqual(len(self.said()), 1)

    def test_an_order_the_site_has_as_cancelled_is_shipped_there_only_if_a_person_insists(self):
        sale = self.sale
        order = sale.merchantpro_order_id
        sale.picking_ids.button_validate()
        order.shipping_status = "cancelled"
        self.site.update("order", order.external_id, shipping_status="cancelled")
        self.site.clear_calls()
        self.send()
        message = order.site_message_ids
        self.assertEqual((message.state, self.said()), ("refused", []))
        self.assertIn("as cancelled", message.problem)
        message.action_retry()
        self.assertEqual(self.said(), [("PATCH", "shipped")])
        self.assertEqual(message.state, "done")

    def test_what_is_further_on_the_site_is_not_taken_back(self):
        sale = self.sale
        order = sale.merchantpro_order_id
        sale.picking_ids.button_validate()
        order.shipping_status = "delivered"
        self.site.clear_calls()
        self.send()
        self.assertEqual((order.site_message_ids.state, self.said()), ("done", []))

    def test_a_site_without_the_action_is_told_by_the_field(self):
        order = self.cancelled_here()
        self.patch(self.site.orders, "act", self.no_such_action)
        self.send()
        self.assertEqual(order.site_message_ids.state, "done")
        self.assertEqual(self.site.order(order.external_id)["shipping_status"], "cancelled")

    def no_such_action(self, _number, _action):
        raise ApiError(405, "method_not_allowed", "Method not allowed")
