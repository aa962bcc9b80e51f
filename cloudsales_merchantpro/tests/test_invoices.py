"""The fiscal invoice of an order, issued by a rule: as a whole, or transfer by transfer."""

from freezegun import freeze_time

from odoo.addons.cloudsales_merchantpro.models.rule_outcomes import NotNeeded

from .document_case import DocumentCase


class TestWholeOrder(DocumentCase):
    def prepare(self):
        super().prepare()
        self.journal = self.shop.invoice_journal_id = self.env["account.journal"].create(
            {"name": "Shop", "type": "sale", "code": "MPRO", "company_id": self.company.id}
        )
        self.rule = self.env["merchantpro.rule"].create(
            {"name": "Print", "event": "invoiced", "action": "print_invoice"}
        )
        self.words = self.do("invoice")
        self.invoice = self.invoices

    def test_it_is_posted_and_is_the_order_to_the_cent(self):
        invoice = self.invoice
        self.assertIn(invoice.name, self.words)
        self.assertEqual((invoice.state, invoice.move_type), ("posted", "out_invoice"))
        self.assertEqual(invoice.amount_total, self.sale.amount_total)
        self.assertEqual(invoice.amount_tax, self.sale.amount_tax)
        self.assertEqual(self.sale.invoice_status, "invoiced")

    def test_twice_is_one_invoice(self):
        with self.assertRaisesRegex(NotNeeded, self.invoice.name):
            self.do("invoice", event="delivered")
        self.assertEqual(self.invoices, self.invoice)

    def test_it_is_in_the_series_of_the_shop(self):
        self.assertEqual(self.invoice.journal_id, self.journal)
        self.assertTrue(self.invoice.name.startswith("MPRO"))

    def test_what_was_credited_is_not_invoiced_again(self):
        reversal = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=self.invoice.ids
        )
        reversal.create({"journal_id": self.journal.id}).reverse_moves()
        (self.sale.invoice_ids - self.invoice).action_post()
        self.assertEqual(self.line(self.mug).qty_invoiced, 0)
        with self.assertRaises(NotNeeded):
            self.do("invoice", event="delivered")

    def test_it_is_dated_today_where_the_company_is(self):
        self.company.partner_id.tz = "Europe/Bucharest"
        with freeze_time("2026-12-31 23:30:00"):
            self.assertEqual(str(self.sale._today_of_company()), "2027-01-01")

    def test_rules_for_invoiced_orders_hear_of_it(self):
        run = self.env["merchantpro.rule.run"].search([("rule_id", "=", self.rule.id)])
        self.assertEqual((run.order_id, run.move_id), (self.sale, self.invoice))


class TestTransferByTransfer(DocumentCase):
    lines = (
        {"product_id": 1, "quantity": 3},
        {"product_id": 2, "quantity": 1},
        {
            "item_type": "promo_cart",
            "name": "Voucher",
            "amount": 10.51,
            "product_tax_percent": None,
        },
    )

    def test_each_has_its_own_once_and_with_the_rest_they_are_the_order_to_the_cent(self):
        first = self.ship({self.mug: 1, self.book: 1})
        self.do("invoice", event="shipped", picking=first)
        one = self.invoices
        self.assertEqual(self.billed(one)[self.mug], 1)
        self.assertIn(19.99, one.invoice_line_ids.mapped("price_total"))
        with self.assertRaises(NotNeeded):
            self.do("invoice", event="delivered", picking=first)
        self.do("invoice", event="shipped", picking=self.ship({self.mug: 1}))
        self.do("invoice", event="paid")
        two, rest = self.invoices - one
        self.assertEqual((self.billed(two)[self.mug], self.billed(rest)[self.mug]), (1, 1))
        # The parts of the voucher were rounded, and together are a cent too much.
        self.assertAlmostEqual(sum(self.invoices.mapped("amount_total")), self.sale.amount_total)
        self.assertEqual(self.sale.invoice_status, "invoiced")
        self.assertEqual(first.merchantpro_invoice_ids, one)

    def billed(self, invoice):
        return {line.product_id: line.quantity for line in invoice.invoice_line_ids}

    def test_before_it_leaves_what_is_set_aside_is_invoiced(self):
        picking = self.sale.picking_ids
        self.do("invoice", event="awb", picking=picking)
        self.assertEqual(self.invoices.amount_total, self.sale.amount_total)
        self.ship({self.mug: 2, self.book: 1})
        left = self.ship({self.mug: 1})
        for each in (picking, left):
            with self.assertRaises(NotNeeded):
                self.do("invoice", event="shipped", picking=each)

    def test_goods_that_are_picked_first_are_invoiced_once(self):
        self.warehouse.delivery_steps = "pick_ship"
        order = self.read_order([{"product_id": 1, "quantity": 2}, {"product_id": 2}])
        self.sale = self.assert_imported(order)
        pick = self.sale.picking_ids.filtered(lambda each: each.picking_type_code == "internal")
        self.assertTrue(pick)
        pick.move_ids.picked = True
        pick.button_validate()
        self.do("invoice", event="picked", picking=pick)
        self.assertEqual(self.invoices.amount_total, self.sale.amount_total)
        out = self.sale.picking_ids.filtered(lambda each: each.picking_type_code == "outgoing")
        out.move_ids.picked = True
        out.button_validate()
        with self.assertRaises(NotNeeded):
            self.do("invoice", event="shipped", picking=out)

    def test_the_currency_of_the_order_is_kept(self):
        self.env.ref("base.EUR").active = True
        self.sale = self.assert_imported(self.read_order([{"product_id": 1}], currency="EUR"))
        self.do("invoice")
        self.assertEqual(self.invoices.currency_id.name, "EUR")
        self.assertEqual(self.invoices.amount_total, 24.2)
