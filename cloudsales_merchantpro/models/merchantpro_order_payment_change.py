"""What the site says later of the payment of an imported order: noted once per change on the
sales order. A payment is entered; a refund is left to a person."""

from odoo import models

BACK = ("refunded", "cancelled", "rejected", "failed")


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    def write(self, vals):
        imported = self.browse()
        if "payload" in vals:
            # With the rights of the connector, whoever asked the site again.
            orders = self.sudo()
            imported = orders.filtered(lambda order: order.state == "done" and order.sale_order_id)
        before = {order: order.payment_status for order in imported}
        result = super().write(vals)
        for order, status in before.items():
            if order.payment_status and order.payment_status != status:
                order._note_payment_status(status)
        imported._follow_payments()
        return result

    def _note_payment_status(self, before):
        sale = self.sale_order_id
        sale.message_post(
            body=self.env._(
                "The site has the payment as %(now)s now (before: %(before)s).",
                now=self.payment_status,
                before=before or "-",
            )
        )
        invoiced = sale.invoice_ids.filtered(lambda move: move.state == "posted")
        entered = self.account_payment_ids
        if self.payment_status in BACK and (invoiced or entered):
            sale.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=sale.user_id.id or self.env.uid,
                summary=self.env._("Payment %s on the site", self.payment_status),
                note=self.env._(
                    "Nothing was refunded here by itself. Look at the invoices and the payment of"
                    " this order."
                ),
            )

    def _follow_payments(self):
        """What the courier collects follows the site, and what was paid is entered."""
        if not self:
            return
        methods = self._payment_methods()
        told = self._payments_told()
        for order, each in told.items():
            method = methods.get((order.shop_id, each.method))
            amount = self._to_collect(each, method) if method else 0.0
            if order.sale_order_id.merchantpro_cod_amount != amount:
                order.sale_order_id.merchantpro_cod_amount = amount
        paid = [order for order, each in told.items() if order._is_due(each)]
        self.browse().union(*paid)._take_payments_later()
