from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.delivery_awb.models.awb_errors import AwbUnavailable

from .awb_case import AwbCase


@tagged("post_install", "-at_install")
class TestTrack(AwbCase):
    @classmethod
    def prepare(cls):
        cls.pickings = cls.transfers[:2]
        cls.pickings.action_make_awb()
        cls.first, cls.second = (each.awb_id for each in cls.pickings)

    def setUp(self):
        super().setUp()
        self.told = []
        self.patch(self.registry["delivery.awb"], "_on_state", lambda *told: self._note(*told))

    def _note(self, waybills, before):
        self.told.append((waybills.mapped("number"), before, waybills[0].state))

    def say(self, state, words="", number="T1000"):
        at = fields.Datetime.to_datetime("2026-01-31 10:00:00")
        self.courier.states[number] = {"state": state, "words": words, "at": at}

    def track(self):
        (self.first | self.second).tracked_at = False
        self.env["delivery.awb"]._cron_track()

    def test_each_change_is_told_once(self):
        self.say("in_transit", "La hub")
        self.track()
        self.track()
        self.assertEqual(self.told, [(["T1000"], "issued", "in_transit")])
        self.assertEqual(self.first.courier_status, "La hub")
        self.assertEqual(str(self.first.courier_status_at), "2026-01-31 10:00:00")
        self.assertEqual(self.second.state, "issued")

    def test_states_only_go_forward(self):
        self.say("at_point")
        self.track()
        self.say("picked_up", "late news")
        self.track()
        self.assertEqual((self.first.state, self.first.courier_status), ("at_point", "late news"))
        self.assertEqual(len(self.told), 1)

    def test_they_are_asked_together_at_their_interval_while_there_is_news_to_come(self):
        asked = self.courier.asked
        self.track()
        self.env["delivery.awb"]._cron_track()
        self.assertEqual(asked.count("status"), 1)
        self.say("delivered")
        self.say("delivered", number="T1001")
        self.track()
        self.track()
        self.assertEqual(asked.count("status"), 2)
        self.assertEqual(self.second.state, "delivered")

    def test_carrier_that_is_not_followed_is_not_asked(self):
        self.carrier.awb_tracking = False
        self.track()
        self.assertNotIn("status", self.courier.asked)

    def test_courier_that_is_away_is_on_the_waybills_until_it_answers(self):
        self.courier.status_fails = AwbUnavailable("Away.")
        self.track()
        self.assertEqual(self.first.tracking_problem, "Away.")
        self.courier.status_fails = None
        self.say("in_transit")
        self.track()
        self.assertFalse(self.first.tracking_problem)

    def test_fault_in_what_others_do_with_one_keeps_no_other(self):
        def broken(waybills, before):
            if "T1000" in waybills.mapped("number"):
                raise ValueError("a rule broke")

        self.patch(self.registry["delivery.awb"], "_on_state", broken)
        self.say("delivered")
        self.say("delivered", number="T1001")
        with mute_logger("odoo.addons.delivery_awb.models.delivery_awb_track"):
            self.track()
        self.assertEqual((self.first.state, self.second.state), ("issued", "delivered"))
        self.assertEqual(self.first.tracking_problem, "a rule broke")

    def test_cancelled_at_the_courier_frees_the_transfer(self):
        self.say("cancelled")
        self.track()
        self.assertEqual(self.first.state, "cancelled")
        self.assertFalse(self.pickings[0].carrier_tracking_ref)
        self.pickings[0].action_make_awb()
        self.assertEqual(self.pickings[0].awb_id.number, "T1002")

    def test_buyer_who_paid_meanwhile_is_told_to_a_person_once(self):
        self.first.cod_amount = 199.99
        for _each in range(2):
            self.track()
        self.assertEqual(len(self.first.activity_ids), 1)
        self.assertIn("199.99", self.first.activity_ids.note)
        self.assertFalse(self.second.activity_ids)

    def test_button_asks_now(self):
        self.say("in_transit")
        (self.first | self.second).action_track()
        self.assertEqual(self.first.state, "in_transit")
