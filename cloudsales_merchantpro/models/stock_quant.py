"""Every change of quantity or reservation passes here; products that a shop sells from the
location go to the outbox.

A delivery of fifty lines comes here two hundred times, so what is asked is kept short."""

from odoo import api, models

PLACE = {"location_id", "product_id"}
WATCHED_FIELDS = PLACE | {"quantity", "reserved_quantity"}


class StockQuant(models.Model):
    _inherit = "stock.quant"

    @api.model_create_multi
    def create(self, vals_list):
        quants = super().create(vals_list)
        quants._note_for_shops()
        return quants

    def write(self, vals):
        if WATCHED_FIELDS.isdisjoint(vals):
            return super().write(vals)
        if not PLACE.isdisjoint(vals):
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
