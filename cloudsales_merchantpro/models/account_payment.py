"""Payments that a shop's site told of: each once, and set off against the invoices of its order."""

from odoo import fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    merchantpro_order_id = fields.Many2one(
        "merchantpro.order", string="Shop Order", copy=False, readonly=True, index="btree_not_null"
    )
    merchantpro_shop_id = fields.Many2one(
        related="merchantpro_order_id.shop_id", string="Shop", store=True
    )
    merchantpro_transaction = fields.Char(string="Transaction", copy=False, readonly=True)

    # The last line of defence against a payment entered twice. One that an accountant cancelled
    # counts: somebody decided that it is not to be.
    _merchantpro_order_uniq = models.UniqueIndex(
        "(merchantpro_order_id) WHERE merchantpro_order_id IS NOT NULL",
        "The payment of this order of the shop is already entered.",
    )
    _merchantpro_transaction_uniq = models.UniqueIndex(
        "(merchantpro_shop_id, merchantpro_transaction) WHERE merchantpro_transaction IS NOT NULL",
        "A payment with this transaction of the shop is already entered, for another order.",
    )

    def _set_off(self, invoices):
        """Reconcile these payments with posted invoices, oldest first, as far as the money goes.
        What is reconciled already is left alone."""
        for payment in self.filtered(lambda each: each.state in ("in_process", "paid")):
            for invoice in invoices.sorted(lambda each: (each.invoice_date, each.id)):
                payment._set_off_one(invoice)

    def _set_off_one(self, invoice):
        money = self.move_id.line_ids.filtered(self._is_open)
        debt = invoice.line_ids.filtered(self._is_open)
        # Without an entry of its own (no outstanding account) a payment is only told to the
        # invoice, as Odoo's own Pay button does.
        if not debt or self.move_id and not money or self in invoice.matched_payment_ids:
            return
        for account in money.account_id & debt.account_id:
            both = money | debt
            both.filtered(lambda line, account=account: line.account_id == account).reconcile()
        invoice.matched_payment_ids |= self

    def _is_open(self, line):
        return (
            line.account_type == "asset_receivable"
            and line.parent_state == "posted"
            and not line.reconciled
        )
