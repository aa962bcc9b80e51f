"""Series and first numbers of a shop's documents, and that the next document has them."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user

from .document_case import DocumentCase
from .return_case import ReturnCase


class TestSeries(DocumentCase, ReturnCase):
    def prepare(self):
        super().prepare()
        self.other = self.another()

    def use(self, **values):
        action = self.shop.action_open_series()
        wizard = self.env["merchantpro.invoice.series"].browse(action["res_id"])
        wizard.write(values)
        wizard.action_apply()
        return self.shop.invoice_journal_id

    def invoiced(self, sale=None):
        return (sale or self.sale)._merchantpro_invoice().name

    def another(self):
        return self.read_order([{"product_id": 2}]).sale_order_id

    def test_the_next_invoice_has_series_and_number_and_the_others_follow_in_its_journal(self):
        journal = self.use(invoice_series="MPRO-", invoice_number="0147")
        self.assertEqual(journal.code, "MPRO")
        self.assertEqual(self.invoiced(), "MPRO-0147")
        self.assertEqual(self.use(proforma_series="PROF ", proforma_number=31), journal)
        self.assertEqual(self.invoiced(self.other), "MPRO-0148")
        self.assertEqual(self.other._merchantpro_issue_proforma(), "PROF0031")
        wizard = self.env["merchantpro.invoice.series"].create(
            {"shop_id": self.shop.id, "journal_id": journal.id, "invoice_series": "NEW"}
        )
        with self.assertRaisesRegex(UserError, "new journal"):
            wizard.action_apply()

    def test_orders_that_wait_get_the_new_series_too(self):
        self.use(invoice_series="OLD-", invoice_number="0001")
        waiting = self.another()
        self.invoiced(self.other)
        self.use(
            journal_id=False,
            invoice_series="NEW-",
            invoice_number="0001",
        )
        self.assertEqual(self.invoiced(waiting), "NEW-0001")

    def test_a_series_with_the_year(self):
        year = self.sale._today_of_company().year
        self.use(invoice_series=f"EMAG/{year}/", invoice_number="00012")
        self.assertEqual(self.invoiced(), f"EMAG/{year}/00012")
        self.assertEqual(self.invoiced(self.other), f"EMAG/{year}/00013")

    def test_a_number_is_not_lost_with_an_invoice_that_fails(self):
        self.use(invoice_series="MPRO", invoice_number="1")
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.assertEqual(self.invoiced(self.other), "MPRO1")
            raise ZeroDivisionError
        self.assertEqual(self.invoiced(self.other), "MPRO1")

    def test_credit_notes_have_a_series_of_their_own_and_are_posted_at_once(self):
        self.use(
            invoice_series="MPRO", invoice_number="0001", refund_series="ST", refund_number="0070"
        )
        self.shop.post_credit_notes = True
        self.assertEqual(self.invoiced(), "MPRO0001")
        self.give_back({1: 1})
        self.assertEqual((self.credits.state, self.credits.name), ("posted", "ST0070"))
        self.assertEqual(self.credits.amount_total, 24.2)
        self.assertIn(self.credits, self.to_draw)
        self.assertTrue(self.credits._merchantpro_pdf())
        self.give_back({1: 1})
        self.assertEqual(sorted(self.credits.mapped("name")), ["ST0070", "ST0071"])

    def test_without_one_they_have_that_of_the_invoices_with_an_r(self):
        self.use(invoice_series="MPRO", invoice_number="0147")
        self.invoiced()
        self.give_back({1: 1})
        self.assertEqual(self.credits.state, "draft")
        self.credits.action_post()
        self.assertEqual(self.credits.name, "RMPRO0001")

    def test_a_credit_note_that_cannot_be_posted_stays_a_draft_and_is_told(self):
        self.shop.post_credit_notes = True
        self.invoiced()
        self.invoices.journal_id.active = False
        self.give_back({1: 1})
        self.assertEqual(self.credits.state, "draft")
        self.assertIn("draft", self.sale.activity_ids.note)

    def test_what_odoo_would_misread_is_refused(self):
        for series, number, words in (
            ("MP26", "0001", "ends with a digit"),
            ("MP12-", "0001", "as a date"),
            ("MPRO", "none", "no number"),
            ("", "0001", "Enter the series"),
        ):
            with self.subTest(series), self.assertRaisesRegex(UserError, words):
                self.use(invoice_series=series, invoice_number=number)

    def test_two_journals_do_not_share_a_series(self):
        self.use(invoice_series="MPRO", invoice_number="0001")
        self.shop.invoice_journal_id = False
        with self.assertRaisesRegex(UserError, "already"):
            self.use(invoice_series="MPRO", invoice_number="0001")

    def test_it_takes_the_rights_of_a_manager_only(self):
        manager, user = (
            new_test_user(self.env, name, f"cloudsales_merchantpro.group_{name}")
            for name in ("manager", "user")
        )
        series = self.env["merchantpro.invoice.series"]
        action = self.shop.with_user(manager).action_open_series()
        wizard = series.with_user(manager).browse(action["res_id"])
        entered = {"invoice_series": "MPRO", "refund_series": "ST", "refund_number": "0070",
                   "proforma_series": "PROF ", "proforma_number": 31}  # fmt: skip
        with Form(wizard) as form:
            for name, value in entered.items():
                form[name] = value
        wizard.action_apply()
        self.assertEqual(self.shop.invoice_journal_id.merchantpro_first_invoice, "MPRO0001")
        with self.assertRaises(AccessError):
            self.shop.with_user(user).action_open_series()
