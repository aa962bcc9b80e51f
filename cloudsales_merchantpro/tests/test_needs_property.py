"""Whatever people do, in whatever order: ordered, covered, excluded and open are what is missing,
and what is coming is counted once."""

import contextlib
from random import Random, randrange

from odoo.tools.float_utils import float_compare

from .need_case import NeedCase

STEPS = (
    "sell", "sell", "sell", "consolidate", "consolidate", "confirm", "receive", "receive_some",
    "cancel_sale", "change_sale", "cancel_purchase", "buy", "stock", "deliver", "exclude",
)  # fmt: skip


class TestNeedsProperty(NeedCase):
    def test_everything_adds_up_at_every_step(self):
        for _sequence in range(6):
            seed = randrange(10**6)  # told when it fails
            chance = Random(seed)
            with self.subTest(seed=seed), self.undone():
                for _step in range(10):
                    step = getattr(self, f"step_{chance.choice(STEPS)}")
                    step(chance.randint(0, 9), chance.randint(1, 6))
                    self.assert_true_to_stock()
                    self.assert_counted_once()

    @contextlib.contextmanager
    def undone(self):
        class Undo(Exception):
            pass

        try:
            with self.env.cr.savepoint():
                yield
                raise Undo
        except Undo:
            self.env.invalidate_all()

    def assert_counted_once(self):
        """No more is ordered or covered than what comes or lies there for nobody."""
        products = self.mug | self.book
        # free_qty knows what is reserved, incoming_qty what is confirmed.
        products.invalidate_recordset()
        for product in products:
            said = sum(
                self.needs.search(
                    [("product_id", "=", product.id), ("state", "in", ("ordered", "covered"))]
                )
                .filtered("sale_line_id")
                .mapped("missing_qty")
            )
            drafts = self.env["purchase.order.line"].search(
                [("product_id", "=", product.id), ("state", "in", ("draft", "sent"))]
            )
            there = product.free_qty + product.incoming_qty + sum(drafts.mapped("product_uom_qty"))
            self.assertLessEqual(float_compare(said, there, 3), 0, product.name)
            open_qty = sum(
                self.needs.search(
                    [("product_id", "=", product.id), ("state", "in", ("open", "blocked"))]
                ).mapped("missing_qty")
            )
            if open_qty:
                self.assertEqual(float_compare(said, there, 3), 0, product.name)

    # What people do

    def one(self, records, which):
        return records[which % len(records)] if records else records

    def sales(self):
        return self.env["sale.order"].search(
            [("partner_id", "=", self.buyer.id), ("state", "=", "sale")], order="id"
        )

    def purchases(self, *states):
        return self.env["purchase.order"].search(
            [("partner_id", "in", (self.supplier | self.other).ids), ("state", "in", states)],
            order="id",
        )

    def step_sell(self, which, quantity):
        product = (self.mug | self.book)[which % 2]
        self.sell(quantity, product, date_order=f"2026-01-{10 + which} 10:00:00")

    def step_consolidate(self, which, quantity):
        self.consolidate()

    def step_confirm(self, which, quantity):
        self.one(self.purchases("draft"), which).button_confirm()

    def step_receive(self, which, quantity):
        waiting = self.purchases("purchase").picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )
        if waiting:
            self.validate(self.one(waiting, which))

    def step_receive_some(self, which, quantity):
        waiting = self.purchases("purchase").picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )
        if waiting:
            picking = self.one(waiting, which)
            move = picking.move_ids[:1]
            move.quantity = min(quantity, move.product_uom_qty)
            self.validate(picking, move)

    def validate(self, picking, moves=None):
        (moves or picking.move_ids).picked = True
        picking.with_context(skip_backorder=True).button_validate()

    def step_cancel_sale(self, which, quantity):
        sale = self.one(self.sales(), which)
        if sale and not any(sale.order_line.mapped("qty_delivered")):
            sale._action_cancel()

    def step_change_sale(self, which, quantity):
        sale = self.one(self.sales(), which)
        if sale:
            sale.order_line.product_uom_qty = max(quantity, sale.order_line.qty_delivered)

    def step_cancel_purchase(self, which, quantity):
        order = self.one(self.purchases("draft", "purchase"), which)
        if order and not any(order.order_line.mapped("qty_received")):
            order.button_cancel()

    def step_buy(self, which, quantity):
        self.purchase(quantity, (self.mug | self.book)[which % 2], confirm=which % 3 > 0)

    def step_stock(self, which, quantity):
        self.stock(quantity, (self.mug | self.book)[which % 2])

    def step_deliver(self, which, quantity):
        ready = self.sales().picking_ids.filtered(
            lambda picking: (
                picking.picking_type_code == "outgoing"
                and picking.state in ("assigned", "confirmed")
                and any(picking.move_ids.mapped("quantity"))
            )
        )
        if ready:
            self.validate(self.one(ready, which))

    def step_exclude(self, which, quantity):
        need = self.one(self.needs.search([("state", "in", ("open", "blocked"))]), which)
        if need:
            need.action_exclude()
