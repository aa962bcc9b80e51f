from odoo.tests import tagged

from odoo.addons.delivery_awb.models.awb_errors import AwbRefused

from .awb_case import AwbCase


@tagged("post_install", "-at_install")
class TestValidate(AwbCase):
    """Validation, in warehouses whose deliveries print labels."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse.out_type_id.print_label = True

    def test_validation_makes_the_waybill_that_is_missing(self):
        picking = self.transfers[0]
        self.validate(picking)
        self.assertEqual(picking.awb_id.number, "T1000")

    def test_validation_makes_no_second_one(self):
        made, refused = self.transfers[:2]
        made.action_make_awb()
        self.courier.create_fails = AwbRefused("No such street.")
        refused.action_make_awb()
        self.validate(made | refused)
        self.assertEqual((made | refused).mapped("state"), ["done", "done"])
        self.assertEqual(self.courier.asked.count("create"), 2)

    def test_validation_makes_none_where_that_is_off(self):
        self.carrier.awb_on_validate = False
        picking = self.transfers[0]
        self.validate(picking)
        self.assertFalse(picking.awb_ids)
        picking.action_make_awb()
        self.assertTrue(picking.awb_id)

    def test_back_order_has_a_waybill_of_its_own(self):
        picking = self.new_transfer(quantity=5)
        picking.action_make_awb()
        picking.move_ids.quantity = 2
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()
        rest = picking.backorder_ids
        self.assertFalse(rest.carrier_tracking_ref)
        rest.action_make_awb()
        self.assertEqual((picking | rest).awb_ids.mapped("number"), ["T1000", "T1001"])
