"""The PDF of an invoice of a shop, and its way to e-Factura, both with Odoo's own machinery.

Each is a job of its own after the invoice is committed: while a page is drawn nobody waits for the
next number, and what cannot be drawn or sent is on the invoice in words, with Retry; the invoice
stands. An upload to ANAF is never repeated blindly: that it begins is committed before it does."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    merchantpro_problem = fields.Text(
        string="Open Point", readonly=True, copy=False, help="What of it could not be done."
    )
    merchantpro_efactura_begun = fields.Datetime(
        string="Upload to e-Factura Begun", readonly=True, copy=False
    )

    # The PDF

    def _merchantpro_document_later(self):
        for move in self:
            move.with_delay(
                description=self.env._("MerchantPro: PDF of invoice %s", move.name),
                identity_key=f"merchantpro.invoice.pdf:{move.id}",
            )._job_merchantpro_document()

    def _job_merchantpro_document(self):
        for move in self.exists().sudo():
            move = move.with_company(move.company_id)
            if move._tried("_merchantpro_pdf") and move._merchantpro_efactura_due():
                move._merchantpro_efactura_later()

    def _merchantpro_pdf(self):
        """The attachment with the PDF of this posted invoice, made if it is not there."""
        self.ensure_one()
        if not self.invoice_pdf_report_id:
            # Explicitly nothing else: by default Odoo would also mail it, and report it.
            self._generate_document(extra_edis=[], invoice_edi_format=None)
        return self.invoice_pdf_report_id

    def _generate_document(self, **settings):
        self.env["account.move.send"]._generate_and_send_invoices(
            self, sending_methods=[], **settings
        )

    def _tried(self, method):
        """Whether `method` did its work; why not is on the invoice."""
        try:
            with self.env.cr.savepoint():
                getattr(self, method)()
        except UserError as error:
            self.merchantpro_problem = str(error)
            return False
        if self.merchantpro_problem:
            self.merchantpro_problem = False
        return True

    # e-Factura

    def _merchantpro_efactura_due(self):
        """Whether the shop of this document wants it sent, and it is not."""
        shops = self._merchantpro_orders().shop_id
        if not any(shop.efactura and shop.has_efactura for shop in shops):
            return False
        return not self.l10n_ro_edi_state

    def _merchantpro_efactura_later(self):
        if self.env.context.get("queue_job__no_delay"):
            # The job has a transaction of its own, which would not see ours.
            self._job_merchantpro_efactura()
            return
        self.with_delay(
            description=self.env._("MerchantPro: e-Factura of %s", self.name),
            identity_key=f"merchantpro.efactura:{self.id}",
        )._job_merchantpro_efactura()

    def _job_merchantpro_efactura(self):
        move = self.exists().sudo()
        if not move or not move._merchantpro_efactura_due():
            return
        move = move.with_company(move.company_id)
        if move.merchantpro_efactura_begun:
            move.merchantpro_problem = self.env._(
                "An upload to e-Factura began on %s and its answer is not known. Synchronise with"
                " the SPV; if the invoice is not there, retry.",
                move.merchantpro_efactura_begun,
            )
            return
        move.merchantpro_efactura_begun = fields.Datetime.now()
        if not self.env.context.get("queue_job__no_delay"):
            # Whoever is killed from here on does not upload it a second time.
            self.env.cr.commit()  # pylint: disable=invalid-commit
        move._tried("_merchantpro_efactura")

    def _merchantpro_efactura(self):
        self._generate_document(extra_edis=["ro_edi"], invoice_edi_format="ciusro")

    def action_merchantpro_retry(self):
        """A person has looked: draw and send again what is not drawn or sent."""
        self.check_access("write")
        moves = self.sudo()
        moves.merchantpro_efactura_begun = False
        moves.merchantpro_problem = False
        moves._job_merchantpro_document()


class SaleOrder(models.Model):
    _inherit = "sale.order"

    merchantpro_invoice_problem = fields.Text(
        compute="_compute_merchantpro_invoice_problem", compute_sudo=True
    )

    @api.depends("invoice_ids.merchantpro_problem")
    def _compute_merchantpro_invoice_problem(self):
        for order in self:
            open_points = order.invoice_ids.filtered("merchantpro_problem")
            order.merchantpro_invoice_problem = "\n".join(
                f"{move.name}: {move.merchantpro_problem}" for move in open_points
            )

    def action_merchantpro_retry_documents(self):
        self.invoice_ids.filtered("merchantpro_problem").action_merchantpro_retry()
