"""Rules that write e-mails to buyers."""

from odoo import models
from odoo.exceptions import UserError

from .alert_moments import OF_EVENT


class MerchantProRule(models.Model):
    _inherit = "merchantpro.rule"

    def _do_mail(self, run):
        """Tell the buyer, once for this moment; what becomes of the mail is followed."""
        template = self.mail_template_id or self._template_of_event("mail")
        return self._tell_buyer(run, template)

    def _template_of_event(self, channel):
        moment = OF_EVENT.get(self.event)
        template = moment and self.env.ref(
            f"cloudsales_merchantpro.{channel}_template_{moment}", raise_if_not_found=False
        )
        if not template:
            raise UserError(self.env._("The rule “%s” does not say which message.", self.name))
        return template

    def _tell_buyer(self, run, template):
        alert = self.env["merchantpro.alert"]._send(
            run.order_id, template, run.picking_id, run.move_id, run
        )
        return self.env._("“%(subject)s” to %(to)s", subject=alert.subject, to=alert.address)
