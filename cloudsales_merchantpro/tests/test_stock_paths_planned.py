"""A shop that publishes forecasts is told of plans, not only of what has moved."""

from .stock_case import StockCase


class TestPlanned(StockCase):
    def prepare(self):
        super().prepare()
        self.shop.stock_quantity = "forecast"
        self.assertEqual(self.sent(), [])

    def test_a_confirmed_purchase_and_more_of_it_raise_it_and_a_cancelled_one_lowers_it(self):
        order = self.purchase(5)
        self.assertEqual(self.sent(), [15])
        order.order_line.product_qty = 8
        self.assertEqual(self.sent(), [18])
        order.button_cancel()
        self.assertEqual(self.sent(), [10])

    def test_the_receipt_itself_changes_nothing(self):
        order = self.purchase(5)
        self.assertEqual(self.sent(), [15])
        self.validate(order.picking_ids)
        self.assertEqual(self.sent(), [])

    def test_a_receipt_planned_by_hand_counts_until_it_is_deleted(self):
        supplier = self.env.ref("stock.stock_location_suppliers")
        receipt = self.transfer(
            supplier, self.shelf, 4, picking_type_id=self.warehouse.in_type_id.id
        )
        self.assertEqual(self.sent(), [14])
        receipt.unlink()
        self.assertEqual(self.sent(), [10])

    def test_a_receipt_in_two_steps_counts_once(self):
        self.warehouse.reception_steps = "two_steps"
        order = self.purchase(5)
        self.assertEqual(self.sent(), [15])
        self.validate(order.picking_ids)
        self.validate(order.picking_ids.move_ids.move_dest_ids.picking_id)
        self.assertEqual(self.sent(), [])

    def test_a_sale_that_nothing_is_reserved_for_lowers_it(self):
        self.warehouse.out_type_id.reservation_method = "manual"
        order = self.sell(4)
        self.assertEqual(self.sent(), [6])
        order._action_cancel()
        self.assertEqual(self.sent(), [10])

    def test_a_delivery_in_three_steps_counts_once(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        order = self.sell(4)
        self.assertEqual(self.sent(), [6])
        self.validate(order.picking_ids)
        self.assertEqual(self.sent(), [])

    def test_a_receipt_sent_elsewhere_lowers_it(self):
        far = self.elsewhere("Far")
        order = self.purchase(5)
        self.assertEqual(self.sent(), [15])
        order.picking_ids.move_ids.write({"location_dest_id": far.id, "location_final_id": far.id})
        self.assertEqual(self.sent(), [10])

    def test_plans_are_nobodys_business_while_no_shop_forecasts(self):
        self.shop.stock_quantity = "free"
        self.sent()
        self.purchase(5)
        self.env.cr.flush()
        self.assertFalse(self.env["merchantpro.change"].search([]))
