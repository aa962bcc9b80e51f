"""What the shop's prices are, when Odoo decides them."""

from odoo import fields, models


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    price_direction = fields.Selection(
        [("none", "Not Compared"), ("push", "Odoo Decides"), ("pull", "The Site Decides")],
        string="Prices",
        default="none",
        required=True,
    )
    price_paused = fields.Boolean(
        string="Pause Prices", help="Prices are not sent for now; what changes is kept."
    )

    def _published_prices(self, variants):
        """({row: {field of the API: amount}}, {row: why its price cannot be sent}) of linked rows
        whose prices Odoo decides; the fields are price_gross or price_net, and old_price_*."""
        return {}, {}
