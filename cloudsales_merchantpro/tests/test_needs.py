"""What orders miss is on the list, and nothing else is."""

from freezegun import freeze_time

from .need_case import NeedCase, OrderedCase


class TestNeeds(NeedCase):
    def test_what_could_not_be_reserved_is_needed(self):
        self.stock(2)
        sale = self.sell(5)
        need = self.needs.search([("sale_order_id", "=", sale.id)])
        self.assertEqual((need.state, need.missing_qty, need.quantity), ("open", 3, 3))
        self.assertEqual((need.supplier_id, need.price_unit), (self.supplier, 5))
        self.assertEqual((need.customer_id, need.cost), (self.buyer, 15))
        self.assert_true_to_stock()

    def test_defaults_of_another_screen_are_not_taken(self):
        context = {"default_supplier_id": self.other.id}
        self.env = self.env(context={**self.env.context, **context})
        sale = self.sell(3)
        need = self.needs.search([("sale_order_id", "=", sale.id)])
        self.assertEqual((need.state, need.supplier_id), ("open", self.supplier))

    def test_what_is_coming_is_counted_once_from_its_quotation_until_it_is_cancelled(self):
        purchase = self.purchase(4, confirm=False)
        first = self.sell(3)
        self.assertEqual(self.of(first), {"covered": 3})
        purchase.button_confirm()
        second = self.sell(3)
        self.assertEqual(self.of(first), {"covered": 3})
        self.assertEqual(self.of(second), {"covered": 1, "open": 2})
        purchase.button_cancel()
        self.settle()
        self.assertEqual(self.of(self.mug), {"open": 6})

    def test_nothing_is_noted_while_nobody_wants_it(self):
        self.company.purchase_needs_all_orders = False
        self.sell(3)
        self.assertFalse(self.needs.search([]))
        self.company.purchase_needs_all_orders = True
        self.settle()
        self.assertEqual(self.of(self.mug), {"open": 3})

    def test_needs_become_one_purchase_per_supplier(self):
        first, second, third = self.sell(3), self.sell(2), self.sell(4, self.book)
        orders = self.consolidate()
        self.assertEqual(len(orders), 2)
        mine = orders.filtered(lambda order: order.partner_id == self.supplier)
        self.assertEqual(mine.order_line.mapped("product_qty"), [5])
        self.assertEqual(mine.order_line.price_unit, 5)
        self.assertEqual(mine.order_line.need_ids.sale_order_id, first | second)
        self.assertEqual(self.of(third), {"ordered": 4})
        self.assert_true_to_stock()

    def test_what_is_received_goes_to_who_ordered_first(self):
        late = self.sell(3, date_order="2026-01-02 10:00:00")
        early = self.sell(3, date_order="2026-01-01 10:00:00")
        order = self.consolidate()
        order.button_confirm()
        self.settle()
        self.assert_true_to_stock()
        self.receive(order, 4)
        self.assertEqual(early.picking_ids.move_ids.quantity, 3)
        self.assertEqual(late.picking_ids.move_ids.quantity, 1)
        self.assertEqual(self.of(early), {"received": 3})
        self.assertEqual(self.of(late), {"ordered": 2})
        self.assert_true_to_stock()
        self.receive(order)
        self.assertEqual(self.of(late), {"received": 2})

    def test_what_is_not_missing_any_more_says_why(self):
        gone, less, came = self.sell(3), self.sell(2), self.sell(1)
        gone._action_cancel()
        less.order_line.product_uom_qty = 0
        self.stock(1)
        came.picking_ids.action_assign()
        self.settle()
        reasons = {need.sale_order_id: need.reason for need in self.needs.search([])}
        self.assertEqual(
            reasons,
            {
                gone: "The sales order was cancelled.",
                less: "The sales order asks for less.",
                came: "In stock meanwhile.",
            },
        )
        self.assertFalse(self.consolidate())

    def test_what_is_received_late_is_counted_by_supplier(self):
        with freeze_time("2026-01-05 10:00:00"):
            self.sell(3)
            order = self.consolidate()
            order.button_confirm()
        with freeze_time("2026-01-08 10:00:00"):
            self.receive(order)
        found = self.needs._read_group([], ["supplier_id"], ["late_qty:sum"])
        self.assertEqual(found, [(self.supplier, 3)])


class TestOrderedNeeds(OrderedCase):
    def test_ordering_twice_orders_once_and_more_joins_the_draft_of_the_same_cut_off(self):
        self.needs.search([]).consolidate()
        orders = self.env["purchase.order"].search([("need_cutoff", "!=", False)])
        self.assertEqual(orders, self.order)
        self.assertEqual(orders.order_line.product_qty, 3)
        self.sell(2)
        self.assertEqual(self.consolidate(), self.order)
        self.assertEqual(self.order.order_line.product_qty, 5)
        self.assert_true_to_stock()

    def test_a_refused_purchase_is_to_be_ordered_again(self):
        self.order.button_confirm()
        self.order.button_cancel()
        self.settle()
        need = self.needs.search([("sale_order_id", "=", self.sale.id)])
        self.assertEqual((need.state, need.missing_qty), ("open", 3))
        self.assertIn(self.order.name, need.reason)
        self.assertNotEqual(self.consolidate(), self.order)

    def test_what_is_cancelled_leaves_the_draft(self):
        first, second, order = self.sale, self.sell(2), self.order
        self.consolidate()
        first._action_cancel()
        self.settle()
        self.assertEqual(order.order_line.product_qty, 2)
        self.assertEqual(self.of(first), {"cancelled": 3})
        second.order_line.product_uom_qty = 1
        self.assert_true_to_stock()
        self.assertEqual(order.order_line.product_qty, 1)
        self.assertEqual(self.of(second), {"ordered": 1})
        second._action_cancel()
        self.settle()
        self.assertEqual(order.state, "cancel")

    def test_what_the_supplier_did_not_send_is_to_be_ordered_again(self):
        order = self.order
        order.button_confirm()
        picking = order.picking_ids
        picking.move_ids.quantity = 1
        picking.move_ids.picked = True
        picking.with_context(
            skip_backorder=True, picking_ids_not_to_backorder=picking.ids
        ).button_validate()
        self.settle()
        self.assertEqual(self.of(self.sale), {"open": 2})
        need = self.needs.search([])
        self.assertEqual((need.received_qty, need.reason), (1, f"{order.name} brings less."))
        self.assert_true_to_stock()

    def test_what_the_supplier_knows_is_for_the_buyer(self):
        self.order.button_confirm()
        self.sale._action_cancel()
        self.settle()
        self.assertEqual(self.order.order_line.product_qty, 3)
        self.assertIn("3 Units less of Cană", self.order.activity_ids.summary)
        self.assertEqual(self.of(self.sale), {"cancelled": 3})
        # What nobody needs now is coming for the next one.
        self.assertEqual(self.of(self.sell(2)), {"covered": 2})
