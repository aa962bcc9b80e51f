"""Whatever happens to a sales order reaches the shop."""

from odoo.tests import Form

from .stock_case import StockCase


class TestSales(StockCase):
    def test_a_quotation_takes_nothing(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.partner.id,
                "order_line": [(0, 0, {"product_id": self.mug.id, "product_uom_qty": 3})],
            }
        )
        self.assertEqual(self.sent(), [])
        order.order_line.product_uom_qty = 4
        self.assertEqual(self.sent(), [])

    def test_a_confirmed_sale_lowers_it_and_more_or_less_or_nothing_of_it_is_told(self):
        order = self.sell(3)
        self.assertEqual(self.sent(), [7])
        with Form(order) as form, form.order_line.edit(0) as line:
            line.product_uom_qty = 5
        self.assertEqual(self.sent(), [5])
        order.order_line.product_uom_qty = 1
        self.assertEqual(self.sent(), [9])
        order._action_cancel()
        self.assertEqual(self.sent(), [10])

    def test_a_line_added_to_a_confirmed_sale_lowers_it(self):
        order = self.sell(3, product=self.erp_product("ALT", stock=5))
        self.assertEqual(self.sent(), [])
        order.order_line = [(0, 0, {"product_id": self.mug.id, "product_uom_qty": 2})]
        self.assertEqual(self.sent(), [8])

    def test_more_sold_than_there_is_leaves_none(self):
        self.sell(12)
        self.assertEqual(self.sent(), [0])

    def test_a_delivery_of_what_was_reserved_changes_nothing_and_its_return_raises_it(self):
        order = self.sell(3)
        self.assertEqual(self.sent(), [7])
        self.validate(order.picking_ids)
        self.assertEqual(self.sent(), [])
        self.validate(self.return_of(order.picking_ids, 2))
        self.assertEqual(self.sent(), [9])

    def test_a_delivery_of_less_than_was_reserved_gives_the_rest_back(self):
        order = self.sell(3)
        self.assertEqual(self.sent(), [7])
        picking = order.picking_ids
        picking.move_ids.quantity = 1
        no_more = Form.from_action(self.env, picking.button_validate()).save()
        no_more.process_cancel_backorder()
        self.assertEqual(self.sent(), [9])

    def test_a_delivery_in_three_steps_is_gone_from_the_shelf_at_the_first(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        order = self.sell(3)
        self.assertEqual(self.sent(), [7])
        self.validate(order.picking_ids)
        self.assertEqual(self.sent(), [])
        self.validate(order.picking_ids.filtered(lambda picking: picking.state == "assigned"))
        self.assertEqual(self.sent(), [])

    def test_a_delivery_that_nothing_was_reserved_for_lowers_it(self):
        self.warehouse.out_type_id.reservation_method = "manual"
        order = self.sell(3)
        self.assertEqual(self.sent(), [])
        order.picking_ids.move_ids.quantity = 3
        self.validate(order.picking_ids)
        self.assertEqual(self.sent(), [7])
