"""An invoice of an order that was paid on the site is paid as soon as it is posted; and rules for
invoiced orders hear of it."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _merchantpro_orders(self):
        """The shop orders that these invoices and credit notes are of."""
        return self.line_ids.sale_line_ids.order_id.sudo().merchantpro_order_id

    def _post(self, soft=True):
        posted = super()._post(soft)
        invoices = posted.filtered(lambda move: move.move_type == "out_invoice")
        orders = invoices._merchantpro_orders()
        orders._set_off_payments()
        if orders:
            self.env["merchantpro.rule"]._happened("invoiced", invoices)
        return posted
