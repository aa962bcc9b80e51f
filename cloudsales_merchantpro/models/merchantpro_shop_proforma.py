"""The series of a shop's proformas: made when the first one is issued, unless one was chosen."""

import re
import unicodedata

from odoo import fields, models


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    proforma_sequence_id = fields.Many2one(
        "ir.sequence",
        string="Proforma Series",
        check_company=True,
        copy=False,
        help="Made by itself with the first proforma. Two shops should not share one.",
    )
    proforma_bank_id = fields.Many2one(
        "res.partner.bank",
        string="Account on Proformas",
        check_company=True,
        domain="[('partner_id', '=', company_partner_id)]",
        help="Where the buyer is to pay; without one, the first account of the company.",
    )
    company_partner_id = fields.Many2one(related="company_id.partner_id")

    def _proforma_sequence(self):
        """The series, made if need be; by the first of several workers at once, because only one
        of them can write the shop."""
        self.ensure_one()
        if not self.proforma_sequence_id:
            self.proforma_sequence_id = self.env["ir.sequence"].create(
                self._prepare_proforma_sequence_values(self._proforma_prefix())
            )
        return self.proforma_sequence_id

    def _prepare_proforma_sequence_values(self, prefix):
        return {
            "name": self.env._("Proformas of %s", self.name),
            "code": "merchantpro.proforma",
            "company_id": self.company_id.id,
            "prefix": prefix,
            "padding": 4,
            # A number is taken with the order it is for, or not at all.
            "implementation": "no_gap",
        }

    def _proforma_prefix(self):
        """“PF-” and letters of the shop, another one for each shop."""
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode()
        letters = re.sub(r"[^A-Z]", "", plain.upper())[:4]
        taken = self.env["ir.sequence"].search(
            [("code", "=", "merchantpro.proforma"), ("company_id", "=", self.company_id.id)]
        )
        prefix = f"PF-{letters}-" if letters else "PF-"
        if prefix in taken.mapped("prefix"):
            prefix = f"PF-{letters}{self.id}-"
        return prefix
