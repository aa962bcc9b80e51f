"""A day's needs: orders that miss goods become one purchase for each supplier, whose quantities
are exactly what is missing, at little more than the ORM's own creation of those purchases."""

import contextlib
import gc
import os
import random
import time
from unittest import mock

from ._odoo import environment
from ._push_shop import figure

ORDERS = int(os.environ.get("BENCH_PURCHASE_ORDERS") or 2000)
SHORT = ORDERS * 3 // 4
SUPPLIERS = 40
PRODUCTS = 10  # of each supplier
BATCH = 50
COST = 1.3

# What every supplier is to send, from the orders' own moves.
MISSING = """
    SELECT i.partner_id, m.product_id, sum(m.product_qty - coalesce(r.quantity, 0))::float
      FROM stock_move m
      JOIN product_product p ON p.id = m.product_id
      JOIN product_supplierinfo i ON i.product_tmpl_id = p.product_tmpl_id
      LEFT JOIN (SELECT move_id, sum(quantity_product_uom) AS quantity
                   FROM stock_move_line GROUP BY 1) r ON r.move_id = m.id
     WHERE m.sale_line_id IS NOT NULL AND m.state IN ('confirmed', 'partially_available')
     GROUP BY 1, 2
"""
ORDERED = """
    SELECT o.partner_id, l.product_id, sum(l.product_uom_qty)::float
      FROM purchase_order_line l JOIN purchase_order o ON o.id = l.order_id
     WHERE o.need_cutoff IS NOT NULL GROUP BY 1, 2
"""


def run():
    """{figure: {"value", "goal", "ok"}}."""
    with environment() as env:
        env.company.purchase_needs_all_orders = True
        place(env, catalogue(env))
        return {**figures(env), **twice(env)}


def catalogue(env):
    """[(product, whether there is plenty of it)]."""
    suppliers = env["res.partner"].create([{"name": f"Supplier {n}"} for n in range(SUPPLIERS)])
    products = env["product.product"].create(
        [
            {
                "name": f"P{n}-{supplier.id}",
                "is_storable": True,
                "seller_ids": [(0, 0, {"partner_id": supplier.id, "price": 1 + n})],
            }
            for supplier in suppliers
            for n in range(PRODUCTS + 2)
        ]
    )
    shelf = env["stock.warehouse"].search([], limit=1).lot_stock_id
    plenty = [number % (PRODUCTS + 2) >= PRODUCTS for number in range(len(products))]
    for product, much in zip(products, plenty, strict=True):
        if much:
            env["stock.quant"]._update_available_quantity(product, shelf, ORDERS * 5)
    env.cr.commit()
    return list(zip(products, plenty, strict=True))


def place(env, products):
    """Confirm the day's orders."""
    chance = random.Random(7)
    buyer = env["res.partner"].create({"name": "Buyer"})
    missing = [product.id for product, much in products if not much]
    plenty = [product.id for product, much in products if much]
    chosen = [missing[number % len(missing)] for number in range(SHORT)]
    chosen += [chance.choice(plenty) for _ in range(ORDERS - SHORT)]
    chance.shuffle(chosen)
    started = time.process_time()
    for start in range(0, ORDERS, BATCH):
        env["sale.order"].create(
            [
                {
                    "partner_id": buyer.id,
                    "order_line": [
                        (0, 0, {"product_id": each, "product_uom_qty": chance.randint(1, 5)})
                    ],
                }
                for each in chosen[start : start + BATCH]
            ]
        ).action_confirm()
        env.cr.commit()
        env.invalidate_all()
    print(f"{ORDERS} orders placed: {time.process_time() - started:.1f} s", flush=True)


def figures(env):
    """Each supplier's turn: ours, then the bare ORM's creation of the same purchase."""
    needs = env["purchase.need"].search([("state", "=", "open")])
    env.cr.execute(MISSING)
    missing = sorted(env.cr.fetchall())
    ours, bare = [], []
    for some in needs.grouped("supplier_id").values():
        with recorded(env) as made:
            now = some.with_context(queue_job__no_delay=True)
            ours.append(timed(env, now.consolidate))
        # The first turns are of what a process learns once.
        bare.append(timed(env, lambda made=made: create(env, made)))
    env.cr.execute(ORDERED)
    ordered = sorted(env.cr.fetchall())
    purchases = env["purchase.order"].search_count([("need_cutoff", "!=", False)])
    kept = slice(2, None)
    ratio = round(sum(ours[kept]) / sum(bare[kept]), 2)
    print(
        f"{len(needs)} needs: {sum(ours):.2f} s of processor time ordered, {sum(bare):.2f} s by"
        " the bare ORM",
        flush=True,
    )
    return {
        "lines short": figure(len(needs), f"= {SHORT}"),
        "purchase orders": figure(purchases, f"= {SUPPLIERS}"),
        "products ordered otherwise than missing": figure(len(set(missing) ^ set(ordered)), "= 0"),
        "cost of ordering / of the bare ORM": figure(ratio, f"<= {COST}"),
    }


def twice(env):
    """Ordered again, nothing more is."""
    now = env["purchase.need"].with_context(queue_job__no_delay=True)
    now.search([]).consolidate()
    env.cr.commit()
    purchases = env["purchase.order"].search_count([("need_cutoff", "!=", False)])
    return {"purchase orders after a second time": figure(purchases, f"= {SUPPLIERS}")}


@contextlib.contextmanager
def recorded(env):
    """Within this, [values] of the purchases that are created."""
    made = []
    original = type(env["purchase.order"]).create

    def create(self, vals_list):
        made.extend(dict(vals) for vals in vals_list)
        return original(self, vals_list)

    with mock.patch.object(type(env["purchase.order"]), "create", create):
        yield made


def create(env, made):
    """The same once more, without needs, and taken back: it must not count as coming."""
    quiet = env["purchase.order"].with_context(needs_quiet=True, tracking_disable=True)
    quiet.create([{**values, "need_cutoff": False} for values in made])


def timed(env, work):
    """Seconds of the processor; what the bare ORM made is taken back after."""
    env.invalidate_all()
    gc.collect()
    started = time.process_time()
    result = work()
    env.cr.flush()
    seconds = time.process_time() - started
    if result is True:
        env.cr.commit()
    else:
        env.cr.rollback()
    return seconds
