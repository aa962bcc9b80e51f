"""A location added, moved or archived changes what the shops above it watch."""

from odoo import api, models


class StockLocation(models.Model):
    _inherit = "stock.location"

    @api.model_create_multi
    def create(self, vals_list):
        locations = super().create(vals_list)
        self.env.registry.clear_cache()
        return locations

    def write(self, vals):
        result = super().write(vals)
        if {"location_id", "active"} & set(vals):
            self.env.registry.clear_cache()
            self.env["merchantpro.change"]._note_shops(
                self.env["merchantpro.shop"].sudo().search([("push_stock", "=", True)])
            )
        return result
