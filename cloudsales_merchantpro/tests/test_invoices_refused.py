"""What keeps an invoice from being issued is said in words, and leaves nothing behind."""

from odoo.exceptions import UserError

from odoo.addons.cloudsales_merchantpro.models.rule_outcomes import NotNeeded

from .document_case import DocumentCase


class TestRefused(DocumentCase):
    def assert_refused(self, words, error=UserError):
        with self.assertRaisesRegex(error, words):
            self.do("invoice")
        self.assertFalse(self.invoices)

    def test_a_closed_period(self):
        self.company.fiscalyear_lock_date = "2099-01-01"
        self.assert_refused("closed until")
        self.assertFalse(self.sale.invoice_ids)
        self.company.fiscalyear_lock_date = False
        self.do("invoice")
        self.assertTrue(self.invoices)

    def test_a_company_without_its_tax_id(self):
        buyer = self.sale.partner_invoice_id
        buyer.commercial_partner_id.write({"is_company": True, "vat": False})
        self.assert_refused("CUI")
        buyer.commercial_partner_id.vat = "/"
        self.do("invoice")
        self.assertTrue(self.invoices)

    def test_a_draft_of_somebody(self):
        self.invoice(post=False)
        self.assert_refused("Post it")

    def test_a_cancelled_order(self):
        self.sale._action_cancel()
        self.assert_refused("cancelled", NotNeeded)

    def test_a_shop_whose_site_issues_them(self):
        self.shop.invoices_by = "site"
        self.assert_refused("site issues", NotNeeded)

    def test_no_journal_for_sales(self):
        self.env["account.journal"].search([("type", "=", "sale")]).active = False
        self.assert_refused("journal")

    def test_a_down_payment(self):
        self.env["sale.order.line"].create(
            {"order_id": self.sale.id, "is_downpayment": True, "price_unit": 5, "name": "Advance"}
        )
        self.assert_refused("down payment")
