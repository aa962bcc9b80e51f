"""A waybill whose answer was lost: found again, or made once more without ever being two."""

import datetime

from odoo.tests import tagged

from .sameday_case import SamedayCase

LOST = {"path": "/api/awb", "method": "POST", "times": 1}


@tagged("post_install", "-at_install")
class TestSamedayFind(SamedayCase):
    def age(self, waybill, minutes=11):
        """The request must have arrived by now."""
        waybill.sent_at -= datetime.timedelta(minutes=minutes)

    def test_what_was_made_is_found_by_our_reference_on_its_label(self):
        self.make(self.transfers[0], cod_amount=10, cod_by_hand=True)
        # Alike, of somebody who uses the same account by hand.
        form = {**self.courier.all()[0]["form"], "clientInternalReference": "BY HAND"}
        form["observation"] = ""
        self.courier.awbs.create(form)
        self.courier.faults.set("late_500", **LOST)
        waybill = self.make(self.transfers[1], cod_amount=10, cod_by_hand=True)
        self.assertEqual(waybill.state, "issued")
        self.assertEqual(waybill.number, self.courier.all()[-1]["number"])
        self.assertEqual(self.courier.count(waybill.reference), 1)
        self.assertTrue(waybill.label)

    def test_what_never_arrived_is_sent_again(self):
        self.courier.faults.set("busy_500", **LOST)
        waybill = self.make(self.transfers[0])
        self.assertEqual((waybill.state, self.courier.count()), ("uncertain", 0))
        self.age(waybill)
        waybill.action_look_up()
        self.assertEqual((waybill.state, self.courier.count()), ("issued", 1))

    def test_what_cannot_be_seen_is_never_made_twice_and_a_person_is_asked(self):
        self.courier.label_has_reference = False
        self.addCleanup(setattr, self.courier, "label_has_reference", True)
        self.patch(
            type(self.carrier), "_sameday_observation", lambda carrier, waybill: "fără număr"
        )
        self.courier.faults.set("dropped", **LOST)
        waybill = self.make(self.transfers[0])
        self.assertEqual(waybill.state, "uncertain")
        for _again in range(3):
            self.age(waybill)
            waybill.action_look_up()
        number = self.courier.all()[0]["number"]
        self.assertEqual((waybill.state, self.courier.count()), ("uncertain", 1))
        self.assertIn(waybill.reference, waybill.problem)
        self.assertIn(number, waybill.problem)
        self.assertIn("eawb.sameday.ro", waybill.problem)

    def test_a_cancelled_one_gives_its_transfer_another_with_another_reference(self):
        picking = self.transfers[0]
        first = self.make(picking)
        first.action_cancel()
        self.assertEqual((first.state, self.courier.all()[0]["step"]), ("cancelled", "cancelled"))
        picking.action_make_awb()
        self.assertEqual(picking.awb_id.state, "issued")
        self.assertNotEqual(picking.awb_id.reference, first.reference)
