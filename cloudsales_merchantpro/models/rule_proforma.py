"""A rule issues the proforma of an order."""

from odoo import models

from .rule_outcomes import NotNeeded


class MerchantProRule(models.Model):
    _inherit = "merchantpro.rule"

    def _do_proforma(self, run):
        """Number it, once; its PDF follows. Nobody pays by the proforma of an invoiced order."""
        order = run.order_id
        issued = order._merchantpro_invoices().mapped("name")
        if issued and not order.merchantpro_proforma_number:
            raise NotNeeded(self.env._("Invoiced already: %s", ", ".join(issued)))
        number = order._merchantpro_issue_proforma()
        order._merchantpro_proforma_later()
        return self.env._("Proforma %s", number)
