"""Who sends an invoice by hand finds e-Factura ticked only if the shop of its order says so: Odoo
ticks it for every invoice of a Romanian company."""

from odoo import api, models


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _get_default_extra_edis(self, move):
        chosen = super()._get_default_extra_edis(move)
        shops = move._merchantpro_orders().shop_id
        if shops and not any(shops.mapped("efactura")):
            return chosen - {"ro_edi"}
        return chosen
