"""Who issues the invoices of a shop."""

from odoo import fields, models


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    invoices_by = fields.Selection(
        [("odoo", "Odoo"), ("site", "The Site")],
        string="Invoices Issued By",
        default="odoo",
        required=True,
        help="Two invoices of one sale are a serious mistake: let only one of the two issue them.",
    )
