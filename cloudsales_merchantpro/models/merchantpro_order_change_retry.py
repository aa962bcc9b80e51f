"""A change of the site that waits for a product, a VAT rate or a customer is applied by itself when
that is there, as a held order comes in by itself."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    # As `missing` and `held_for` are of an order that is not imported yet.
    change_missing = fields.Json(readonly=True, copy=False)
    change_held_for = fields.Char(readonly=True, copy=False)

    _change_missing_index = models.Index("USING gin (change_missing) WHERE change_state = 'told'")

    def _retry_marked(self, shops, marks):
        result = super()._retry_marked(shops, marks)
        self.flush_model(["change_missing", "change_state", "shop_id"])
        told = self.env.execute_query(
            SQL(
                "SELECT id FROM merchantpro_order"
                " WHERE shop_id = ANY(%s) AND change_state = 'told' AND change_missing ?| %s",
                shops.ids,
                list(marks),
            )
        )
        self.sudo().browse(order_id for (order_id,) in told)._follow_told()
        return result

    def _retry_held_for(self, shops, kinds):
        result = super()._retry_held_for(shops, kinds)
        self._follow_held_for(shops, kinds)
        return result

    @api.model
    def _retry_held(self, shops):
        result = super()._retry_held(shops)
        self._follow_held_for(shops, ("product", "tax"))
        return result

    def _follow_held_for(self, shops, kinds):
        told = Domain("change_state", "=", "told") & Domain("change_held_for", "in", kinds)
        self.sudo().search(Domain("shop_id", "in", shops.ids) & told)._follow_told()
