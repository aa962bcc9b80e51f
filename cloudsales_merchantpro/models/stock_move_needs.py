"""Whatever moves goods, plans it or keeps them for somebody may change what is missing; and what
is received goes to the orders that waited for it, who ordered first comes first."""

from odoo import api, models

CHANGES = {
    "state", "product_id", "product_uom", "product_uom_qty", "location_id", "location_dest_id",
    "location_final_id", "procure_method",
}  # fmt: skip


class StockMove(models.Model):
    _inherit = "stock.move"

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        moves._note_needs()
        return moves

    def write(self, vals):
        result = super().write(vals)
        if not CHANGES.isdisjoint(vals):
            self._note_needs()
        return result

    def _note_needs(self):
        # An import confirms now and reserves in a moment; to look before would be in vain.
        needs = self.env["purchase.need"]
        if needs._watched() and not self.env.context.get("merchantpro_reserve_later"):
            needs._note(self.product_id)

    def _trigger_assign(self):
        if self and self.env["purchase.need"]._watched():
            self._assign_to_who_waited()
        return super()._trigger_assign()

    def _assign_to_who_waited(self):
        """Odoo reserves in the order of the days of delivery, and leaves some operation types to
        a person. What an order waited for is reserved in the order of the orders."""
        needs = self.env["purchase.need"].sudo()
        waiting = needs.search(
            [
                ("product_id", "in", self.product_id.ids),
                ("state", "in", ("ordered", "covered", "open", "blocked", "excluded")),
                ("sale_line_id", "!=", False),
            ]
        ).sale_line_id
        if not waiting:
            return
        moves = self.search(
            [
                ("sale_line_id", "in", waiting.ids),
                ("product_id", "in", self.product_id.ids),
                ("state", "in", ("confirmed", "partially_available")),
                ("procure_method", "=", "make_to_stock"),
            ]
        )
        moves.sorted(lambda move: (move.sale_line_id.order_id.date_order, move.id))._action_assign()


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def _note_for_shops(self):
        result = super()._note_for_shops()
        needs = self.env["purchase.need"]
        if needs._watched():
            needs._note(self.product_id)
        return result
