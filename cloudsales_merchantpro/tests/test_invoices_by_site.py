"""Who issues the invoices: Odoo or the site, never both."""

from odoo.exceptions import UserError
from odoo.tests import Form

from odoo.addons.cloudsales_merchantpro.models.rule_outcomes import NotNeeded

from .document_case import DocumentCase

ISSUED = {"prefix": "FCT", "number": "1024", "url": "https://shop.example/f/1024"}


class TestIssuedByTheSite(DocumentCase):
    def issue_there(self, **fields):
        self.edit(invoice={**ISSUED, **fields})

    def test_it_is_shown_on_the_order(self):
        self.issue_there()
        sale = self.sale
        self.assertEqual(sale.merchantpro_site_invoice, "FCT 1024")
        self.assertEqual(sale.merchantpro_site_invoice_url, ISSUED["url"])
        self.assertFalse(sale.invoice_ids)

    def test_a_hostile_one_breaks_nothing(self):
        self.edit(invoice={"number": "7", "url": "javascript:alert(1)", "date": "never"})
        self.assertEqual(self.sale.merchantpro_site_invoice, "7")
        self.assertFalse(self.sale.merchantpro_site_invoice_url)

    def test_another_one_is_not_issued_here(self):
        self.issue_there()
        with self.assertRaisesRegex(UserError, "FCT 1024"):
            self.do("invoice")
        self.issue_there(cancelled=True)
        self.do("invoice")
        self.assertTrue(self.invoices)

    def test_both_settings_warn(self):
        self.assertFalse(self.shop.invoicing_warning)
        self.env["merchantpro.rule"].create(
            {"name": "Invoice when paid", "event": "paid", "action": "invoice"}
        )
        self.issue_there()
        self.shop.invalidate_recordset()
        with Form(self.shop) as form:
            self.assertIn("FCT 1024", form.invoicing_warning)
            form.invoices_by = "site"
            self.assertIn("Invoice when paid", form.invoicing_warning)

    def test_a_rule_issues_none_where_the_site_does(self):
        self.shop.invoices_by = "site"
        with self.assertRaises(NotNeeded):
            self.do("invoice")


class TestByHand(DocumentCase):
    draws = True

    def test_several_orders_at_once_and_what_cannot_be_is_told(self):
        cancelled = self.read_order([{"product_id": 1}]).sale_order_id
        cancelled._action_cancel()
        action = (self.sale + cancelled).action_merchantpro_invoice()
        self.assertTrue(self.invoices.invoice_pdf_report_id)
        self.assertIn(cancelled.name, action["params"]["message"])
        self.assertEqual(action["params"]["next"]["res_id"], self.invoices.id)
        # One alone that cannot be is an error.
        with self.assertRaisesRegex(UserError, self.invoices.name):
            self.sale.action_merchantpro_invoice()
