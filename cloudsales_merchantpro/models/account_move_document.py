"""The PDF of an invoice of a shop, with Odoo's own machinery, in the buyer's language.

It is made after the invoice is committed, in a job of its own: while a page is drawn
nobody waits for the next number, and when it cannot be drawn the invoice stands."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _merchantpro_document_later(self):
        for move in self:
            move.with_delay(
                description=self.env._("MerchantPro: PDF of invoice %s", move.name),
                identity_key=f"merchantpro.invoice.pdf:{move.id}",
            )._job_merchantpro_document()

    def _job_merchantpro_document(self):
        for move in self.exists().sudo():
            move.with_company(move.company_id)._merchantpro_pdf()

    def _merchantpro_pdf(self):
        """The attachment with the PDF of this posted invoice, made if it is not there."""
        self.ensure_one()
        if not self.invoice_pdf_report_id:
            # Explicitly nothing else: by default Odoo would also mail it, and report it.
            self.env["account.move.send"]._generate_and_send_invoices(
                self, sending_methods=[], extra_edis=[], invoice_edi_format=None
            )
        return self.invoice_pdf_report_id
