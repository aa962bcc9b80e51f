"""The fiscal invoice of an order, issued by a rule: as a whole, or transfer by transfer."""

from odoo.addons.cloudsales_merchantpro.models.rule_outcomes import NotNeeded

from .document_case import DocumentCase


class TestWholeOrder(DocumentCase):
    def test_it_is_posted_and_is_the_order_to_the_cent(self):
        words = self.do("invoice")
        invoice = self.invoices
        self.assertIn(invoice.name, words)
        self.assertEqual((invoice.state, invoice.move_type), ("posted", "out_invoice"))
        self.assertEqual(invoice.amount_total, self.sale.amount_total)
        self.assertEqual(invoice.amount_tax, self.sale.amount_tax)
        self.assertEqual(self.sale.invoice_status, "invoiced")

    def test_twice_is_one_invoice(self):
        self.do("invoice")
        with self.assertRaisesRegex(NotNeeded, self.invoices.name):
            self.do("invoice", event="delivered")
        self.assertEqual(len(self.invoices), 1)

    def test_it_is_in_the_series_of_the_shop(self):
        journal = self.own_journal()
        self.shop.invoice_journal_id = journal
        self.do("invoice")
        self.assertEqual(self.invoices.journal_id, journal)
        self.assertTrue(self.invoices.name.startswith("MPRO"))

    def own_journal(self):
        return self.env["account.journal"].create(
            {"name": "Shop", "type": "sale", "code": "MPRO", "company_id": self.company.id}
        )

    def test_what_was_credited_is_not_invoiced_again(self):
        self.do("invoice")
        reversal = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=self.invoices.ids
        )
        reversal.create({"journal_id": self.invoices.journal_id.id}).reverse_moves()
        (self.sale.invoice_ids - self.invoices).action_post()
        self.assertEqual(self.line(self.mug).qty_invoiced, 0)
        with self.assertRaises(NotNeeded):
            self.do("invoice", event="delivered")

    def test_rules_for_invoiced_orders_hear_of_it(self):
        rule = self.env["merchantpro.rule"].create(
            {"name": "Print", "event": "invoiced", "action": "print_invoice"}
        )
        self.do("invoice")
        run = self.env["merchantpro.rule.run"].search([("rule_id", "=", rule.id)])
        self.assertEqual((run.order_id, run.move_id), (self.sale, self.invoices))


class TestTransferByTransfer(DocumentCase):
    def prepare(self):
        super().prepare()
        self.shop_order = self.read_order(
            [
                {"product_id": 1, "quantity": 3},
                {"product_id": 2, "quantity": 1},
                {
                    "item_type": "promo_cart",
                    "product_name": "Voucher",
                    "amount": 10,
                    "product_tax_percent": None,
                },
            ],
            shipping_amount=19.99,
            date_created=self.ago(hours=1),
        )
        self.sale = self.assert_imported(self.shop_order)

    def test_each_has_its_own_and_together_they_are_the_order(self):
        first = self.ship({self.mug: 1, self.book: 1})
        self.do("invoice", event="shipped", picking=first)
        one = self.invoices
        self.assertEqual(self.billed(one)[self.mug], 1)
        self.assertIn(19.99, one.invoice_line_ids.mapped("price_total"))
        second = self.ship({self.mug: 2})
        self.do("invoice", event="shipped", picking=second)
        two = self.invoices - one
        self.assertEqual(self.billed(two)[self.mug], 2)
        self.assertAlmostEqual(one.amount_total + two.amount_total, self.sale.amount_total)
        self.assertEqual(self.sale.invoice_status, "invoiced")
        self.assertEqual(first.merchantpro_invoice_ids, one)

    def billed(self, invoice):
        return {line.product_id: line.quantity for line in invoice.invoice_line_ids}

    def test_twice_for_a_transfer_is_one_invoice(self):
        first = self.ship({self.mug: 1})
        self.do("invoice", event="shipped", picking=first)
        with self.assertRaises(NotNeeded):
            self.do("invoice", event="delivered", picking=first)
        self.assertEqual(self.billed(self.invoices)[self.mug], 1)

    def test_before_it_leaves_what_is_set_aside_is_invoiced(self):
        picking = self.sale.picking_ids
        self.do("invoice", event="awb", picking=picking)
        self.assertEqual(self.invoices.amount_total, self.sale.amount_total)
        self.ship({self.mug: 2, self.book: 1})
        left = self.ship({self.mug: 1})
        for each in (picking, left):
            with self.assertRaises(NotNeeded):
                self.do("invoice", event="shipped", picking=each)

    def test_the_rest_of_the_order_after_a_transfer(self):
        self.do("invoice", event="shipped", picking=self.ship({self.mug: 1}))
        self.do("invoice", event="paid")
        billed = sum(self.invoices.mapped("amount_total"))
        self.assertAlmostEqual(billed, self.sale.amount_total)
