"""The unit price on the invoice of a shop order."""

from odoo import models

from .net_prices import net_unit_price


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _merchantpro_net_unit_price(self):
        """The unit price without VAT, before a discount, of a line of a shop order that has the
        VAT in its price; None of any other."""
        self.ensure_one()
        from_shop = self.sudo().move_id._merchantpro_orders()
        if not from_shop or not any(self.tax_ids.mapped("price_include")):
            return None
        return net_unit_price(self, self.partner_id)
