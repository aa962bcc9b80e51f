"""The document that goes with a message: the proforma, or the invoice."""

from odoo import models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _alert_document(self, moment, move=None):
        """The PDF of a message about `moment`, drawn if it is not there; UserError where there
        is nothing to draw."""
        if moment == "proforma":
            return self._merchantpro_proforma_pdf()
        invoice = move or self._merchantpro_invoices()[-1:]
        if not invoice:
            raise UserError(self.env._("The order has no invoice yet."))
        return invoice._merchantpro_pdf()
