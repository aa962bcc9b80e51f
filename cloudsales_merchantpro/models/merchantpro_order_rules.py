"""What the inbox knows of an order that rules wait for: imported, paid, goods missing."""

from odoo import models


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    def write(self, vals):
        if vals.get("payment_status") != "paid":
            return super().write(vals)
        unpaid = self.filtered(lambda order: order.payment_status != "paid")
        result = super().write(vals)
        self.env["merchantpro.rule"]._happened("paid", unpaid.sale_order_id)
        return result

    def _prepare_sale_values(self, parsed, meaning, contacts):
        return {
            **super()._prepare_sale_values(parsed, meaning, contacts),
            "merchantpro_payment_method_id": meaning.payment.id,
            "merchantpro_shipping_method_id": meaning.shipping.id,
        }

    def _create_sales(self, parsed, meaning, lines):
        result = super()._create_sales(parsed, meaning, lines)
        orders = self.browse().union(*lines)
        rules = self.env["merchantpro.rule"]
        rules._happened("imported", orders.sale_order_id)
        paid = orders.filtered(lambda order: order.payment_status == "paid")
        rules._happened("paid", paid.sale_order_id)
        return result

    def _edit_carrier(self, meanings):
        result = super()._edit_carrier(meanings)
        if meanings[0].shipping != meanings[1].shipping:
            self.sale_order_id.merchantpro_shipping_method_id = meanings[1].shipping
        return result

    def _job_reserve(self):
        result = super()._job_reserve()
        if self.env["merchantpro.rule"]._is_awaited("delayed"):
            sales = self.exists().sale_order_id
            short = sales.filtered(lambda sale: sale.picking_ids._lack_goods())
            self.env["merchantpro.rule"]._happened("delayed", short)
        return result
