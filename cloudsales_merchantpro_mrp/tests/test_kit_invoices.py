"""Kits that leave in parts are invoiced as whole kits."""

from odoo.addons.cloudsales_merchantpro.models.rule_outcomes import NotNeeded

from .kit_case import KitCase


class TestKitInvoices(KitCase):
    def ship(self, sale, quantities):
        """The open delivery, of which {product: quantity} leaves."""
        picking = sale.picking_ids.filtered(lambda each: each.state == "assigned")
        for move in picking.move_ids:
            move.quantity = quantities.get(move.product_id, 0)
            move.picked = bool(move.quantity)
        picking.with_context(skip_backorder=True).button_validate()
        return picking

    def billed(self, sale):
        return [invoice.invoice_line_ids.quantity for invoice in sale._merchantpro_invoices()]

    def test_each_transfer_has_the_kits_that_left_with_it(self):
        order = self.read_order([{"product_id": 10, "quantity": 3}])
        sale = order.sale_order_id
        self.assertEqual(order.state, "done", order.held_reason)
        sale._merchantpro_invoice(self.ship(sale, {self.pot: 1, self.cup: 4}))
        self.assertEqual(self.billed(sale), [1])
        pots = self.ship(sale, {self.pot: 1})
        with self.assertRaises(NotNeeded):
            sale._merchantpro_invoice(pots)
        sale._merchantpro_invoice(self.ship(sale, {self.pot: 1, self.cup: 8}))
        self.assertEqual(self.billed(sale), [1, 2])
