"""60 units changed in the course of a minute, by commits of their own, while a server with crons
and job runner works and the shop enforces its limits: how long after its commit each is there."""

import time

from merchantpro_simulator import Limits

from . import _push_shop

UNITS, SPREAD, GOAL = 60, 60, 60


def run(env):
    """{figure: {"value", "goal", "ok"}}; `env` is the Environment of a database of its own."""
    with _push_shop.site(UNITS, limits=Limits(counting="sliding")) as site:
        shop, products = _push_shop.shop_of(env, site, UNITS)
        with _push_shop.server(env):
            committed = change(env, products)
            _push_shop.until(lambda: not _push_shop.waiting(shop), 90)
            time.sleep(3)  # for one call too many
        told = _push_shop.acknowledged(site)
        statuses = {call["status"] for call in site.calls}
    late = [at - committed[unit] for unit, _stock, at in told]
    return {
        "changed in a minute: slowest, s": _push_shop.figure(round(max(late), 1), f"<= {GOAL}"),
        "changed in a minute: calls": _push_shop.figure(len(told), f"= {UNITS}"),
        "changed in a minute: 429s": _push_shop.figure(int(429 in statuses), "= 0"),
    }


def change(env, products):
    """{unit: time of the commit that changed it}."""
    committed = {}
    started = time.monotonic()
    for number, product in enumerate(products, 1):
        _push_shop.move(product, -(number % 7) - 1)
        env.cr.commit()
        committed[number] = time.time()
        time.sleep(max(0.0, started + number * SPREAD / UNITS - time.monotonic()))
    return committed
