"""Importing orders, and the ORM's own create() and action_confirm() of the very contacts and sales
orders that the import made, in the same batches.

Both in turns, batch by batch, on the same database; what counts is the work of the processor in
this process, which other programs on the machine disturb least."""

import contextlib
import gc
import os
import time
from unittest import mock

from . import _orders_shop
from ._push_shop import figure

ORDERS = int(os.environ.get("BENCH_ORDERS") or 1000)
BATCH = 20
FEW, MANY = 10, 100
PACE = 0.85
MODELS = ("res.partner", "sale.order")
CONTACTS = {"parent_id", "partner_id", "partner_invoice_id", "partner_shipping_id"}


def run(env):
    """{figure: {"value", "goal", "ok"}}; `env` is of a database made for it."""
    with _orders_shop.site() as site:
        shop = _orders_shop.shop_of(env, site)
        rows = _orders_shop.place(site, BATCH + ORDERS + FEW + MANY)
    orders = _orders_shop.inbox(shop, rows)
    # What is made once for a shop, and what a process learns once, is not the orders' pace.
    turn(env, orders[:BATCH])
    return {**pace(env, orders[BATCH : BATCH + ORDERS]), **queries(orders[BATCH + ORDERS :])}


def pace(env, orders):
    turns = [turn(env, orders[start : start + BATCH]) for start in range(0, ORDERS, BATCH)]
    ours, bare = map(sum, zip(*turns, strict=True))
    print(
        f"{ORDERS} orders of {_orders_shop.LINES} lines: {ours:.1f} s of processor time imported,"
        f" {bare:.1f} s by the bare ORM",
        flush=True,
    )
    return {"pace of the import / of the bare ORM": figure(round(bare / ours, 2), f">= {PACE}")}


def queries(orders):
    """An order takes no more queries among many than among few."""
    few, many = counted(orders[:FEW]), counted(orders[FEW:])
    return {f"queries of an order, among {MANY}": figure(many, f"<= {few}")}


def counted(orders):
    cursor = orders.env.cr
    orders.env.invalidate_all()
    before = cursor.sql_log_count
    orders.process()
    cursor.commit()
    return round((cursor.sql_log_count - before) / len(orders), 1)


def turn(env, orders):
    """(seconds of the import, seconds of the bare ORM) of one batch."""
    with recorded(env) as made:
        ours = timed(env, orders.process)
    assert set(orders.mapped("state")) == {"done"}, orders.mapped("held_reason")
    return ours, timed(env, lambda: create(env, made))


def timed(env, work):
    env.invalidate_all()
    gc.collect()
    started = time.process_time()
    work()
    env.cr.commit()
    return time.process_time() - started


@contextlib.contextmanager
def recorded(env):
    """Within this, [(model, context, values, ids)] of the records that are created, in order."""
    made = []

    def recorder(name):
        original = type(env[name]).create

        def create(self, vals_list):
            asked = [dict(vals) for vals in vals_list]
            records = original(self, vals_list)
            made.append((name, self.env.context, asked, records.ids))
            return records

        return mock.patch.object(type(env[name]), "create", create)

    with contextlib.ExitStack() as stack:
        for name in MODELS:
            stack.enter_context(recorder(name))
        yield made


def create(env, made):
    """The same once more, with the contacts of this time."""
    contacts = {}
    for model, context, values, ids in made:
        records = (
            env[model].with_context(context).create([again(each, contacts) for each in values])
        )
        if model == "res.partner":
            contacts.update(zip(ids, records.ids, strict=True))
        else:
            records.action_confirm()


def again(values, contacts):
    """No two sales orders are of one shop order."""
    return {
        key: contacts.get(value, value) if key in CONTACTS else value
        for key, value in values.items()
        if key != "merchantpro_order_id"
    }
