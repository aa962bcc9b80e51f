"""What a person does on the list: more, less, from another supplier, not at all."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user

from .need_case import MissingCase, OrderedCase


class TestNeedsByHand(MissingCase):
    def test_more_than_is_missing(self):
        self.needs.search([]).quantity = 10
        order = self.consolidate()
        self.assertEqual(order.order_line.product_qty, 10)
        self.assertEqual(self.of(self.sale), {"ordered": 3})
        self.assertEqual(self.of(self.sell(4)), {"covered": 4})
        self.assert_true_to_stock()

    def test_less_than_is_missing_leaves_the_rest_on_the_list(self):
        self.needs.search([]).quantity = 2
        order = self.consolidate()
        self.assertEqual(order.order_line.product_qty, 2)
        self.assertEqual(self.of(self.sale), {"ordered": 2, "open": 1})
        self.assert_true_to_stock()

    def test_what_was_typed_stays_until_something_else_is_missing(self):
        need = self.needs.search([])
        need.quantity = 7
        self.needs._balance_products(self.mug)
        self.assertEqual(need.quantity, 7)
        self.sale.order_line.product_uom_qty = 2
        self.settle()
        self.assertEqual((need.missing_qty, need.quantity), (2, 2))

    def test_excluded_is_not_ordered_but_still_counted(self):
        sale = self.sale
        self.needs.search([]).action_exclude()
        self.assertFalse(self.consolidate())
        self.assertEqual(self.of(sale), {"excluded": 3})
        self.assert_true_to_stock()
        sale.order_line.product_uom_qty = 5
        self.settle()
        self.assertEqual(self.of(sale), {"excluded": 3, "open": 2})
        self.stock(1)
        sale.picking_ids.action_assign()
        self.assert_true_to_stock()
        self.needs.search([("state", "=", "excluded")]).action_include()
        self.assertEqual(self.of(sale), {"open": 4, "received": 1})

    def test_added_by_hand(self):
        form = Form(self.needs)
        form.product_id = self.book
        form.quantity = 6
        need = form.save()
        self.assertEqual((need.state, need.supplier_id, need.cost), ("open", self.other, 30))
        self.consolidate()
        order = need.purchase_order_id
        self.assertEqual(order.order_line.product_qty, 6)
        order.button_confirm()
        self.receive(order)
        self.assertEqual((need.state, need.received_qty), ("received", 6))

    def test_added_by_hand_and_not_wanted_any_more(self):
        missing = self.needs.search([])
        for refused in (missing.action_cancel, missing.unlink):
            with self.assertRaises(UserError):
                refused()
        need = self.needs.create({"product_id": self.book.id, "quantity": 6})
        need.action_cancel()
        self.assertEqual(need.state, "cancelled")
        self.assertEqual(self.consolidate().order_line.product_id, self.mug)

    def test_a_draft_that_was_cancelled_or_goes_elsewhere_is_no_obstacle(self):
        sale, other = self.sale, self.sell(4, self.book)
        first = self.consolidate().filtered(lambda order: order.partner_id == self.supplier)
        first.button_cancel()
        self.settle()
        second = self.consolidate().filtered(lambda order: order.partner_id == self.supplier)
        first.button_draft()
        self.settle()
        self.assertEqual((first.state, second.state), ("draft", "draft"))
        self.assertEqual(self.of(sale), {"ordered": 3})
        second.partner_id = self.other
        self.settle()
        self.assertEqual(self.of(sale), {"ordered": 3})
        self.assertEqual(self.of(other), {"ordered": 4})

    def test_the_preview_orders_what_it_shows(self):
        self.sell(2), self.sell(4, self.book), self.sell(1, self.product("Oală"))
        action = self.needs.action_preview()
        preview = self.env["purchase.need.preview"].browse(action["res_id"])
        shown = [(line.supplier_id, line.need_count, line.cost) for line in preview.line_ids]
        self.assertCountEqual(shown, [(self.supplier, 2, 25), (self.other, 1, 20)])
        self.assertIn("5 × Cană", " ".join(preview.line_ids.mapped("products")))
        self.assertIn("Oală: No supplier", preview.left_out)
        self.assertFalse(self.env["purchase.order"].search([("need_cutoff", "!=", False)]))
        preview.action_order()
        orders = self.needs.search([]).purchase_order_id
        self.assertEqual(len(orders), 2)
        self.sell(1)
        again = self.env["purchase.need.preview"]._of(self.needs)
        joined = orders.filtered(lambda order: order.partner_id == self.supplier)
        self.assertEqual(again.line_ids.joins_id, joined)

    def test_who_may_do_what(self):
        seller = new_test_user(self.env, "vanzator", groups="sales_team.group_sale_salesman")
        buyer = new_test_user(
            self.env, "achizitor", groups="purchase.group_purchase_user,stock.group_stock_user"
        )
        need = self.needs.search([])
        self.assertEqual(need.with_user(seller).missing_qty, 3)
        for refused in (
            need.with_user(seller).action_exclude,
            need.with_user(seller).consolidate,
        ):
            with self.assertRaises(AccessError):
                refused()
        need.with_user(buyer).quantity = 4
        need.with_user(buyer).consolidate()
        self.settle()
        self.assertEqual(self.of(self.sale), {"ordered": 3})
        self.assertEqual(need.purchase_order_id.order_line.product_qty, 4)

    def test_what_an_order_waits_for_is_said_on_it_and_on_its_transfer(self):
        line, picking = self.sale.order_line, self.sale.picking_ids
        self.assertEqual(line.need_words, "3 to order from Furnizor")
        order = self.consolidate()
        self.env.invalidate_all()
        self.assertIn("3 ordered at Furnizor on", line.need_words)
        self.assertIn(f"({order.name}), expected on", line.need_words)
        self.assertEqual(picking.need_words, f"Cană: {line.need_words}")
        order.button_confirm()
        self.receive(order)
        self.env.invalidate_all()
        self.assertFalse(line.need_words or picking.need_words)


class TestOrderedByHand(OrderedCase):
    def test_what_is_ordered_is_changed_on_the_purchase(self):
        for values in {"quantity": 3}, {"supplier_id": self.other.id}:
            with self.assertRaises(UserError):
                self.needs.search([]).write(values)

    def test_the_quantity_of_a_draft_that_the_buyer_changes_is_kept(self):
        first, order = self.sale, self.order
        order.order_line.product_qty = 2
        self.settle()
        self.assertEqual(self.of(first), {"ordered": 2, "open": 1})
        order.order_line.product_qty = 8
        self.settle()
        self.assertEqual(self.of(first), {"ordered": 2, "covered": 1})
        self.sell(9)
        self.consolidate()
        self.assertEqual(order.order_line.product_qty, 12)
        self.assert_true_to_stock()

    def test_a_line_taken_out_of_the_draft_is_to_be_ordered_again(self):
        self.order.order_line.unlink()
        self.settle()
        self.assertEqual(self.of(self.sale), {"open": 3})

    def test_a_need_and_its_documents_lead_to_each_other(self):
        sale, order = self.sale, self.order
        need = self.needs.search([])
        self.assertEqual((sale.need_count, order.need_count), (1, 1))
        for document in (sale, order):
            self.assertEqual(self.needs.search(document.action_open_needs()["domain"]), need)
        self.assertEqual(need.action_open_sale()["res_id"], sale.id)
        self.assertEqual(need.action_open_purchase()["res_id"], order.id)
