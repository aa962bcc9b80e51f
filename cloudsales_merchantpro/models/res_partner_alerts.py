"""Buyers who do not want to hear of their orders, and the lists Odoo has for that."""

from odoo import fields, models
from odoo.tools import hmac

SCOPE = "merchantpro_no_alerts"


class ResPartner(models.Model):
    _inherit = "res.partner"

    merchantpro_no_alerts = fields.Boolean(
        string="No Messages about Orders",
        tracking=True,
        help="Nothing is written about orders of shops, except invoices and proformas.",
    )

    def _no_alerts_token(self):
        """Proves that who says so got a message of ours."""
        self.ensure_one()
        return hmac(self.env(su=True), SCOPE, self.id)


class MailBlacklist(models.Model):
    _inherit = "mail.blacklist"

    def _is_listed(self, address):
        return bool(address) and bool(self.search_count([("email", "=", address)], limit=1))


class PhoneBlacklist(models.Model):
    _inherit = "phone.blacklist"

    def _is_listed(self, number):
        return bool(number) and bool(self.search_count([("number", "=", number)], limit=1))
