from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.delivery_awb.models.awb_errors import AwbRefused, AwbUnavailable

from .awb_case import AwbCase


@tagged("post_install", "-at_install")
class TestCancel(AwbCase):
    @classmethod
    def prepare(cls):
        cls.picking = cls.transfers[0]
        cls.picking.action_make_awb()
        cls.waybill = cls.picking.awb_id

    def test_cancelled_at_the_courier_and_here(self):
        self.waybill.action_cancel()
        self.assertEqual(self.waybill.state, "cancelled")
        self.assertEqual(self.courier.cancelled, ["T1000"])
        self.assertFalse(self.picking.carrier_tracking_ref or self.picking.carrier_price)
        self.picking.action_make_awb()
        self.assertEqual(self.picking.awb_id.number, "T1001")
        self.assertNotEqual(*self.picking.awb_ids.mapped("reference"))

    def test_cancelled_transfer_cancels_its_waybill(self):
        self.picking.action_cancel()
        self.assertEqual(self.waybill.state, "cancelled")
        self.assertEqual(self.courier.cancelled, ["T1000"])

    def test_refused_cancel_stays_in_words_and_asks_a_person(self):
        self.courier.cancel_fails = AwbRefused("It is on the van.")
        self.waybill.action_cancel()
        self.assertEqual((self.waybill.state, self.waybill.cancel_wanted), ("issued", False))
        self.assertIn("on the van", self.waybill.problem)
        self.assertEqual(len(self.waybill.activity_ids), 1)

    def test_courier_that_is_away_is_told_later(self):
        self.courier.cancel_fails = AwbUnavailable("Away.")
        self.waybill.action_cancel()
        self.assertEqual((self.waybill.state, self.waybill.cancel_wanted), ("issued", True))
        self.courier.cancel_fails = None
        self.waybill._job_cancel()
        self.assertEqual(self.waybill.state, "cancelled")

    def test_what_was_picked_up_is_not_cancelled(self):
        self.waybill._become("picked_up")
        with self.assertRaisesRegex(UserError, "has picked up T1000"):
            self.waybill.action_cancel()
        self.picking.action_cancel()
        self.assertEqual(self.waybill.state, "picked_up")
        self.assertIn("the courier has the parcel", self.waybill.activity_ids.note)

    def test_detached_one_frees_the_transfer_and_its_number_stays_in_words(self):
        self.waybill._become("refused")
        self.waybill.action_detach()
        self.assertIn("T1000", self.picking.message_ids[0].body)
        self.assertFalse(self.picking.awb_id or self.picking.carrier_tracking_ref)
        self.assertEqual((self.waybill.number, self.waybill.state), ("T1000", "refused"))
        self.picking.action_make_awb()
        self.assertEqual(self.picking.awb_id.number, "T1001")

    def test_draft_is_cancelled_without_a_call(self):
        picking = self.transfers[1]
        picking.action_prepare_awb()
        picking.awb_ids.action_cancel()
        self.assertEqual(picking.awb_ids.state, "cancelled")
        self.assertEqual(self.courier.cancelled, [])

    def test_impossible_change_is_refused_in_words(self):
        self.waybill._become("delivered")
        with self.assertRaisesRegex(UserError, "“Delivered” and cannot become “Issued”"):
            self.waybill._become("issued")
