"""Keeps needs true: after whatever moved goods, changed an order or a purchase.

What moved is collected while a transaction runs and looked at once, when it ends: a delivery, a
receipt of a hundred lines, a batch of orders take the same few queries. Needs are written only
where they change, so who delivers what was reserved waits for nobody.

Two transactions at once each see the other's orders as they were; the next look, and the one
before goods are ordered, sets that right."""

import functools
from collections import defaultdict
from dataclasses import dataclass

from odoo import api, models
from odoo.tools.misc import clean_context

from ..api.need_balance import Ordered, balance, near
from .purchase_need import LIVING, TO_ORDER

NOTED = "cloudsales_merchantpro.needs"


@dataclass
class Place:
    """A product in a warehouse, and what there is to know of it."""

    product: int
    warehouse: int
    demands: list
    lines: dict  # of purchases, what is still to come
    free: float


@dataclass
class Gone:
    """What a line of a sales order does not miss any more, until rows have taken it."""

    cancelled: float
    received: float

    def take(self, quantity, first):
        second = "cancelled" if first == "received" else "received"
        taken = {"cancelled": 0.0, "received": 0.0}
        for kind in (first, second):
            taken[kind] = near(min(quantity, getattr(self, kind)))
            setattr(self, kind, near(getattr(self, kind) - taken[kind]))
            quantity = near(quantity - taken[kind])
        return taken


class PurchaseNeed(models.Model):
    _inherit = "purchase.need"

    @api.model
    def _note(self, products):
        """What is missing of these products may be less or more when this transaction ends."""
        if not products or self.env.context.get("needs_quiet") or not self._watched():
            return
        hooks = self.env.cr.precommit
        noted = hooks.data.get(NOTED)
        if noted is None:
            noted = hooks.data[NOTED] = set()
            hooks.add(functools.partial(self.sudo()._balance_noted))
        noted.update(products.ids)

    @api.model
    def _balance_noted(self):
        noted = self.env.cr.precommit.data.pop(NOTED, None)
        if noted:
            self._balance_products(self.env["product.product"].browse(noted).exists())

    @api.model
    def _balance_products(self, products):
        """Compare the needs of these products with what is missing, and set them right."""
        # The context is that of whatever moved goods, with defaults for its own records.
        context = clean_context(self.env.context)
        this = self.sudo().with_context(context, needs_quiet=True, active_test=False)
        products = products.with_env(this.env).filtered("is_storable")
        if not products:
            return
        this.env.flush_all()
        asking = this._asking(products)
        needs = this.search(
            [("product_id", "in", products.ids), ("state", "in", LIVING)], order="id"
        )
        if not asking and not needs:
            return
        asked = this._asked(asking | set(needs.sale_line_id.ids))
        by_place = needs.grouped(lambda need: (need.product_id.id, need.warehouse_id.id))
        missed = []
        for place in this._places(products, by_place):
            mine = by_place.get((place.product, place.warehouse), this.browse())
            missed += this._balance_place(place, mine, asking, asked)
        this.create(missed)
        this.env.flush_all()

    def _places(self, products, by_place):
        demands, free = self._demands(products), self._free(products)
        lines, others = self._coming(products)
        for place in sorted({*demands, *by_place}):
            yield Place(
                *place,
                demands.get(place, []),
                lines.get(place, {}),
                near(free.get(place, 0.0) + others.get(place, 0.0)),
            )

    def _balance_place(self, place, needs, asking, asked):
        """Set the needs of a place right; values of those that are to be created."""
        of_lines = needs.filtered("sale_line_id")
        result = balance(
            place.demands,
            [
                Ordered(need.id, need.sale_line_id.id, need.purchase_line_id.id, need.missing_qty)
                for need in of_lines
                if need.state == "ordered"
            ],
            place.lines,
            place.free,
            of_lines._excluded(),
            self._shrink_line,
        )
        missing = defaultdict(float)
        for demand in place.demands:
            missing[demand.key] += demand.missing
        by_line = of_lines.grouped(lambda need: need.sale_line_id.id)
        missed = []
        for line in sorted({*by_line, *(asking & set(missing))}):
            rows = by_line.get(line, self.browse())
            now = asked.get((line, place.product), 0.0)
            gone = rows._gone(missing[line], now)
            rows._follow_ordered(result, gone)
            missed += self._settle_line(place, line, rows, result, gone, now)
        (needs - of_lines)._follow_by_hand(place.lines)
        return missed

    def _excluded(self):
        excluded = defaultdict(float)
        for need in self.filtered(lambda need: need.state == "excluded"):
            excluded[need.sale_line_id.id] += need.missing_qty
        return excluded

    def _gone(self, missing, asked):
        """What is less than the rows of one line say; as far as less is asked for, it was
        cancelled, and else it came from somewhere."""
        less = near(max(sum(self.mapped("missing_qty")) - missing, 0.0))
        given_up = max(max(self.mapped("asked_qty"), default=0.0) - asked, 0.0)
        cancelled = near(min(less, given_up))
        return Gone(cancelled, near(less - cancelled))

    def _settle_line(self, place, line, rows, result, gone, asked):
        """Make the rows of a line say what the balance says; values of new ones."""
        wanted = {
            "excluded": result.excluded.get(line, 0.0),
            "covered": near(sum(result.covered.get(line, {}).values())),
            "open": result.open.get(line, 0.0),
        }
        rows = rows.filtered(lambda need: need.state != "ordered")
        rows._change_state(wanted)
        comes_with = next((each for each in result.covered.get(line, {}) if each), False)
        missed = []
        for state, quantity in wanted.items():
            mine = rows.exists().filtered(lambda need, state=state: need._part() == state)
            mine[1:]._follow(0.0, gone)
            mine[:1]._follow(quantity, gone)
            if state == "covered" and quantity and mine.purchase_line_id.id != comes_with:
                mine[:1].purchase_line_id = comes_with
            if quantity and not mine:
                missed.append(self._prepare_values(place, line, state, quantity, comes_with))
        changed = rows.exists().filtered(lambda need: need.asked_qty != asked)
        if changed:
            changed.asked_qty = asked
        for values in missed:
            values["asked_qty"] = asked
        return missed

    def _part(self):
        return "open" if self.state in TO_ORDER else self.state

    def _change_state(self, wanted):
        """What was to be ordered comes anyway now, or the other way round: the same row."""
        for old, new in (("open", "covered"), ("covered", "open")):
            mine = self.filtered(lambda need, old=old: need._part() == old)
            if not mine or wanted[old] or not wanted[new]:
                continue
            if self.filtered(lambda need, new=new: need._part() == new):
                continue
            mine.write({"state": new, "problem": False, "purchase_line_id": False})
            return

    def _prepare_values(self, place, line, state, quantity, comes_with):
        return {
            "product_id": place.product,
            "warehouse_id": place.warehouse,
            "sale_line_id": line,
            "state": state,
            "missing_qty": quantity,
            "purchase_line_id": comes_with if state == "covered" else False,
        }

    def _asked(self, lines):
        """{(sales order line id, product id): what is to leave for it, or has}."""
        self.env.cr.execute(
            """
            SELECT m.sale_line_id, m.product_id, sum(m.product_qty)::float
              FROM stock_move m
              JOIN stock_location s ON s.id = m.location_id
              JOIN stock_location f ON f.id = coalesce(m.location_final_id, m.location_dest_id)
             WHERE m.sale_line_id = ANY(%s) AND m.state != 'cancel'
               AND s.usage = 'internal' AND f.usage = 'customer'
               AND NOT EXISTS (
                   SELECT 1 FROM stock_move_move_rel rel
                     JOIN stock_move p ON p.id = rel.move_orig_id
                    WHERE rel.move_dest_id = m.id AND p.sale_line_id = m.sale_line_id
                      AND p.state != 'cancel')
             GROUP BY 1, 2
            """,
            [list(lines)],
        )
        return {(line, product): asked for line, product, asked in self.env.cr.fetchall()}
