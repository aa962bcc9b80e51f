"""The proforma and the invoice come with their messages, whatever the buyer thinks of news."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .alert_case import AlertCase


@tagged("-at_install", "post_install")
class TestAlertDocuments(AlertCase):
    def assert_attached(self, moment, document, **about):
        alert = self.tell(moment, **about)
        self.run_queue()
        mail = self.received()[-1]
        self.assertIn(self.sale.merchantpro_number, mail["Subject"])
        self.assertEqual(alert.state, "sent")
        (part,) = mail.iter_attachments()
        name, content = part.get_filename(), part.get_payload(decode=True)
        self.assertEqual((name, content), (document.name, document.raw))

    def test_documents_are_attached_and_come_to_who_wants_no_news(self):
        self.buyer.merchantpro_no_alerts = True
        self.assert_attached("proforma", self.sale._merchantpro_proforma_pdf())
        with self.assertRaisesRegex(UserError, "no invoice yet"):
            self.tell("invoice")
        self.buyer.vat = "/"
        invoice = self.sale._merchantpro_invoice()
        self.assert_attached("invoice", invoice._merchantpro_pdf(), move=invoice)

    def test_what_was_sent_stays_though_the_proforma_is_drawn_again(self):
        alert = self.tell("proforma")
        kept = alert.mail_id.attachment_ids
        before = kept.checksum
        self.sale.order_line[:1].product_uom_qty = 1
        drawn = self.sale._merchantpro_proforma_pdf()
        self.assertEqual(kept.exists().checksum, before)
        self.assertNotEqual(drawn, kept)

    def test_the_document_goes_to_who_is_invoiced(self):
        firm = self.env["res.partner"].create({"name": "Firma", "email": "conta@firma.example.com"})
        self.sale.partner_invoice_id = firm
        self.assertEqual(self.sale._alert_address("mail", "invoice")[1], firm.email)
        self.assertNotEqual(self.sale._alert_address("mail", "paid")[1], firm.email)
