"""Every change of quantity or reservation passes here; products that a shop sells from the
location go to the outbox."""

from odoo import api, models

WATCHED_FIELDS = {"quantity", "reserved_quantity", "location_id", "product_id"}


class StockQuant(models.Model):
    _inherit = "stock.quant"

    @api.model_create_multi
    def create(self, vals_list):
        quants = super().create(vals_list)
        quants._note_for_shops()
        return quants

    def write(self, vals):
        if not WATCHED_FIELDS & set(vals):
            return super().write(vals)
        if {"location_id", "product_id"} & set(vals):
            self._note_for_shops()
        result = super().write(vals)
        self._note_for_shops()
        return result

    def unlink(self):
        self._note_for_shops()
        return super().unlink()

    def _note_for_shops(self):
        watched = self.env["merchantpro.shop"]._watched_locations()
        if not watched:
            return
        products = {quant.product_id.id for quant in self.sudo() if quant.location_id.id in watched}
        if products:
            self.env["merchantpro.change"]._note_products(products)
