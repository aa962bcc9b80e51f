"""Rules that send SMS to buyers."""

from odoo import models


class MerchantProRule(models.Model):
    _inherit = "merchantpro.rule"

    def _do_sms(self, run):
        """Tell the buyer, once for this moment; what becomes of the SMS is followed."""
        template = self.sms_template_id or self._template_of_event("sms")
        return self._tell_buyer(run, template)
