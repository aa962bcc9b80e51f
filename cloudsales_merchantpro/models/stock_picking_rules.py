"""What happens to the goods of an order that rules wait for.

The document of such an event is a transfer: the one to the buyer, but for `reserved` the first
one, which takes the goods from their shelf (in a warehouse that picks, then ships, the second one
does not exist yet), and for `returned` the one that brings them back.

Whether all of an order is reserved is asked when the transaction ends: while a transfer is
validated, what stays behind of it is for a moment a part of it."""

import functools

from odoo import api, models

MAYBE_RESERVED = "cloudsales_merchantpro.maybe_reserved"
OPEN_MOVES = ("waiting", "confirmed", "partially_available", "assigned")


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _to_buyer(self):
        return self.filtered(lambda each: each.location_dest_id.usage == "customer")

    def _first_step(self):
        """Those that take goods of ours from where they are stored."""
        return self.filtered(
            lambda each: (
                each.picking_type_code in ("internal", "outgoing")
                and not each.move_ids.move_orig_ids.filtered(
                    lambda move: move.picking_code == "internal"
                )
            )
        )

    def _lack_goods(self):
        """Whether something of these transfers of one order is still to be found."""
        moves = self._first_step().move_ids
        return any(move.state in OPEN_MOVES and move.state != "assigned" for move in moves)

    def _note_maybe_reserved(self):
        """All goods of the orders of these transfers may be reserved now."""
        hooks = self.env.cr.precommit
        if MAYBE_RESERVED not in hooks.data:
            hooks.data[MAYBE_RESERVED] = set()
            hooks.add(functools.partial(self.browse()._reserved_happened))
        hooks.data[MAYBE_RESERVED].update(self.ids)

    def _reserved_happened(self):
        noted = self.env.cr.precommit.data.pop(MAYBE_RESERVED, ())
        self.browse(noted).exists()._note_reserved()

    def _note_reserved(self):
        for sale in self.sudo().sale_id.filtered("merchantpro_shop_id"):
            first = sale.picking_ids._first_step()
            if not first._lack_goods():
                ready = first.filtered(lambda each: each.state == "assigned")
                self.env["merchantpro.rule"]._happened("reserved", ready)

    def _picked_happened(self):
        """The goods of these transfers to the buyer may all be in hand now."""
        picked = (
            self.sudo()
            ._to_buyer()
            .filtered(
                lambda each: (
                    (moves := each.move_ids.filtered(lambda move: move.state != "cancel"))
                    and all(move.picked for move in moves)
                )
            )
        )
        self.env["merchantpro.rule"]._happened("picked", picked)

    def _action_done(self):
        result = super()._action_done()
        rules = self.env["merchantpro.rule"]
        if rules._is_awaited("picked", "shipped", "returned"):
            done = self.sudo().filtered(lambda each: each.state == "done" and each.sale_id)
            sent = done._to_buyer()
            back = done.filtered(lambda each: each.location_id.usage == "customer")
            on_the_way = (done - sent - back).move_ids.move_dest_ids.picking_id._to_buyer()
            rules._happened("picked", on_the_way | sent)
            rules._happened("shipped", sent)
            rules._happened("returned", back)
        return result

    def _mark_delivered(self):
        fresh = self.filtered(lambda each: not each.merchantpro_delivered_at)
        result = super()._mark_delivered()
        self.env["merchantpro.rule"]._happened("delivered", fresh)
        return result


class StockMove(models.Model):
    _inherit = "stock.move"

    def write(self, vals):
        result = super().write(vals)
        # What was missing may also be cancelled.
        if vals.get("state") in ("assigned", "cancel") and self.env["merchantpro.rule"]._is_awaited(
            "reserved"
        ):
            self.picking_id._note_maybe_reserved()
        return result


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if any(vals.get("picked") for vals in vals_list):
            lines._picked_happened()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if vals.get("picked"):
            self._picked_happened()
        return result

    def _picked_happened(self):
        if self.env["merchantpro.rule"]._is_awaited("picked"):
            self.picking_id._picked_happened()
