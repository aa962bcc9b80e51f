"""A location added, moved, archived or put to another use changes what the shops above it
watch."""

from odoo import api, models

DECIDES_SHELVES = {"location_id", "active", "usage"}


class StockLocation(models.Model):
    _inherit = "stock.location"

    @api.model_create_multi
    def create(self, vals_list):
        locations = super().create(vals_list)
        if self._publishing_shops():
            self.env.registry.clear_cache()
        return locations

    def write(self, vals):
        result = super().write(vals)
        if not DECIDES_SHELVES.isdisjoint(vals) and (shops := self._publishing_shops()):
            self.env.registry.clear_cache()
            self.env["merchantpro.change"]._note_shops(shops)
        return result

    def _publishing_shops(self):
        return self.env["merchantpro.shop"].sudo().search([("push_stock", "=", True)])
