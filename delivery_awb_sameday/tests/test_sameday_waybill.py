"""From one click to the buyer's door, and what the courier says no to."""

import base64
import io

from odoo.tests import tagged
from odoo.tools.pdf import PdfReader

from .sameday_case import SamedayCase


@tagged("post_install", "-at_install")
class TestSamedayWaybill(SamedayCase):
    def follow(self, waybill, *steps, **options):
        self.courier.move(waybill.number, *steps, **options)
        return self.carrier.sameday_awb_status(waybill)[waybill]["state"]

    def test_one_click_makes_number_cost_label_and_link(self):
        picking = self.transfers[0]
        picking.action_make_awb()
        waybill, (kept,) = picking.awb_id, self.courier.all()
        self.assertEqual((waybill.number, picking.carrier_tracking_ref), (kept["number"],) * 2)
        lei = self.env.ref("base.RON")
        cost = lei._convert(kept["cost"], waybill.currency_id, waybill.company_id, "2026-01-01")
        if waybill.currency_id == lei:
            self.assertEqual(waybill.cost, cost)
        self.assertTrue(waybill.cost)
        self.assertIn(waybill.number, waybill.tracking_url)
        page = PdfReader(io.BytesIO(base64.b64decode(waybill.label))).pages[0]
        self.assertIn(waybill.number, page.extract_text())
        self.assertEqual(round(float(page.mediabox.width)), 298)  # A6
        picking.action_make_awb()
        self.assertEqual(self.courier.count(), 1)

    def test_refusal_names_field_and_reason(self):
        self.courier.faults.set(
            "refused", path="/api/awb", field="awbRecipient.address", words="Zonă suspendată."
        )
        waybill = self.make(self.transfers[0])
        self.assertEqual(
            (waybill.state, waybill.problem), ("error", "awbRecipient.address: Zonă suspendată.")
        )
        self.courier.faults.clear()
        waybill.action_retry()
        self.assertEqual((waybill.state, self.courier.count()), ("issued", 1))

    def test_courier_that_is_away_is_tried_again(self):
        gone = self.new_carrier(sameday_url="http://127.0.0.1:9")
        for name in ("sameday.service", "sameday.pickup.point"):
            for row in self.env[name].search([("carrier_id", "=", self.carrier.id)]):
                row.copy({"carrier_id": gone.id})
        self.transfers[0].carrier_id = gone
        waybill = self.make(self.transfers[0])
        self.assertEqual((waybill.state, waybill.queued), ("draft", True))
        self.assertIn("cannot be reached", waybill.problem)

    def test_the_way_to_the_door(self):
        waybill = self.make(self.transfers[0])
        self.assertEqual(self.follow(waybill, "picked_up"), "picked_up")
        self.assertEqual(self.follow(waybill, "in_transit", "out"), "in_transit")
        self.assertEqual(self.follow(waybill, "at_point"), "at_point")
        self.assertEqual(self.follow(waybill, "delivered"), "delivered")

    def test_the_way_back(self):
        waybill = self.make(self.transfers[0])
        self.assertEqual(self.follow(waybill, "refused", reason="nu mai vreau"), "refused")
        self.assertEqual(self.follow(waybill, "returning"), "returning")
        self.assertEqual(self.follow(waybill, "returned"), "returned")

    def test_one_unknown_waybill_does_not_hide_the_others(self):
        lost, known = (self.make(each) for each in self.transfers[:2])
        lost.number = "1SDYNONE"
        told = self.carrier.sameday_awb_status(lost | known)
        self.assertEqual(set(told), {known})

    def test_cancelled_before_it_is_picked_up_only(self):
        waybill = self.make(self.transfers[0])
        self.courier.move(waybill.number, "picked_up")
        waybill.action_cancel()
        self.assertEqual(waybill.state, "issued")
        self.assertIn("can no longer be cancelled", waybill.problem)

    def test_an_order_is_quoted_what_sameday_asks(self):
        order = self.transfers[0].sale_id
        rate = self.carrier.rate_shipment(order)
        self.assertTrue(rate["success"], rate)
        self.assertEqual(self.courier.count(), 0)
        self.buyer.phone = False
        rate = self.carrier.rate_shipment(order)
        self.assertFalse(rate["success"])
        self.assertIn("phone", rate["error_message"])
