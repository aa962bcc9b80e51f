"""Invoices go to e-Factura by Odoo's own module, only if the shop says so, and never twice."""

from unittest.mock import patch

from odoo.tests import Form

from .document_case import DocumentCase

UPLOAD = "odoo.addons.l10n_ro_edi.models.account_move._request_ciusro_send_invoice"


class TestEFactura(DocumentCase):
    draws = True

    def prepare(self):
        super().prepare()
        if "l10n_ro_edi_state" not in self.env["account.move"]._fields:
            self.skipTest("Odoo's module for e-Factura is not installed.")
        cluj = self.env.ref("base.RO_CJ")
        address = {"street": "Str. Lungă 7", "city": "Cluj-Napoca", "state_id": cluj.id}
        self.company.partner_id.write({**address, "vat": "RO14399840", "zip": "400001"})
        self.company.l10n_ro_edi_access_token = "token"
        self.shop.efactura = True

    def setUp(self):
        super().setUp()
        self.answer = {"key_loading": "5001"}
        # The one thing that cannot be had here is ANAF.
        self.upload = self.enterContext(patch(UPLOAD, side_effect=lambda **sent: self.answer))

    def test_an_invoice_that_a_rule_issues_is_uploaded_once(self):
        self.do("invoice")
        invoice = self.invoices
        self.assertEqual(invoice.merchantpro_problem, False)
        self.assertEqual((invoice.l10n_ro_edi_state, self.upload.call_count), ("invoice_sent", 1))
        self.assertIn(invoice.name.encode(), self.upload.call_args.kwargs["xml_data"])
        invoice._job_merchantpro_document()
        invoice.action_merchantpro_retry()
        self.assertEqual(self.upload.call_count, 1)

    def test_never_without_the_switch(self):
        self.shop.efactura = False
        self.do("invoice")
        self.assertTrue(self.invoices.invoice_pdf_report_id)
        self.assertFalse(self.upload.called)
        self.assertFalse(self.invoices.l10n_ro_edi_state)

    def test_it_is_off_in_a_new_shop(self):
        self.assertFalse(self.make_shop(name="Other").efactura)

    def test_who_sends_by_hand_finds_it_ticked_only_with_the_switch(self):
        invoice = self.sale._merchantpro_invoice()
        sending = self.env["account.move.send"]
        self.assertIn("ro_edi", sending._get_default_extra_edis(invoice))
        self.shop.efactura = False
        self.assertNotIn("ro_edi", sending._get_default_extra_edis(invoice))

    def test_a_refusal_is_on_the_invoice_and_its_order_until_it_is_repeated(self):
        self.answer = {"error": "Access token is unauthorized."}
        self.do("invoice")
        invoice = self.invoices
        self.assertTrue(invoice.invoice_pdf_report_id)
        self.assertIn("unauthorized", invoice.merchantpro_problem)
        self.assertIn("unauthorized", self.sale.merchantpro_invoice_problem)
        self.answer = {"key_loading": "5001"}
        self.sale.action_merchantpro_retry_documents()
        self.assertFalse(self.sale.merchantpro_invoice_problem)
        self.assertEqual(invoice.l10n_ro_edi_state, "invoice_sent")

    def test_an_upload_whose_answer_was_lost_is_not_repeated_by_itself(self):
        invoice = self.sale._merchantpro_invoice()
        invoice.merchantpro_efactura_begun = "2026-01-01 10:00:00"
        invoice._job_merchantpro_efactura()
        self.assertFalse(self.upload.called)
        self.assertIn("not known", invoice.merchantpro_problem)

    def test_without_the_module_there_is_no_switch(self):
        with Form(self.shop) as form:
            self.assertFalse(form._get_modifier("efactura", "invisible"))
        sending = type(self.env["account.move.send"])
        with patch.object(sending, "_get_all_extra_edis", lambda self: {}):
            self.shop.invalidate_recordset()
            with Form(self.shop) as form:
                self.assertTrue(form._get_modifier("efactura", "invisible"))
            self.do("invoice")
        self.assertFalse(self.upload.called)
