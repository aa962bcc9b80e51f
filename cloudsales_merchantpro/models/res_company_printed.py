"""What documents say of the company that sells."""

from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _merchantpro_registration(self):
        """Its number in the trade register; what is only its tax ID again is none."""
        partner = self.partner_id
        # Of the Romanian localisation.
        number = "nrc" in partner._fields and partner.nrc or self.company_registry
        return "" if not number or number in (self.vat or "") else number

    def _merchantpro_address(self):
        lines = self.partner_id._display_address(without_company=True).splitlines()
        return ", ".join(line.strip() for line in lines if line.strip())
