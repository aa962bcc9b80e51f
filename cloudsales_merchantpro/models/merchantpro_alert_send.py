"""Writing the message and putting it into Odoo's queue, in the transaction of the alert.

What cannot be written at all (no address, no sender) raises before there is an alert, so nothing
keeps a later try away."""

from odoo import models
from odoo.tools import formataddr

from ..api.sms_text import size
from .alert_moments import DOCUMENTS
from .rule_outcomes import NotNeeded

LAYOUT = "cloudsales_merchantpro.alert_layout"


class MerchantProAlert(models.Model):
    _inherit = "merchantpro.alert"

    def _send(self, order, template, picking=None, move=None, run=None):
        """Tell the buyer of `order` what `template` (of e-mail or SMS) says, once; returns the
        alert. `picking` or `move` is the document it is about. Raises NotNeeded for who does not
        want it or was told already, UserError for what a person has to put right."""
        order = order.with_company(order.company_id)
        channel = "mail" if template._name == "mail.template" else "sms"
        order._check_alerts_wanted(channel, template.merchantpro_moment)
        order._alert_address(channel, template.merchantpro_moment)
        alert, new = self.sudo()._claim(order, template, picking, move)
        if new:
            alert._write_message(order, template, picking, move, run)
        elif run and alert.run_id == run and alert.state != "sent":
            alert._retry()
        else:
            raise NotNeeded(alert._already())
        return alert

    def _already(self):
        if self.state == "sent":
            return self.env._("The buyer was told already.")
        return self.env._("This message exists already; it is among the messages of the order.")

    def _write_message(self, order, template, picking, move, run):
        template, order = order._alert_in_language(template, picking)
        self.write(
            {
                "run_id": run.id if run else False,
                "lang": order.env.lang,
                f"{self.channel}_template_id": template.id,
            }
        )
        if self.channel == "mail":
            self._write_mail(order, template, move)
        else:
            self._write_sms(order, template)

    # E-mail

    def _write_mail(self, order, template, move):
        values = self._prepare_mail_values(order, template, move)
        mail_id = template.send_mail(order.id, email_values=values, email_layout_xmlid=LAYOUT)
        mail = self.env["mail.mail"].browse(mail_id)
        self.write({"mail_id": mail_id, "subject": mail.subject, "address": mail.email_to})
        self._wake_mail_queue()

    def _prepare_mail_values(self, order, template, move):
        """Of the message whatever its template says: to the buyer only, from the shop."""
        moment = template.merchantpro_moment
        values = {
            "email_to": formataddr(order._alert_address("mail", moment)),
            "recipient_ids": [],
            "email_from": order.merchantpro_shop_id._alert_sender(order.company_id),
            "author_id": order.company_id.partner_id.id,
            "auto_delete": False,
        }
        if moment in DOCUMENTS:
            values["attachment_ids"] = [(4, self._keep_document(order, move).id)]
        else:
            url = order._no_alerts_url()
            one_click = {"List-Unsubscribe": f"<{url}>"}
            one_click["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
            values["headers"] = repr(one_click)
        return values

    def _keep_document(self, order, move):
        """As it was sent: a proforma may be drawn again while the mail waits."""
        document = order._alert_document(self.told, move).sudo()
        own = {"res_model": self._name, "res_id": self.id, "res_field": False}
        return document.copy({**own, "name": document.name})

    def _wake_mail_queue(self):
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    # SMS

    def _write_sms(self, order, template):
        text = order._alert_text(template)
        _name, number = order._alert_address("sms", template.merchantpro_moment)
        message = order._message_sms(
            text, sms_content=text, sms_numbers=[number], put_in_queue=True
        )
        sms = self.env["sms.sms"].search([("mail_message_id", "=", message.id)], limit=1)
        self.write(
            {
                "sms_id": sms.id,
                "subject": text,
                "text": text,
                "parts": size(text).parts,
                "address": number,
            }
        )
