"""An order of two mugs and a book that is imported, and what people do to it on both sides."""

import datetime

from odoo import fields

from .order_case import OrderCase

LINES = [{"product_id": 1, "quantity": 2}, {"product_id": 2, "quantity": 1}]


class ChangeCase(OrderCase):
    lines = LINES

    def prepare(self):
        super().prepare()
        # Not now: what is due when is then no accident of the test.
        self.shop_order = self.read_order(
            self.lines, shipping_amount=19.99, date_created=self.ago(hours=1)
        )
        self.sale = self.assert_imported(self.shop_order)

    def edit(self, lines=None, **fields):
        """Somebody edits the order in the shop, and we read orders."""
        self.site.edit_order(self.shop_order.external_id, lines, **fields)
        self.shop.fetch_orders()

    def deliver(self, sale=None):
        picking = (sale or self.sale).picking_ids
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertEqual(picking.mapped("state"), ["done"])
        return picking

    def invoice(self, post=True):
        for product in self.sale.order_line.product_id:
            product.invoice_policy = "order"
        invoice = self.sale._create_invoices()
        if post:
            invoice.action_post()
        return invoice

    def line(self, product):
        return self.sale.order_line.filtered(lambda line: line.product_id == product)

    def free(self, product):
        self.env.flush_all()
        self.env.invalidate_all()
        return product.with_context(warehouse_id=self.warehouse.id).free_qty

    def lines_now(self):
        return {
            line.product_id: (line.product_uom_qty, line.price_unit)
            for line in self.sale.order_line
            if line.product_uom_qty
        }

    def assert_told(self, *words):
        """One activity says all of these words, and the sales order was not touched."""
        activity = self.sale.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(self.shop_order.change_state, "told")
        for each in words:
            self.assertIn(each, self.shop_order.change_reason)
            self.assertIn(each, activity.note)

    def assert_applied(self):
        self.assertFalse(self.sale.activity_ids.mapped("note"))
        self.assertEqual(
            (self.shop_order.change_state, self.shop_order.change_reason), (False, False)
        )
        self.assertFalse(self.shop_order.applied)
        self.assertEqual(self.sale.amount_total, self.shop_order.total)

    def ago(self, **period):
        return (fields.Datetime.now() - datetime.timedelta(**period)).isoformat() + "+00:00"

    def read_all(self):
        """The hourly reading, which asks for older orders by number."""
        self.shop.order_reading_ids.full_read = False
        self.shop.fetch_orders()
