from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.delivery_awb.models.awb_errors import AwbUnavailable, AwbUncertain

from .awb_case import AwbCase


@tagged("post_install", "-at_install")
class TestUncertain(AwbCase):
    def lost(self):
        """A waybill whose request or answer was lost; the courier does not know it."""
        self.courier.create_fails = AwbUncertain("No answer.")
        waybill = self.transfers[0]._make_awb()
        self.assertEqual(waybill.state, "uncertain")
        self.courier.create_fails = None
        return waybill

    def settle(self, waybill):
        waybill.sent_at = fields.Datetime.subtract(fields.Datetime.now(), minutes=11)

    def test_lost_answer_is_looked_up_not_repeated(self):
        self.courier.lose_answer = True
        picking = self.transfers[0]
        picking.action_make_awb()
        self.assertEqual((picking.awb_id.state, picking.awb_id.number), ("issued", "T1000"))
        self.assertEqual(self.courier.asked, ["create", "find", "label"])

    def test_it_is_made_again_only_when_a_request_must_have_arrived(self):
        waybill = self.lost()
        waybill._job_find()
        self.assertEqual((waybill.state, waybill.attempts), ("uncertain", 1))
        self.settle(waybill)
        waybill._job_find()
        self.assertEqual((waybill.state, waybill.attempts), ("issued", 2))
        self.assertEqual(len(self.courier.made), 1)

    def test_it_is_not_made_again_for_ever(self):
        waybill = self.lost()
        self.courier.create_fails = AwbUncertain("No answer.")
        for _each in range(4):
            self.settle(waybill)
            waybill._job_find()
        self.assertEqual(waybill.state, "error")
        self.assertEqual(self.courier.asked.count("create"), 3)

    def test_courier_that_cannot_be_asked_now_is_asked_later(self):
        waybill = self.lost()
        self.settle(waybill)
        for error in (AwbUnavailable("Away."), ValueError("not JSON")):
            self.courier.find_fails = error
            with mute_logger("odoo.addons.delivery_awb.models.delivery_awb_find"):
                waybill._job_find()
            self.assertEqual(waybill.state, "uncertain")
            self.assertIn(str(error), waybill.problem)
        self.assertEqual(self.courier.asked.count("create"), 1)

    def test_fault_of_ours_after_the_request_may_have_left_is_no_refusal(self):
        self.courier.create_fails = KeyError("number")
        with mute_logger("odoo.addons.delivery_awb.models.delivery_awb_make"):
            waybill = self.transfers[0]._make_awb()
        self.assertEqual(waybill.state, "uncertain")

    def test_only_a_manager_says_that_it_does_not_exist(self):
        waybill = self.lost()
        user = new_test_user(self.env, "packer", "stock.group_stock_user")
        with self.assertRaises(AccessError):
            waybill.with_user(user).action_not_there()
        waybill.action_not_there()
        self.assertEqual((waybill.state, waybill.queued), ("draft", False))
        waybill.action_retry()
        self.assertEqual(waybill.state, "issued")

    def test_cancelled_meanwhile_it_is_cancelled_as_soon_as_it_is_found(self):
        self.courier.find_fails = AwbUnavailable("Away.")
        self.courier.lose_answer = True
        waybill = self.transfers[0]._make_awb()
        waybill.picking_id.action_cancel()
        self.assertEqual((waybill.state, waybill.cancel_wanted), ("uncertain", True))
        self.courier.find_fails = None
        waybill.action_look_up()
        self.assertEqual(waybill.state, "cancelled")
        self.assertEqual(self.courier.cancelled, ["T1000"])

    def test_detached_one_is_looked_up_and_is_no_longer_of_its_transfer(self):
        self.courier.find_fails = AwbUnavailable("Away.")
        self.courier.lose_answer = True
        waybill = self.transfers[0]._make_awb()
        waybill.action_detach()
        self.courier.find_fails = None
        waybill.action_look_up()
        self.assertEqual(waybill.state, "issued")
        self.assertFalse(waybill.picking_id.carrier_tracking_ref or waybill.picking_id.awb_id)

    def test_cancelled_meanwhile_it_is_not_made_again(self):
        waybill = self.lost()
        waybill.action_cancel()
        self.settle(waybill)
        waybill._job_find()
        self.assertEqual(waybill.state, "cancelled")
        self.assertEqual(len(self.courier.made), 0)
