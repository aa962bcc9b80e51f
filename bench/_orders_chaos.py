"""Every order delivered at least twice, in pieces of any size and in any order, by two workers at
once, of which ten are killed at random moments. In the end there is one sales order for each, its
total the shop's to the cent, and its goods are reserved."""

import os
import random
import time

from . import _orders_shop
from ._forked import Fork
from ._odoo import environment_of
from ._push_shop import figure, unlimited

ORDERS, KILLS = int(os.environ.get("BENCH_ORDERS") or 1000), 10
LARGEST = 20  # orders of one delivery
# Seconds of a process that is to be killed: less than it takes to go through all orders.
LONGEST_LIFE = 6 * ORDERS / 1000
MANY = 100  # times that a transaction is begun again


def run(name):
    """{figure: {"value", "goal", "ok"}}; `name` is that of a database of its own."""
    seed = int(os.environ.get("BENCH_SEED") or time.time_ns() % 10**6)
    print(f"killed imports: seed {seed}", flush=True)
    dice = random.Random(seed)
    with _orders_shop.site() as site, unlimited():
        numbers = [order["id"] for order in _orders_shop.place(site, ORDERS)]
        with environment_of(name) as env:
            _orders_shop.shop_of(env, site)
        workers, kills = [start(name, numbers, dice) for _each in range(2)], 0
        while kills < KILLS:
            time.sleep(dice.random() * LONGEST_LIFE)
            kills += workers.pop(0).kill()
            workers.append(start(name, numbers, dice))
        for worker in workers:
            worker.result()
    with environment_of(name) as env:
        reserve(env)
        return {
            "orders in chaos: processes killed": figure(kills, f"= {KILLS}"),
            "orders in chaos: sales orders": figure(
                env["sale.order"].search_count([("state", "=", "sale")]), f"= {ORDERS}"
            ),
            "orders in chaos: not equal to the cent, or not reserved": figure(
                len(wrong(env)), "= 0"
            ),
            "orders in chaos: contacts too many": figure(
                len(buyers(env)) - min(ORDERS, _orders_shop.ACCOUNTS),
                "= 0",
            ),
        }


def buyers(env):
    """The contacts that stand for a buyer; addresses belong to one of them."""
    domain = [("email", "=like", "buyer%@example.com"), ("parent_id", "=", False)]
    return env["res.partner"].search(domain)


def start(name, numbers, dice):
    """A process that takes deliveries of all these orders, not in their order."""
    deliveries = list(cut(dice.sample(numbers, len(numbers)), dice))
    return Fork(name, lambda: [deliver(name, each) for each in deliveries])


def cut(numbers, dice):
    while numbers:
        size = dice.randint(1, LARGEST)
        yield numbers[:size]
        numbers = numbers[size:]


def deliver(name, numbers):
    """What a notice leads to: the orders are read and stored, then imported, each in a
    transaction of its own."""
    transaction(name, lambda shop: shop.env["merchantpro.order"]._store(shop, read(shop, numbers)))
    transaction(name, lambda shop: inbox(shop, numbers)._process_batch())


def read(shop, numbers):
    return shop._client().orders_by_ids(numbers)


def inbox(shop, numbers):
    orders = shop.env["merchantpro.order"].with_context(job_uuid="bench")
    return orders.search([("shop_id", "=", shop.id), ("external_id", "in", numbers)])


def transaction(name, work):
    """Do it as a job does, again where another transaction was first."""
    from psycopg2.errors import SerializationFailure

    from odoo.exceptions import ConcurrencyError

    from odoo.addons.queue_job.exception import RetryableJobError

    for _try in range(MANY):
        try:
            with environment_of(name) as env:
                work(env["merchantpro.shop"].search([], limit=1))
            return
        except (SerializationFailure, ConcurrencyError, RetryableJobError):
            time.sleep(0.01)
    raise AssertionError("a transaction never came to its end")


def reserve(env):
    """The jobs that the imports wrote."""
    for job in env["queue.job"].search([("method_name", "=", "_job_reserve")], order="id"):
        job.records._job_reserve()
        env.cr.commit()


def wrong(env):
    return [
        order
        for order in env["merchantpro.order"].search([])
        if order.state != "done"
        or round(order.sale_order_id.amount_total, 2) != order.total
        or set(order.sale_order_id.picking_ids.move_ids.mapped("state")) != {"assigned"}
    ]
