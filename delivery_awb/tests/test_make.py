from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

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

    def test_click_queues_a_job_each(self):
        pickings = self.transfers[:2]
        with self.trap_jobs() as trap:
            pickings.with_context(queue_job__no_delay=False).action_make_awb()
            trap.assert_jobs_count(2)
        self.assertEqual(pickings.awb_ids.mapped("state"), ["draft", "draft"])
        self.assertEqual(self.courier.asked, [])

    def test_twice_makes_one(self):
        picking = self.transfers[0]
        picking.action_make_awb()
        picking.action_make_awb()
        self.assertEqual(len(self.courier.made), 1)
        self.assertEqual(len(picking.awb_ids), 1)

    def test_database_takes_one_waybill_a_transfer_and_one_of_a_number(self):
        first, second = self.transfers[:2]
        (first | second).action_make_awb()
        with self.assertTaken():
            self.env["delivery.awb"].create(first._prepare_awb_values())
        with self.assertTaken():
            second.awb_id.number = "T1000"
            self.env.flush_all()

    def test_refusal_stays_in_words_until_it_is_sent_again(self):
        self.courier.create_fails = AwbRefused("No such street.")
        picking = self.transfers[0]
        picking.action_make_awb()
        waybill = picking.awb_ids
        self.assertEqual((waybill.state, waybill.problem), ("error", "No such street."))
        self.assertFalse(picking.awb_id)
        reference = waybill._client_reference()
        self.courier.create_fails = None
        waybill.action_retry()
        self.assertEqual((waybill.state, waybill.problem), ("issued", False))
        self.assertEqual(self.courier.made, {"T1001": reference})

    def test_one_that_is_refused_hinders_no_other(self):
        self.product.weight = 0
        pickings = self.new_transfer(count=3)
        self.carrier.awb_default_weight = 0
        pickings[1].move_ids.weight = 0
        pickings[0].shipping_weight = pickings[2].shipping_weight = 1
        pickings.action_make_awb()
        self.assertEqual(pickings.awb_ids.mapped("state"), ["issued", "error", "issued"])
        self.assertIn("weight is zero", pickings[1].awb_ids.problem)
        self.assertEqual(self.courier.asked.count("create"), 2)

    def test_courier_that_is_away_is_tried_again_later(self):
        self.courier.create_fails = AwbUnavailable("No connection.")
        picking = self.transfers[0]
        picking.action_make_awb()
        waybill = picking.awb_ids
        self.assertEqual((waybill.state, waybill.queued), ("draft", True))
        self.assertEqual((waybill.problem, waybill.tries), ("No connection.", 1))
        self.courier.create_fails = None
        waybill._job_make()
        self.assertEqual(waybill.state, "issued")

    def test_amount_is_what_is_unpaid_when_it_is_sent_unless_set_by_hand(self):
        unpaid = [199.99]
        self.patch(self.registry["stock.picking"], "_awb_cod_amount", lambda each: unpaid[0])
        first, second = self.transfers[:2]
        for picking in (first, second):
            picking.action_prepare_awb()
            self.assertEqual(picking.awb_ids.cod_amount, 199.99)
        second.awb_ids.write({"cod_by_hand": True, "cod_amount": 50})
        unpaid[0] = 100
        (first | second).action_make_awb()
        self.assertEqual((first | second).awb_ids.mapped("cod_amount"), [100, 50])

    def test_default_weight_where_nobody_knows_one(self):
        self.product.weight = 0
        self.carrier.awb_default_weight = 1.5
        picking = self.new_transfer()
        picking.action_make_awb()
        self.assertEqual(picking.awb_id.weight, 1.5)

    def test_fault_in_what_others_do_keeps_the_number_and_the_label(self):
        def broken(waybills, before):
            if waybills.state == "issued":
                raise ValueError("a rule broke")

        self.patch(self.registry["delivery.awb"], "_on_state", broken)
        with mute_logger("odoo.addons.delivery_awb.models.delivery_awb_make"):
            waybill = self.transfers[0]._make_awb()
        self.assertEqual((waybill.state, waybill.number), ("issued", "T1000"))
        self.assertTrue(waybill.label)

    def test_refused_one_goes_with_the_carrier_that_is_chosen_next(self):
        self.courier.create_fails = AwbRefused("Not there.")
        picking = self.transfers[0]
        picking.action_make_awb()
        self.courier.create_fails = None
        another = self.carrier.copy()
        picking.carrier_id = another
        picking.action_make_awb()
        picking.carrier_id = self.carrier
        self.assertEqual(picking.awb_id.carrier_id, another)
        self.assertEqual(picking.carrier_tracking_url, "https://courier.example/T1001")

    def test_what_the_courier_has_is_not_deleted(self):
        picking = self.transfers[0]
        picking.action_make_awb()
        with self.assertRaisesRegex(UserError, "cancel it"):
            picking.awb_id.unlink()

    def test_what_hinders_is_told(self):
        transfer = self.transfers[0]
        transfer.carrier_id = False
        with self.assertRaisesRegex(UserError, "has no carrier"):
            transfer.action_make_awb()
        many = self.transfers
        many[1].action_make_awb()
        message = many.action_make_awb()["params"]["message"]
        self.assertIn("asked for: 1. Made before: 1.", message)
        self.assertIn("has no carrier", message)
        self.assertEqual(len(self.courier.made), 2)
        self.env["stock.picking"].browse().action_make_awb()

    def test_copy_of_a_database_calls_nobody(self):
        self.env["ir.config_parameter"].set_param("database.is_neutralized", "True")
        picking = self.transfers[0]
        picking.action_make_awb()
        self.assertEqual(picking.awb_ids.state, "error")
        self.assertEqual(self.courier.asked, [])
