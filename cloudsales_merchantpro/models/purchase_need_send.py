"""What becomes of a purchase of needs: it stays a draft, is confirmed, or goes to the supplier by
e-mail, as PDF and as a spreadsheet that a warehouse's program can read."""

import base64
import io

import xlsxwriter

from odoo import models

from .merchantpro_order_activity import ACTIVITY


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    def _go_on(self, needs):
        """Do with this purchase what is set for its supplier; `needs`: what it was made for."""
        self.ensure_one()
        then = self.env["purchase.need.cutoff"]._of(self.company_id, self.partner_id).then
        if then not in ("confirm", "mail"):
            return
        self.button_confirm()
        if then == "mail" and not self._send_to_supplier():
            words = self.env._("%s was not sent: the supplier has no e-mail address.", self.name)
            needs.write({"reason": words})
            self.activity_schedule(
                ACTIVITY, user_id=(self.user_id or self.env.user).id, summary=words
            )

    def _send_to_supplier(self):
        """Write the e-mail, in the supplier's language; it leaves when all of this is committed.
        False where there is no address."""
        if not self.partner_id.email:
            return False
        template = self.env.ref("cloudsales_merchantpro.mail_template_needs")
        sheet = self.env["ir.attachment"].create(
            {
                "name": f"{self.name.replace('/', '-')}.xlsx",
                "datas": base64.b64encode(self._spreadsheet()),
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        template.send_mail(
            self.id,
            email_layout_xmlid="mail.mail_notification_light",
            email_values={"attachment_ids": [(4, sheet.id)]},
        )
        # Odoo's queue of mail is emptied once an hour if nobody asks.
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        return True

    def _spreadsheet(self):
        """The lines as XLSX: what the supplier calls it, its EAN, how much, at what price."""
        content = io.BytesIO()
        with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
            sheet = book.add_worksheet(self.name.replace("/", "-")[:31])
            bold = book.add_format({"bold": True})
            sheet.write_row(0, 0, self._spreadsheet_titles(), bold)
            sheet.set_column(0, 1, 18)
            sheet.set_column(2, 2, 60)
            lines = self.order_line.filtered(lambda line: not line.display_type)
            for row, line in enumerate(lines, 1):
                for column, value in enumerate(line._spreadsheet_row()):
                    # A code such as 007 or =A1 is a text, not a number or a formula.
                    write = sheet.write_string if isinstance(value, str) else sheet.write_number
                    write(row, column, value)
        return content.getvalue()

    def _spreadsheet_titles(self):
        order = self.with_context(lang=self.partner_id.lang)
        return (
            order.env._("Code"),
            order.env._("EAN"),
            order.env._("Product"),
            order.env._("Quantity"),
            order.env._("Unit"),
            order.env._("Unit Price"),
            order.env._("Currency"),
        )


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    def _spreadsheet_row(self):
        seller = self.selected_seller_id
        return (
            seller.product_code or self.product_id.default_code or "",
            self.product_id.barcode or "",
            seller.product_name or self.product_id.name,
            self.product_qty,
            self.product_uom_id.name,
            self.price_unit_discounted,
            self.currency_id.name,
        )
