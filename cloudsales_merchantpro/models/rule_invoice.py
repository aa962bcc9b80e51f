"""A rule issues the fiscal invoice: of the transfer that it ran for, or of the whole order."""

from odoo import models


class MerchantProRule(models.Model):
    _inherit = "merchantpro.rule"

    def _do_invoice(self, run):
        """Issue it, once; its number."""
        invoice = run.order_id._merchantpro_invoice(run.picking_id)
        invoice._merchantpro_document_later()
        return self.env._("Invoice %s", invoice.name)
