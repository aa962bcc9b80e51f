"""Goods come back: a return order of the site, or an order that is returned as a whole."""

from .return_case import ReturnCase


class TestReturned(ReturnCase):
    def test_what_was_delivered_comes_back_by_a_picking_and_is_in_stock_again(self):
        back = self.give_back({1: 1})
        self.assertEqual((back.state, back.sale_order_id), ("done", self.sale))
        self.assertEqual(self.coming_back(), {self.mug: 1})
        self.assertEqual(self.returns.state, "assigned")
        self.assertEqual(self.returns.move_ids.origin_returned_move_id.product_id, self.mug)
        self.assertEqual(self.returns.sale_id, self.sale)
        self.assertFalse(self.credits)
        self.assertFalse(self.sale.activity_ids)
        self.assert_know_each_other(back)
        self.returns.move_ids.picked = True
        self.returns.button_validate()
        self.assertEqual(self.free(self.mug), 9)
        self.assertEqual(self.line(self.mug).qty_delivered, 1)

    def assert_know_each_other(self, back):
        self.assertEqual(back.source_id, self.shop_order)
        self.assertEqual(self.shop_order.return_ids, back)
        self.assertEqual(self.shop_order.action_open_related()["domain"], [("id", "in", back.ids)])

    def test_what_was_invoiced_is_credited_to_the_cent_once_and_another_amount_is_held(self):
        self.invoice()
        unexplained = self.give_back({1: 1}, total_amount=-20)
        self.assert_held(unexplained, "24.20 here and 20.00")
        self.assertFalse(self.returns)
        self.assertFalse(self.credits)
        back = self.give_back({1: 1})
        self.assertEqual((self.credits.state, self.credits.amount_total), ("draft", 24.2))
        self.assertEqual(self.credits.amount_total, abs(back.total))
        self.assertEqual(self.credits.reversed_entry_id.move_type, "out_invoice")
        self.assertEqual(self.credits.invoice_line_ids.sale_line_ids, self.line(self.mug))
        with self.assert_nothing_written():
            self.shop.fetch_orders()
            back._process_batch()
            back.sudo().process()
        self.assertEqual((len(self.returns), len(self.credits)), (1, 1))
        self.credits.action_post()
        self.assertEqual(self.line(self.mug).qty_invoiced, 1)

    def test_two_returns_bring_back_no_more_than_was_sent(self):
        self.give_back({1: 1, 2: 1})
        self.assertEqual(self.give_back({1: 1}).state, "done")
        third = self.give_back({1: 1})
        self.assert_held(third, "returned already")
        self.assertEqual(len(self.returns), 2)

    def test_goods_that_were_not_delivered_are_held_and_the_other_orders_go_on(self):
        self.goods_still_here()
        back = self.site.return_order(self.shop_order.external_id, {1: 1})
        self.assert_imported(self.read_order([{"product_id": 2}]))
        back = self.order(back["id"])
        self.assert_held(back, "not delivered")
        self.deliver()
        back.action_retry()
        self.assertEqual((back.state, self.coming_back()), ("done", {self.mug: 1}))

    def test_a_return_of_an_unknown_order_is_held_and_takes_nothing_from_the_stock(self):
        for quantity in (2, -1):
            back = self.read_order([{"product_id": 1, "quantity": quantity}], return_source_id=77)
            self.assert_held(back, "77")
        self.assertEqual(self.shop._demand(self.mug), {})

    def test_a_return_with_positive_quantities_is_understood(self):
        self.invoice()
        back = self.read_order(
            [{"product_id": 1, "quantity": 2}], return_source_id=self.shop_order.external_id
        )
        self.assertEqual((back.state, self.coming_back()), ("done", {self.mug: 2}))
        self.assertEqual(self.credits.amount_total, 48.4)

    def test_part_of_the_goods_invoiced_asks_a_person(self):
        self.sale.order_line.product_id.invoice_policy = "order"
        invoice = self.sale._create_invoices()
        mug = invoice.invoice_line_ids.filtered(lambda line: line.product_id == self.mug)
        mug.quantity = 1
        invoice.action_post()
        self.give_back({1: 2})
        self.assertEqual(self.coming_back(), {self.mug: 2})
        self.assertFalse(self.credits)
        self.assertIn("by hand", self.sale.activity_ids.note)

    def test_a_cancelled_return_is_told_or_ignored_if_it_was_not_read_before(self):
        self.assertEqual(self.give_back({1: 1}, shipping_status="cancelled").state, "ignored")
        self.assertFalse(self.returns)
        back = self.give_back({1: 1})
        self.site.edit_order(back.external_id, shipping_status="cancelled")
        self.shop.fetch_orders()
        self.assertEqual(back.change_state, "told")
        self.assertIn("cancelled", self.sale.activity_ids.note)

    def test_returns_are_held_in_a_shop_that_applies_no_changes(self):
        self.shop.apply_order_changes = False
        self.assert_held(self.give_back({1: 1}), "return")
        self.assertFalse(self.returns)

    # As a whole

    def refuse(self):
        self.edit(shipping_status="returned")

    def test_all_that_was_delivered_comes_back_once(self):
        invoice = self.invoice()
        self.refuse()
        self.assertEqual(self.coming_back(), {self.mug: 2, self.book: 1})
        self.assertEqual(self.credits.amount_total, invoice.amount_total)
        self.assertEqual(self.credits.state, "draft")
        self.assertFalse(self.sale.activity_ids)
        self.edit(shipping_status="shipped")
        self.refuse()
        # A return order that tells the same.
        self.assertEqual(self.give_back({1: 2, 2: 1}).state, "ignored")
        self.assertEqual((len(self.returns), len(self.credits)), (1, 1))

    def test_a_return_order_tells_better_what_came_back(self):
        self.give_back({1: 1})
        self.refuse()
        self.assertEqual(self.coming_back(), {self.mug: 1})

    def test_what_never_left_here_is_told(self):
        self.goods_still_here()
        self.refuse()
        self.assert_told("not delivered")
