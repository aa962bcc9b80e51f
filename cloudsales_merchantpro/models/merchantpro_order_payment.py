"""Payments of shop orders: what the site has as paid is entered once, in the journal of its
method, and set off against the invoices; what a courier collects is kept for them.

    the order comes in as paid            it is paid later
    import, in its transaction            reading notes the change and enqueues a job
    the payment, in a savepoint           the job locks the order, then the payment

What keeps a payment from being entered (a closed period, a journal without a method) is on the
order in words; the order itself stays imported. Nothing is ever refunded by itself."""

import psycopg2

from odoo import fields, models
from odoo.exceptions import UserError

from ..api.errors import ParseError
from ..api.payments import parse_payment
from .concurrency import touch
from .merchantpro_order_process import AGAIN


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    account_payment_ids = fields.One2many("account.payment", "merchantpro_order_id")
    payment_problem = fields.Text(
        readonly=True, help="Why the payment is not entered, or not set off against an invoice."
    )

    # On the way in

    def _create_sales(self, parsed, meaning, lines):
        result = super()._create_sales(parsed, meaning, lines)
        self.browse().union(*lines)._take_payments()
        return result

    def _prepare_sale_values(self, parsed, meaning, contacts):
        values = super()._prepare_sale_values(parsed, meaning, contacts)
        told = parse_payment(self.payload)
        return {**values, "merchantpro_cod_amount": self._to_collect(told, meaning.payment)}

    def _to_collect(self, told, method):
        return float(told.to_collect) if method.collected_by_courier else 0.0

    # Entering

    def _take_payments(self):
        """Enter the payments of those of these imported orders that the site has as paid and that
        have none. Nothing is entered for methods without a journal."""
        methods = self._payment_methods()
        due = {}
        for order, told in self._payments_told().items():
            method = methods.get((order.shop_id, told.method))
            if method and method.journal_id and order._is_due(told):
                due[order] = (told, method)
        self._enter_payments(due)

    def _payments_told(self):
        """{order: api Payment}; where it cannot be read the order says so."""
        told = {}
        for order in self:
            try:
                told[order] = parse_payment(order.payload)
            except ParseError as error:
                order.payment_problem = order._told(error)
        return told

    def _payment_methods(self):
        """{(shop, code): merchantpro.payment.method} of the shops of these orders."""
        methods = self.env["merchantpro.payment.method"]
        found = methods.search([("shop_id", "in", self.shop_id.ids)])
        return {(method.shop_id, method.code): method for method in found}

    def _is_due(self, told):
        return (
            self.sale_order_id
            and told.status == "paid"
            and told.amount > 0
            and not self.account_payment_ids
        )

    def _enter_payments(self, due):
        """Enter the payments of {order: (api Payment, method)} together; one by one where that
        does not work."""
        if not due:
            return
        try:
            with self.env.cr.savepoint():
                self._post_payments(due)
        except AGAIN:
            raise
        except Exception as error:  # whatever another module raises: one payment, not its job
            if len(due) == 1:
                (order,) = due
                order.payment_problem = order._why_not_entered(error)
                return
            for order, each in due.items():
                self._enter_payments({order: each})

    def _post_payments(self, due):
        payments = self.env["account.payment"].create(
            [order._prepare_payment_values(*each) for order, each in due.items()]
        )
        payments.action_post()
        orders = self.browse().union(*due)
        orders.filtered("payment_problem").payment_problem = False
        for payment in payments:
            payment._set_off(payment.merchantpro_order_id._posted_invoices())

    def _prepare_payment_values(self, told, method):
        sale = self.sale_order_id
        if told.currency not in ("", sale.currency_id.name):
            raise UserError(
                self.env._(
                    "The payment is in %(theirs)s and the sales order in %(ours)s.",
                    theirs=told.currency,
                    ours=sale.currency_id.name,
                )
            )
        today = fields.Date.context_today(self)
        return {
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": sale.partner_invoice_id.commercial_partner_id.id,
            "journal_id": method.journal_id.id,
            "amount": float(told.amount),
            "currency_id": sale.currency_id.id,
            "date": min(told.date or today, today),
            "memo": f"{self.shop_id.name} {self.external_id}",
            "payment_reference": told.transaction or False,
            "merchantpro_order_id": self.id,
            "merchantpro_transaction": told.transaction or False,
        }

    def _why_not_entered(self, error):
        if isinstance(error, ParseError | UserError):
            return self._told(error)
        if isinstance(error, psycopg2.IntegrityError):
            return self.env["account.payment"]._sql_error_to_message(error)
        return self._unforeseen(error)

    def _set_off_payments(self):
        """Reconcile the payments of these orders with the invoices posted until now."""
        for order in self.filtered("account_payment_ids"):
            try:
                with self.env.cr.savepoint():
                    order.account_payment_ids._set_off(order._posted_invoices())
            except UserError as error:
                # The invoice is posted all the same; a person sets off what we could not.
                order.payment_problem = order._told(error)

    def _posted_invoices(self):
        return self.sale_order_id.invoice_ids.filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "posted"
        )

    # Later

    def _take_payments_later(self):
        if self._at_once():
            self._job_take_payments()
            return
        for order in self:
            order.with_delay(
                description=self.env._("MerchantPro: payment of order %s", order.external_id),
                identity_key=f"merchantpro.payment:{order.id}",
            )._job_take_payments()

    def _job_take_payments(self):
        # Whoever comes second begins again, and sees the payment of the first.
        touch(self)
        orders = self.exists().sudo()
        for company in orders.company_id:
            mine = orders.filtered(lambda order, company=company: order.company_id == company)
            mine.with_company(company)._take_payments()
            mine._set_off_payments()

    def action_take_payment(self):
        """Enter the payments of these orders now, if the site has them as paid."""
        orders = self._as_system()
        orders.filtered("payment_problem").payment_problem = False
        orders._job_take_payments()
