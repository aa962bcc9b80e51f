"""What a sales order shows of its payment on the site, and what the courier is to collect."""

from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    merchantpro_cod_amount = fields.Monetary(
        string="To Collect",
        readonly=True,
        copy=False,
        help="What the courier is to collect from the buyer, as the site says.",
    )
    merchantpro_paid_amount = fields.Monetary(
        string="Paid on the Site",
        compute="_compute_merchantpro_paid_amount",
        compute_sudo=True,
    )

    @api.depends("merchantpro_order_id.account_payment_ids.amount")
    def _compute_merchantpro_paid_amount(self):
        for sale in self:
            payments = sale.merchantpro_order_id.account_payment_ids
            sale.merchantpro_paid_amount = sum(payments.mapped("amount"))

    def action_open_merchantpro_payment(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.payment",
            "res_id": self.merchantpro_order_id.account_payment_ids.id,
            "view_mode": "form",
        }


class StockPicking(models.Model):
    _inherit = "stock.picking"

    merchantpro_cod_amount = fields.Monetary(
        related="sale_id.merchantpro_cod_amount", currency_field="merchantpro_currency_id"
    )
    merchantpro_currency_id = fields.Many2one(related="sale_id.currency_id")
