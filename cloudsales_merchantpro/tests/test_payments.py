"""Orders paid on the site: the payment is entered once, and set off against the invoices."""

import datetime

from odoo import fields
from odoo.tools import mute_logger

from .order_case import SERVICES
from .payment_case import PaymentCase

TERMS = "account.account_payment_term_30days"


class TestPayments(PaymentCase):
    goods = SERVICES

    def prepare(self):
        super().prepare()
        (self.mug | self.book).invoice_policy = "delivery"
        self.method("wire").journal_id = self.bank
        self.unpaid = self.paid_sale(
            [{"product_id": 1}, {"product_id": 2}],
            payment_method_code="wire",
            payment_status="awaiting",
        )

    def test_a_paid_order_gets_its_payment(self):
        sale = self.sale
        payment = self.payments(sale)
        self.assertEqual((payment.state, payment.payment_type), ("in_process", "inbound"))
        self.assertEqual((payment.amount, payment.currency_id.name), (48.4, "RON"))
        self.assertEqual(payment.journal_id, self.bank)
        self.assertEqual(payment.partner_id, sale.partner_invoice_id.commercial_partner_id)
        self.assertEqual(payment.merchantpro_transaction, "TX-1")
        self.assertIn(sale.client_order_ref, payment.memo)
        self.assertEqual(sale.merchantpro_paid_amount, 48.4)

    def test_the_day_is_the_one_the_site_wrote(self):
        # Half an hour past midnight there, still the day before by UTC.
        payment = self.payments(self.sale)
        self.assertEqual(payment.date, datetime.date(2026, 5, 2))

    def test_amount_and_day_are_what_the_site_says_and_a_day_to_come_is_taken_for_today(self):
        part, untold, later = self.paid_sales(
            {"paid_amount": 20, "payment_transaction_id": "TX-2"},
            {"paid_amount": 0, "payment_transaction_id": "TX-3"},
            {"payment_date": "2200-01-01", "payment_transaction_id": "TX-4"},
        )
        self.assertEqual(self.payments(part).amount, 20)
        self.assertEqual(self.payments(untold).amount, 48.4)
        payment = self.payments(later)
        self.assertEqual(payment.date, fields.Date.context_today(payment))

    def test_a_payment_in_another_currency_stays_in_it_and_pays_its_invoice(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        sale = self.paid_sale(currency="EUR")
        payment, invoice = self.payments(sale), self.invoice(sale)
        self.assertEqual((payment.amount, payment.currency_id), (48.4, euro))
        self.assertEqual((invoice.currency_id, invoice.payment_state), (euro, "paid"))

    def test_without_a_journal_nothing_is_entered_and_the_method_says_so(self):
        method = self.method("euplatesc")
        self.assertIn("euPlatesc", method.payment_note)
        method.journal_id = False
        self.assertIn("no journal", method.payment_note)
        sale = self.paid_sale()
        self.assertFalse(self.payments(sale))
        # Earlier ones may have been entered by hand: a person says which are taken over.
        method.journal_id = self.bank
        self.assertFalse(self.payments(sale))
        sale.merchantpro_order_id.action_take_payment()
        self.assertTrue(self.payments(sale))

    def test_the_terms_are_those_of_the_method_and_the_series_that_of_the_shop(self):
        method, terms = self.method("cash_delivery"), self.env.ref(TERMS)
        method.payment_term_id = terms
        series = self.env["account.journal"].create(
            {"name": "Shop", "type": "sale", "code": "SHOP", "company_id": self.company.id}
        )
        self.shop.invoice_journal_id = series
        sale = self.assert_imported(self.read_order([{"product_id": 1}]))
        self.assertEqual((sale.payment_term_id, sale.journal_id), (terms, series))
        invoice = self.invoice(sale)
        self.assertEqual((invoice.invoice_payment_term_id, invoice.journal_id), (terms, series))

    # Once

    def test_reading_again_enters_nothing_again(self):
        sale = self.sale
        order = sale.merchantpro_order_id
        self.site_says(sale, customer_note="Sunați!")
        order.action_take_payment()
        order.action_reread()
        self.assertEqual(len(self.payments(sale)), 1)

    def test_a_transaction_is_entered_once_and_keeps_no_other_from_being_entered(self):
        with mute_logger("odoo.sql_db"):
            again, other = self.paid_sales({}, {"payment_transaction_id": "TX-2"})
        self.assertFalse(self.payments(again))
        self.assertIn("already entered", again.merchantpro_order_id.payment_problem)
        self.assertEqual(len(self.payments(other)), 1)

    def test_orders_without_a_transaction_are_all_paid(self):
        untold = {"payment_transaction_id": None}
        for sale in self.paid_sales(untold, untold):
            self.assertTrue(self.payments(sale))

    def test_an_order_imported_again_is_not_paid_again(self):
        sale = self.sale
        order = sale.merchantpro_order_id
        sale._action_cancel()
        sale.unlink()
        order.action_retry()
        self.assertEqual(len(order.account_payment_ids), 1)
        self.assertEqual(order.sale_order_id.merchantpro_paid_amount, 48.4)

    # Later

    def test_an_order_paid_after_its_import_gets_its_payment_then(self):
        sale = self.unpaid
        self.assertFalse(self.payments(sale))
        self.site_says(sale, payment_status="paid", paid_amount=57.53)
        self.assertEqual(self.payments(sale).amount, 57.53)
        self.assertIn("paid now (before: awaiting)", "".join(sale.message_ids.mapped("body")))

    def test_a_payment_told_later_is_a_job_of_the_orders(self):
        sale = self.unpaid
        order = sale.merchantpro_order_id.with_context(queue_job__no_delay=False)
        self.site.update("order", order.external_id, payment_status="paid")
        order._read_again(self.shop)
        self.assertFalse(self.payments(sale))
        job = self.env["queue.job"].search([("method_name", "=", "_job_take_payments")])
        self.assertEqual(job.channel, "root.merchantpro.orders")
        job.records._job_take_payments()
        self.assertEqual(len(self.payments(sale)), 1)

    # Invoices

    def test_the_invoice_is_paid_when_it_is_posted(self):
        sale = self.sale
        invoice = self.invoice(sale, post=False)
        self.assertEqual(invoice.payment_state, "not_paid")
        invoice.action_post()
        self.assertEqual((invoice.payment_state, invoice.amount_residual), ("paid", 0))
        self.assertIn(self.payments(sale), invoice.matched_payment_ids)

    def test_a_payment_that_comes_after_the_invoice_pays_it(self):
        invoice = self.invoice(self.unpaid)
        self.assertEqual(invoice.payment_state, "not_paid")
        self.site_says(self.unpaid, payment_status="paid", paid_amount=57.53)
        self.assertEqual(invoice.payment_state, "paid")

    def test_of_two_invoices_the_older_one_is_paid_first(self):
        sale = self.unpaid
        first = self.partial(sale, self.mug)
        second = self.partial(sale, self.book)
        # The newer one was due first, by its terms.
        second.line_ids.date_maturity = "2020-01-01"
        self.site_says(sale, payment_status="paid", paid_amount=30)
        self.assertEqual((first.payment_state, second.payment_state), ("paid", "partial"))
        self.assertEqual(second.amount_residual, round(57.53 - 30, 2))

    def test_each_invoice_of_an_order_takes_its_part(self):
        sale = self.unpaid
        self.site_says(sale, payment_status="paid")
        first = self.partial(sale, self.mug)
        self.assertEqual(first.payment_state, "paid")
        second = self.partial(sale, self.book)
        self.assertEqual((first.payment_state, second.payment_state), ("paid", "paid"))
        partials = self.payments(sale).move_id.line_ids.matched_debit_ids
        self.assertEqual(sorted(partials.mapped("amount")), [24.2, 33.33])
        sale.merchantpro_order_id.action_take_payment()
        self.assertEqual(self.payments(sale).move_id.line_ids.matched_debit_ids, partials)

    def partial(self, sale, product):
        line = sale.order_line.filtered(lambda each: each.product_id == product)
        line.qty_delivered = line.product_uom_qty
        invoice = sale._create_invoices()
        self.assertEqual(invoice.invoice_line_ids.product_id, product)
        invoice.action_post()
        return invoice

    def test_invoices_of_no_shop_are_left_alone(self):
        sale = self.sale
        other = sale.copy()
        other.action_confirm()
        invoice = self.invoice(other)
        self.assertEqual(invoice.payment_state, "not_paid")

    # What is in the way

    def test_a_payment_of_a_closed_period_is_entered_after_it(self):
        # Odoo's own rule for what comes too late.
        self.company.fiscalyear_lock_date = "2026-06-30"
        payment = self.payments(self.paid_sale())
        self.assertEqual(payment.state, "in_process")
        self.assertGreater(payment.move_id.date, datetime.date(2026, 6, 30))

    def test_a_journal_that_takes_no_payments_is_told_on_the_order(self):
        self.bank.inbound_payment_method_line_ids.unlink()
        sale = self.paid_sale()
        order = sale.merchantpro_order_id
        self.assertFalse(self.payments(sale))
        self.assertIn("payment method", order.payment_problem)
        self.method("euplatesc").journal_id = self.bank.copy({"code": "EUP2"})
        order.action_take_payment()
        self.assertTrue(self.payments(sale))
        self.assertFalse(order.payment_problem)
