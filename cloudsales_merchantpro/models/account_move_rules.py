"""An order is paid when its invoices are, which may be long after the courier collected."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _invoice_paid_hook(self):
        result = super()._invoice_paid_hook()
        if self.env["merchantpro.rule"]._is_awaited("paid"):
            orders = self.sudo().line_ids.sale_line_ids.order_id.filtered("merchantpro_shop_id")
            paid = orders.filtered(lambda order: order._invoices_cover_it())
            self.env["merchantpro.rule"]._happened("paid", paid)
        return result


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _invoices_cover_it(self):
        """Whether all of the order is invoiced, and all invoices are paid."""
        posted = self.invoice_ids.filtered(
            lambda move: move.state == "posted" and move.move_type == "out_invoice"
        )
        if any(move.payment_state not in ("paid", "in_payment", "reversed") for move in posted):
            return False
        total = sum(posted.mapped("amount_total"))
        return self.currency_id.compare_amounts(total, self.amount_total) >= 0
