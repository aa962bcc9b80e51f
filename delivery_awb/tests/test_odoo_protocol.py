from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .awb_case import AwbCase
from .courier import PDF
from .kept_caches import KeptCachesCase


@tagged("post_install", "-at_install")
class TestOdooProtocol(AwbCase):
    """A carrier as other modules bring them: of Odoo's own protocol alone."""

    def setUp(self):
        # Without the courier of the other tests.
        KeptCachesCase.setUp(self)
        self.sent = []
        self.fails = None
        self.cancelled = []
        carrier = self.registry["delivery.carrier"]
        for verb in ("send_shipping", "cancel_shipment"):
            method = getattr(self, f"_{verb}")
            bound = lambda each, pickings, method=method: method(pickings)  # noqa: E731
            self.enterContext(patch.object(carrier, f"fixed_{verb}", bound))

    def _send_shipping(self, pickings):
        self.sent += pickings.ids
        if self.fails:
            raise self.fails
        pickings.message_post(body="sent", attachments=[("LabelShipping-fixed-1.pdf", PDF)])
        return [{"exact_price": 15.0, "tracking_number": "F1,F2"}]

    def test_lost_answer_waits_for_a_person(self):
        self.fails = TimeoutError("timed out")
        picking = self.transfers[0]
        with mute_logger("odoo.addons.delivery_awb.models.delivery_awb_make"):
            picking.action_make_awb()
        waybill = picking.awb_ids
        self.assertEqual(waybill.state, "uncertain")
        self.assertIn("cannot be asked", waybill.problem)
        waybill._type_number("F9")
        self.assertEqual((waybill.state, picking.carrier_tracking_ref), ("issued", "F9"))

    def _cancel_shipment(self, pickings):
        self.cancelled += pickings.ids

    def test_shipment_before_validation_is_a_waybill_and_is_sent_once(self):
        picking = self.transfers[0]
        picking.action_make_awb()
        waybill = picking.awb_id
        self.assertEqual((waybill.number, waybill.state, waybill.cost), ("F1", "issued", 15))
        self.assertEqual(waybill.parcel_ids.mapped("number"), ["F1", "F2"])
        self.assertEqual(waybill._merged_labels(), PDF)
        self.validate(picking)
        self.assertEqual(picking.state, "done")
        self.assertEqual(len(self.sent), 1)

    def test_shipment_at_validation_is_a_waybill_too(self):
        picking = self.transfers[0]
        picking.picking_type_id.print_label = True
        self.validate(picking)
        self.assertEqual((picking.awb_id.number, picking.awb_id.state), ("F1", "issued"))
        self.assertTrue(picking.awb_id.label)
        picking.action_make_awb()
        self.assertEqual(len(self.sent), 1)
        picking.cancel_shipment()
        self.assertEqual(self.cancelled, picking.ids)
        self.assertFalse(picking.awb_id or picking.carrier_tracking_ref)

    def test_refusal_leaves_nothing_but_words(self):
        self.fails = UserError("No such street.")
        picking = self.transfers[0]
        picking.action_make_awb()
        self.assertEqual(picking.awb_ids.state, "error")
        self.assertEqual(picking.awb_ids.problem, "No such street.")
        self.assertFalse(picking.carrier_tracking_ref)


@tagged("post_install", "-at_install")
class TestWithoutNumbers(AwbCase):
    def setUp(self):
        KeptCachesCase.setUp(self)

    def test_method_that_gives_no_numbers_says_so(self):
        picking = self.transfers[0]
        picking.action_make_awb()
        self.assertIn("gives no waybill numbers", picking.awb_ids.problem)

    def test_such_a_method_validates_as_ever(self):
        picking = self.transfers[0]
        picking.picking_type_id.print_label = True
        self.validate(picking)
        self.assertEqual(picking.state, "done")
        self.assertFalse(picking.awb_ids)
