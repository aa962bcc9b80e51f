from odoo.tests import tagged

from odoo.addons.delivery_awb.models.awb_errors import AwbRefused, AwbUnavailable

from .awb_case import AwbCase


@tagged("post_install", "-at_install")
class TestMake(AwbCase):
    def test_one_click_makes_the_waybill_and_fetches_its_label(self):
        picking = self.new_transfer(quantity=3)
        picking.action_make_awb()
        waybill = picking.awb_id
        self.assertEqual((waybill.state, waybill.number, waybill.cost), ("issued", "T1000", 12.5))
        self.assertEqual((waybill.weight, waybill.parcel_count), (6.0, 1))
        self.assertTrue(waybill.label)
        self.assertEqual((picking.carrier_tracking_ref, picking.carrier_price), ("T1000", 12.5))
        self.assertEqual(self.courier.asked, ["create", "label"])

    def test_twice_makes_one(self):
        picking = self.new_transfer()
        picking.action_make_awb()
        picking.action_make_awb()
        self.assertEqual(len(self.courier.made), 1)
        self.assertEqual(len(picking.awb_ids), 1)

    def test_refusal_stays_in_words_until_it_is_sent_again(self):
        self.courier.create_fails = AwbRefused("No such street.")
        picking = self.new_transfer()
        picking.action_make_awb()
        waybill = picking.awb_ids
        self.assertEqual((waybill.state, waybill.problem), ("error", "No such street."))
        self.assertFalse(picking.awb_id)
        self.courier.create_fails = None
        waybill.action_retry()
        self.assertEqual((waybill.state, waybill.problem), ("issued", False))

    def test_courier_that_is_away_is_tried_again(self):
        self.courier.create_fails = AwbUnavailable("No connection.")
        picking = self.new_transfer()
        picking.action_make_awb()
        waybill = picking.awb_ids
        self.assertEqual((waybill.state, waybill.queued), ("draft", True))
        self.assertTrue(waybill.try_after)

    def test_lost_answer_is_looked_up_not_repeated(self):
        self.courier.lose_answer = True
        picking = self.new_transfer()
        picking.action_make_awb()
        self.assertEqual(picking.awb_ids.state, "issued")
        self.assertEqual(self.courier.asked, ["create", "find", "label"])
        self.assertEqual(len(self.courier.made), 1)
