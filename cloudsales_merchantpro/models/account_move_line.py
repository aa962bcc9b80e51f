"""The unit price on the invoice of a shop order."""

from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _merchantpro_net_unit_price(self):
        """The unit price without VAT, before a discount, of a line of a shop order that has the
        VAT in its price; None of any other."""
        self.ensure_one()
        from_shop = self.sudo().move_id.line_ids.sale_line_ids.order_id.merchantpro_order_id
        if not from_shop or not any(self.tax_ids.mapped("price_include")):
            return None
        # Not rounded to cents: a price of less than a cent stays one where the digits allow it.
        taxes = self.tax_ids.with_context(round_base=False)
        return taxes.compute_all(
            self.price_unit,
            currency=self.currency_id,
            product=self.product_id,
            partner=self.partner_id,
            rounding_method="round_globally",
        )["total_excluded"]
