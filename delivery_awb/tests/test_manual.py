import base64

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from odoo.addons.delivery_awb.models.awb_errors import AwbUncertain

from .awb_case import AwbCase
from .courier import PDF


@tagged("post_install", "-at_install")
class TestManual(AwbCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manual = cls.carrier.copy(
            {"delivery_type": "manual", "tracking_url": "https://other.example/{number}"}
        )

    def type_number(self, picking, number, **values):
        action = picking.action_type_awb()
        wizard = Form(self.env[action["res_model"]].with_context(**action["context"]))
        wizard.number = number
        for name, value in values.items():
            wizard[name] = value
        wizard.save().action_done()
        return picking.awb_id

    def test_number_is_typed_label_attached_and_state_set_by_hand(self):
        picking = self.new_transfer(carrier_id=self.manual.id)
        waybill = self.type_number(picking, " X1 ", label=base64.b64encode(PDF), cost=20)
        self.assertEqual((waybill.number, waybill.state, waybill.cost), ("X1", "issued", 20))
        self.assertEqual(waybill.tracking_url, "https://other.example/X1")
        self.assertEqual(picking.carrier_tracking_url, "https://other.example/X1")
        self.assertEqual(waybill._merged_labels(), PDF)
        waybill.action_picked_up()
        waybill.action_refused()
        waybill.action_returned()
        self.assertEqual(waybill.state, "returned")
        self.assertEqual(self.courier.asked, [])

    def test_validation_waits_for_no_number(self):
        picking = self.new_transfer(carrier_id=self.manual.id)
        self.validate(picking)
        self.assertEqual(picking.state, "done")
        self.assertEqual(self.type_number(picking, "X1").state, "issued")

    def test_one_asked_for_by_itself_waits_for_its_number(self):
        picking = self.new_transfer(carrier_id=self.manual.id)
        picking._make_awb()
        self.assertIn("Type the number", picking.awb_ids.problem)
        self.assertEqual(self.type_number(picking, "X1"), picking.awb_ids)

    def test_it_is_cancelled_here(self):
        waybill = self.type_number(self.new_transfer(carrier_id=self.manual.id), "X1")
        waybill.action_cancel()
        self.assertEqual(waybill.state, "cancelled")

    def test_lost_waybill_that_a_person_found_is_adopted(self):
        self.courier.create_fails = AwbUncertain("No answer.")
        picking = self.transfers[0]
        picking.action_make_awb()
        waybill = self.type_number(picking, "T77")
        self.assertEqual((waybill.state, waybill.carrier_id), ("issued", self.carrier))
        self.assertTrue(waybill.label)

    def test_number_that_is_here_already_and_a_label_that_is_no_pdf_are_refused(self):
        self.type_number(self.new_transfer(carrier_id=self.manual.id), "X1")
        picking = self.new_transfer(carrier_id=self.manual.id)
        with self.assertTaken():
            self.type_number(picking, "X1")
        with self.assertRaisesRegex(UserError, "has to be a PDF"):
            self.type_number(picking, "X2", label=base64.b64encode(b"GIF89a"))

    def test_followed_courier_is_not_contradicted(self):
        picking = self.transfers[0]
        picking.action_make_awb()
        with self.assertRaisesRegex(UserError, "followed at the courier"):
            picking.awb_id.action_delivered()
