"""A process that pushes is killed at random moments, while stock goes on changing. In the end the
site has Odoo's stock of every unit; and at no time does Odoo take a value for the site's that is
not, or forget one that the site acknowledged, with nothing on its way to find that out."""

import os
import random
import time

from . import _push_shop, _push_worker
from ._odoo import environment_of

UNITS, KILLS = 40, 20
SLOW = 0.02  # seconds before the shop does it, and as many before it answers
OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def run(name):
    """{figure: {"value", "goal", "ok"}}; `name` is that of a database of its own."""
    seed = int(os.environ.get("BENCH_SEED") or time.time_ns() % 10**6)
    print(f"killed pushes: seed {seed}", flush=True)
    dice = random.Random(seed)
    with _push_shop.site(UNITS) as site, _push_shop.unlimited():
        with environment_of(name) as env:
            shop_id = _push_shop.shop_of(env, site, UNITS)[0].id
        for fault in ("slow", "late"):
            site.faults.set(fault, seconds=SLOW, path="/inventory")
        kills, lost = 0, 0
        while kills < KILLS:
            change(name, dice, UNITS // 2)
            kills += killed_once(name, shop_id, dice)
            lost += len(forgotten(name, shop_id, site))
        site.faults.clear()
        assert _push_worker.wait(_push_worker.start(name, shop_id)) == 0
        bad = len(wrong(name, shop_id, site))
    return {
        "killed while sending: times": _push_shop.figure(kills, f"= {KILLS}"),
        "killed while sending: units wrong in the end": _push_shop.figure(bad, "= 0"),
        "killed while sending: acknowledged values lost": _push_shop.figure(lost, "= 0"),
    }


def change(name, dice, count):
    """Other quantities of some products."""
    with environment_of(name) as env:
        products = env["merchantpro.variant"].search([]).product_id
        for product in dice.sample(list(products), count):
            _push_shop.move(product, dice.choice((-3, -2, -1, 1, 2)))


def killed_once(name, shop_id, dice):
    """Whether a process was killed before its work was done."""
    pid = _push_worker.start(name, shop_id)
    # Any moment of it, the first included, before a call was made.
    deadline = time.monotonic() + dice.random() * UNITS // 2 * SLOW * 3
    while (left := deadline - time.monotonic()) > 0:
        time.sleep(min(left, dice.random() * 0.3))
        change(name, dice, 1)
    return _push_worker.kill(pid)


def forgotten(name, shop_id, site):
    """Units of which the site has another value than Odoo thinks, with nothing under way that
    would find it out."""
    with environment_of(name) as env:
        settled(env)
        noted = env["merchantpro.change"].search([]).variant_id
        return [
            row
            for row in env["merchantpro.shop"].browse(shop_id).variant_ids
            if row.stock != site.unit(row.external_id)["stock"]
            and not (row.must_send and row in noted)
        ]


def wrong(name, shop_id, site):
    """Units whose stock is not the same in Odoo, on its row and on the site, or that wait."""
    with environment_of(name) as env:
        rows = env["merchantpro.shop"].browse(shop_id).variant_ids
        published = rows.shop_id._published_stock(rows)
        noted = env["merchantpro.change"].search([]).variant_id
        return [
            row
            for row in rows
            if not published[row] == row.stock == site.unit(row.external_id)["stock"]
            or row in noted
            or row.must_send
        ]


def settled(env):
    """Return when the database has undone what the killed process had not committed, and the site
    has dealt with its last request."""

    def alone():
        env.cr.commit()
        env.cr.execute(OTHERS)
        return env.cr.fetchone() == (0,)

    time.sleep(5 * SLOW)
    assert _push_shop.until(alone, 10)
    env.cr.commit()
