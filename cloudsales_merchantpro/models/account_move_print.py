"""Invoices of shop orders that print by themselves when they are posted, if the shop says so."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        jobs = self.env["merchantpro.print.job"]
        for move in posted.filtered(lambda each: each.move_type == "out_invoice"):
            if jobs._order_of(move).sudo().merchantpro_shop_id.print_invoice:
                jobs._queue_by_settings("invoice", move)
        return posted

    def action_print_on_printer(self):
        """Print these invoices on the printer of their shop; what was printed only after asking."""
        return self.env["merchantpro.print.again"]._print("invoice", self)
