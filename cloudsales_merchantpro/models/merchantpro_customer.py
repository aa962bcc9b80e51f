"""Who ordered in a shop before, and which contact that is here."""

from odoo import fields, models


class MerchantProCustomer(models.Model):
    _name = "merchantpro.customer"
    _description = "MerchantPro Customer"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    external_id = fields.Char(string="Site ID", help="The account's; empty for a guest.")
    identity = fields.Char(required=True, help="Who the buyer is, in the account and out of it.")
    partner_id = fields.Many2one(
        "res.partner", string="Contact", required=True, ondelete="cascade", index=True
    )

    # Two orders of a new customer at once make one contact: the later one begins again. An account
    # is the shop's; a VAT number, or e-mail with phone, names one buyer to all shops of a company.
    _identity_uniq = models.Constraint(
        "unique(shop_id, identity)", "The customer is already known."
    )
    _company_identity_uniq = models.UniqueIndex(
        "(company_id, identity) WHERE left(identity, 8) <> 'account:'",
        "Another shop of the company already knows the customer.",
    )
