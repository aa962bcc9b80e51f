"""What became of a message after it was put into Odoo's queue: sent, refused, or to be tried again.

Only the cron and a person's Retry write it. The queues themselves just wake the cron: a write of
theirs could meet another one after the mail server or the operator took the message, and the
queue would begin again and send it twice.

    Odoo's mail queue                       here
    the server takes the mail
    commit: mail is sent  ────────────────► the cron: alert is sent
    the server is down: mail is exception ► the cron: problem in words, a pause, back into the queue

A process killed between the server's yes and its own commit leaves the mail in the queue; it goes
again with the Message-Id it had, by which mailboxes know it as the same message."""

import datetime
import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize, formataddr

# Minutes until what failed for a passing reason is tried again; the last one for ever after.
PAUSES = (1, 2, 5, 15, 30, 60)
TRIES = 50  # about two days; by then nobody wants to read it
BATCH = 500
# Reasons of Odoo's queue that do not pass by themselves.
MAIL_FINAL = {
    "mail_email_invalid",
    "mail_email_missing",
    "mail_from_invalid",
    "mail_from_missing",
    "mail_spam",
    "mail_bl",
    "mail_optout",
}
SMS_LEFT = ("process", "pending", "sent")
# The server knows no such buyer, as it says in the answer to the address.
REFUSED = re.compile(r"SMTPRecipientsRefused.*\(5\d\d, ", re.DOTALL)


class MerchantProAlert(models.Model):
    _inherit = "merchantpro.alert"

    @api.model
    def _cron_follow(self):
        """Write what became of the messages in the queues; try again what is due."""
        now = fields.Datetime.now()
        due = Domain("next_try", "=", False) | Domain("next_try", "<=", now)
        waiting = Domain("state", "=", "waiting") & due
        # Of those that merely wait in a queue, nothing is to be said.
        queued = Domain("mail_id.state", "=", "outgoing") | Domain("sms_id.state", "=", "outgoing")
        for alert in self.search(waiting & ~queued, order="id", limit=BATCH):
            alert._unattended()._follow()

    def _unattended(self):
        lang = self.shop_id._unattended().env.lang
        return self.with_context(lang=lang).with_company(self.company_id)

    def _follow(self):
        if self.channel == "mail":
            self._follow_mail()
        else:
            self._follow_sms()

    # E-mail

    def _follow_mail(self):
        mail = self.mail_id.sudo()
        if not mail:
            self._fail(self.env._("The message was deleted before it was sent."))
        elif mail.state == "sent":
            self._succeed()
        elif mail.state == "cancel":
            self._settle("cancelled", self.env._("It was cancelled in the queue."))
        elif mail.state == "exception":
            self._after_failure(self._mail_problem(mail), self._mail_is_final(mail))

    def _mail_is_final(self, mail):
        return mail.failure_type in MAIL_FINAL or bool(REFUSED.search(mail.failure_reason or ""))

    def _mail_problem(self, mail):
        reason = (mail.failure_reason or "").strip()
        if REFUSED.search(reason):
            return self.env._("The mail server knows no “%s”.", email_normalize(self.address))
        known = dict(mail._fields["failure_type"]._description_selection(self.env))
        kind = mail.failure_type if mail.failure_type != "unknown" else False
        words = known.get(kind) or self.env._("The mail server did not take it.")
        # Odoo puts the number of an error of the system on a line of its own.
        return "\n".join([words, *(line for line in reason.splitlines() if not line.isdigit())])

    # SMS

    def _follow_sms(self):
        sms = self.sms_id.sudo()
        if not sms:
            self._fail(self.env._("The message was deleted before it was sent."))
        elif sms.state in SMS_LEFT:
            self._succeed()
        elif sms.state == "canceled":
            self._settle("cancelled", self.env._("It was cancelled in the queue."))
        elif sms.state == "error":
            # An answer that did not come is not a no: it is not sent again by itself.
            final = sms.merchantpro_unsure or sms.failure_type != "sms_server"
            self._after_failure(self._sms_problem(sms), final)

    def _sms_problem(self, sms):
        if sms.merchantpro_unsure:
            return self.env._(
                "The SMS service got it and did not answer: it may have been sent. Retry sends it"
                " once more."
            )
        known = dict(sms._fields["failure_type"]._description_selection(self.env))
        return known.get(sms.failure_type) or self.env._("The SMS service did not take it.")

    # Settling

    def _after_failure(self, problem, final):
        """Note a failure; once its pause is over, put the message back into its queue."""
        if self.next_try:
            self._send_again()
        elif final or self.tries + 1 >= TRIES:
            self._fail(problem)
        else:
            pause = PAUSES[min(self.tries, len(PAUSES) - 1)]
            self.write(
                {
                    "problem": problem,
                    "tries": self.tries + 1,
                    "next_try": fields.Datetime.now() + datetime.timedelta(minutes=pause),
                }
            )
            self._tell_run("failed", self.env._("%s\nIt is tried again by itself.", problem))

    def _send_again(self):
        self.next_try = False
        if self.channel == "mail":
            mail = self.mail_id.sudo()
            if mail.state != "outgoing":
                mail.mark_outgoing()
            self._wake_mail_queue()
        else:
            sms = self.sms_id.sudo()
            sms.write({"to_delete": False, "merchantpro_unsure": False})
            sms.action_set_outgoing()
            self.env.ref("sms.ir_cron_sms_scheduler_action")._trigger()

    def _fail(self, problem):
        self._settle("failed", problem)
        self._tell_run("failed", problem)

    def _succeed(self):
        had_failed = bool(self.problem)
        self._settle("sent", False)
        self.sent_at = fields.Datetime.now()
        if had_failed:
            self._tell_run("done", False)

    def _settle(self, state, problem):
        self.write({"state": state, "problem": problem, "next_try": False})

    def _tell_run(self, state, problem):
        """The rule's run shows it among the open points of the order, with its own Retry."""
        if self.run_id:
            self.run_id.sudo().write({"state": state, "problem": problem})

    # By a person

    def _retry(self):
        """Send these now, whatever was said before, to the addresses of now."""
        for alert in self:
            if alert._has_left():
                alert._succeed()
                continue
            alert = alert._unattended()
            alert.write({"state": "waiting", "problem": False, "tries": 0, "next_try": False})
            if alert.mail_id or alert.sms_id:
                alert._readdress()
                alert._send_again()
            else:
                alert._write_again()

    def _has_left(self):
        return self.mail_id.sudo().state == "sent" or self.sms_id.sudo().state in SMS_LEFT

    def _readdress(self):
        """The address may be what was put right."""
        name, address = self.order_id._alert_address(self.channel, self.moment)
        if self.channel == "mail":
            address = formataddr((name, address))
        if address != self.address:
            self.address = address
            message, field = (
                (self.mail_id, "email_to") if self.channel == "mail" else (self.sms_id, "number")
            )
            message.sudo()[field] = address

    def _write_again(self):
        """The message itself was deleted: it is written anew."""
        template = self.mail_template_id or self.sms_template_id
        if not template:
            raise UserError(self.env._("The template of this message was deleted."))
        self._write_message(self.order_id, template, self.picking_id, self.move_id, self.run_id)
