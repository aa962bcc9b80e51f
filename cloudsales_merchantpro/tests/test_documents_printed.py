"""What is printed on the documents, read back from their PDFs by pdfminer."""

import io

from pdfminer.high_level import extract_text
from pdfminer.layout import LAParams

from .document_case import DocumentCase

# Cells of a row are read together, however far apart they are.
ROWS = LAParams(char_margin=200, boxes_flow=None)
LINES = [
    {"product_id": 1, "quantity": 3},
    {"product_id": 2, "quantity": 1},
    {
        "item_type": "promo_cart",
        "product_name": "Voucher",
        "amount": 12.1,
        "product_tax_percent": None,
    },
]


class TestPrinted(DocumentCase):
    draws = True

    def prepare(self):
        super().prepare()
        self.shop_order = self.read_order(
            LINES, shipping_amount=19.99, date_created=self.ago(hours=1)
        )
        self.sale = self.assert_imported(self.shop_order)
        self.company.partner_id.write(
            {"nrc": "J12/345/2020", "vat": "RO14399840", "street": "Str. Lungă 7"}
        )
        self.account = self.env["res.partner.bank"].create(
            {
                "partner_id": self.company.partner_id.id,
                "acc_number": "RO49AAAA1B31007593840000",
                "allow_out_payment": True,
            }
        )
        self.env["res.lang"]._activate_lang("ro_RO")
        self.sale.partner_id.lang = "ro_RO"

    def printed(self, pdf):
        """Its words row by row, one blank between them. Odoo writes a minus with a mark that
        keeps it at its number."""
        self.assertEqual(pdf.mimetype, "application/pdf")
        text = extract_text(io.BytesIO(pdf.raw), laparams=ROWS)
        text = text.replace("\u200b", "").replace("\u2060", "")
        return " ".join(text.split())

    def assert_amounts(self, text):
        self.assertEqual(self.sale.amount_total, 113.82)
        # Unit prices without VAT: 24,20 / 1,21 and 33,33 / 1,11, the discount in both rates,
        # delivery.
        for words in ("20,00", "30,03", "-6,85", "-3,43", "16,52"):
            self.assertIn(words, text)
        # Base and VAT of each rate, and the total.
        for words in ("TVA 21% la 69,67 lei 14,63 lei", "TVA 11% la 26,59 lei 2,93 lei"):
            self.assertIn(words, text)
        self.assertIn("Total", text)
        self.assertIn("113,82 lei", text)

    def test_the_invoice(self):
        sale = self.sale.with_context(force_report_rendering=True)
        invoice = sale._merchantpro_invoice()
        text = self.printed(invoice._merchantpro_pdf())
        for words in (invoice.name, "Ana Popescu", "Prăvălia SRL", "RO14399840"):
            self.assertIn(words, text)
        self.assert_amounts(text)
        self.assertIn("Curier rapid", text)
        self.assertNotIn("MerchantPro", text)

    def test_the_proforma(self):
        sale = self.sale.with_context(force_report_rendering=True)
        text = self.printed(sale._merchantpro_proforma_pdf())
        for words in (
            f"Proformă {sale.merchantpro_proforma_number}",
            "Ana Popescu",
            "Prăvălia SRL",
            "J12/345/2020",
            "RO14399840",
            "RO49AAAA1B31007593840000",
        ):
            self.assertIn(words, text)
        self.assert_amounts(text)
