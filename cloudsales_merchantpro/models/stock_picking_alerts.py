"""A buyer who hears from the shop that the goods have left does not hear it from Odoo as well."""

from odoo import models

from .alert_moments import OF_EVENT


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _send_confirmation_email(self):
        """Odoo's own e-mail and SMS at delivery, which the settings of Inventory switch on."""
        by_mail = self.filtered(lambda picking: picking._is_told("mail"))
        by_sms = (self - by_mail).filtered(lambda picking: picking._is_told("sms"))
        result = super(StockPicking, self - by_mail - by_sms)._send_confirmation_email()
        if by_sms:
            super(StockPicking, by_sms.with_context(skip_sms=True))._send_confirmation_email()
        return result

    def _is_told(self, channel):
        """Whether a rule tells the buyer by `channel` that this transfer is on its way."""
        shop = self.sale_id.merchantpro_shop_id
        if not shop:
            return False
        events = [event for event, moment in OF_EVENT.items() if moment == "shipped"]
        rules = self.env["merchantpro.rule"].sudo()
        found = rules.search(
            [
                ("event", "in", events),
                ("action", "=", channel),
                ("company_id", "=", self.company_id.id),
            ]
        )
        return any(not rule.shop_ids or shop in rule.shop_ids for rule in found)
