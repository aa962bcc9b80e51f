"""A shop that publishes forecasts has more or less to sell as soon as a move is planned, changed
or cancelled; nobody else is asked. And what an import confirms, it reserves by itself."""

from odoo import api, models

PLACES = {"location_id", "location_dest_id", "location_final_id"}
PLANS = PLACES | {"state", "product_id", "product_uom", "product_uom_qty"}


class StockMove(models.Model):
    _inherit = "stock.move"

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        if self.env["merchantpro.shop"]._forecast_locations():
            moves.filtered(lambda move: move.state != "draft")._note_planned()
        return moves

    def write(self, vals):
        if PLANS.isdisjoint(vals) or not self.env["merchantpro.shop"]._forecast_locations():
            return super().write(vals)
        if not (PLACES | {"product_id"}).isdisjoint(vals):
            self._note_planned()
        result = super().write(vals)
        self._note_planned()
        return result

    def _note_planned(self):
        watched = self.env["merchantpro.shop"]._forecast_locations()
        products = {
            move.product_id.id
            for move in self.sudo()
            if not watched.isdisjoint(move[place].id for place in PLACES)
        }
        self.env["merchantpro.change"]._note_products(products)

    def _should_assign_at_confirm(self):
        later = self.env.context.get("merchantpro_reserve_later")
        return not later and super()._should_assign_at_confirm()
