"""The proforma of an order of a shop: a number in the series of the shop, a date and a PDF. It is
an offer to pay and no entry in the accounts: no account.move, nothing for e-Factura.

The number is taken once, under a lock on the order; the series lets one worker at a time take one
(no gaps), and whoever comes second begins again. The PDF is drawn later or when it is asked for,
and again when the order changed since: the number stays."""

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.delivery_awb.models.awb_pdf import merged

from .concurrency import touch
from .document_amounts import net_unit_price
from .rule_outcomes import NotNeeded

REPORT = "cloudsales_merchantpro.action_report_proforma"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    merchantpro_proforma_number = fields.Char(
        string="Proforma", readonly=True, copy=False, index="trigram"
    )
    merchantpro_proforma_date = fields.Date(string="Proforma Date", readonly=True, copy=False)
    merchantpro_proforma_id = fields.Many2one(
        "ir.attachment", string="PDF of the Proforma", readonly=True, copy=False
    )
    merchantpro_proforma_total = fields.Monetary(
        string="Total of the Proforma", readonly=True, copy=False
    )

    _merchantpro_proforma_uniq = models.UniqueIndex(
        "(company_id, merchantpro_proforma_number) WHERE merchantpro_proforma_number IS NOT NULL",
        "There is another proforma of this number.",
    )

    # The number

    def _merchantpro_issue_proforma(self):
        """Give this order the number of a proforma, once; returns it. Raises NotNeeded for what
        cannot be paid any more."""
        self.ensure_one()
        touch(self)
        order = self.sudo().with_company(self.company_id)
        if order.merchantpro_proforma_number:
            return order.merchantpro_proforma_number
        if order.state == "cancel":
            raise NotNeeded(self.env._("The order is cancelled."))
        shop = order.merchantpro_shop_id
        if not shop:
            raise NotNeeded(self.env._("The order is of no shop, so it has no series."))
        order.write(
            {
                "merchantpro_proforma_number": shop._proforma_sequence().next_by_id(),
                "merchantpro_proforma_date": order._today_of_company(),
            }
        )
        order.message_post(
            body=self.env._("Proforma %s issued.", order.merchantpro_proforma_number)
        )
        return order.merchantpro_proforma_number

    # The PDF

    def _merchantpro_proforma_pdf(self):
        """The attachment with the proforma of this order; it is issued if it was not."""
        self.ensure_one()
        self._merchantpro_issue_proforma()
        order = self.sudo().with_company(self.company_id)
        if not order._proforma_is_current():
            order._draw_proforma()
        return order.merchantpro_proforma_id

    def _proforma_is_current(self):
        return self.merchantpro_proforma_id and not self.currency_id.compare_amounts(
            self.merchantpro_proforma_total, self.amount_total
        )

    def _draw_proforma(self):
        content, _kind = self.env["ir.actions.report"]._render_qweb_pdf(REPORT, self.ids)
        before = self.merchantpro_proforma_id
        name = self.merchantpro_proforma_number.replace("/", "-")
        pdf = self.env["ir.attachment"].create(
            {
                "name": self.env._("Proforma %s", name) + ".pdf",
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self.write(
            {"merchantpro_proforma_id": pdf.id, "merchantpro_proforma_total": self.amount_total}
        )
        before.unlink()

    def _merchantpro_proforma_later(self):
        for order in self:
            order.with_delay(
                description=self.env._("MerchantPro: PDF of the proforma of %s", order.name),
                identity_key=f"merchantpro.proforma.pdf:{order.id}",
            )._job_merchantpro_proforma()

    def _job_merchantpro_proforma(self):
        for order in self.exists().filtered("merchantpro_proforma_number"):
            order._merchantpro_proforma_pdf()

    # What is printed

    def _proforma_account(self):
        """The bank account the buyer is to pay to."""
        accounts = self.company_id.partner_id.bank_ids
        return self.merchantpro_shop_id.proforma_bank_id or accounts[:1]

    def _proforma_lines(self):
        return self.order_line.filtered(lambda line: not line.is_downpayment)

    # By hand

    def action_merchantpro_proforma(self):
        """Download the proformas of these orders, as one file; they are issued if need be."""
        self.check_access("read")
        try:
            pdfs = [order._merchantpro_proforma_pdf() for order in self]
        except NotNeeded as words:
            raise UserError(words.args[0]) from words
        file = pdfs[0]
        if len(pdfs) > 1:
            file = self.env["ir.attachment"].create(
                {
                    "name": self.env._("Proformas") + ".pdf",
                    "raw": merged([pdf.raw for pdf in pdfs]),
                    "mimetype": "application/pdf",
                }
            )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{file.id}?download=true",
            "target": "download",
        }


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _merchantpro_net_unit_price(self):
        """The unit price without VAT, before a discount."""
        return net_unit_price(self, self.order_id.partner_id)

    def _merchantpro_vat_rates(self):
        return ", ".join(f"{tax.amount:g}%" for tax in self.tax_ids)
