"""A shop on localhost whose units are linked to products of the ERP and told the same stock, so
that nothing is to be sent at first."""

import contextlib
import itertools
import os
import time
import uuid
from unittest import mock

from merchantpro_simulator import Simulator
from tools import processes

STOCK = 100
BATCH = 1000
SERVERS = itertools.count()


@contextlib.contextmanager
def site(count, **options):
    """A shop in our own process, with units 1 to `count`."""
    with Simulator(key=uuid.uuid4().hex, **options) as shop:
        with shop.store.transaction():
            for number in range(1, count + 1):
                shop.add_product(id=number, name=f"P{number}", stock=STOCK, price_gross=12.1)
        yield shop


def unlimited():
    """Within this, our limiter lets everything pass."""
    from odoo.addons.cloudsales_merchantpro.api.limits import Limits

    return mock.patch.object(Limits, "windows", lambda self: ((10**6, 1),))


def products(env, count):
    """That many products with STOCK pieces in the first warehouse."""
    made = env["product.product"]
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        made |= made.create([{"name": f"P{n + 1}", "is_storable": True} for n in numbers])
    env["stock.quant"].create(
        [
            {"product_id": product.id, "location_id": location(env).id, "quantity": STOCK}
            for product in made
        ]
    )
    env.cr.commit()
    return made


def location(env):
    """Where the stock is."""
    return env["stock.warehouse"].search([], limit=1).lot_stock_id


def linked_shop(env, url, key, secret, sold):
    """A connected shop that sells these products: unit 1 is the first of them."""
    shop = env["merchantpro.shop"].create(
        {"name": "Bench", "url": url, "api_key": key, "api_secret": secret, "order_interval": 0}
    )
    pages = env["merchantpro.product"].create(
        [
            {"shop_id": shop.id, "external_id": str(number), "name": product.name}
            for number, product in enumerate(sold, 1)
        ]
    )
    env["merchantpro.variant"].create(
        [
            {
                "shop_id": shop.id,
                "external_id": page.external_id,
                "parent_id": page.id,
                "name": page.name,
                "stock": STOCK,
                "tracked": True,
                "product_id": product.id,
                "match_state": "linked",
            }
            for page, product in zip(pages, sold, strict=True)
        ]
    )
    shop.push_stock = True
    shop.state = "connected"
    env.cr.commit()
    env["merchantpro.change"].search([]).unlink()
    env.cr.commit()
    return shop


def shop_of(env, site, count):
    """(shop, products) of a site with that many units."""
    sold = products(env, count)
    return linked_shop(env, site.url, site.key, site.secret, sold), sold


def move(product, quantity):
    """So many pieces more, or less, as a move does it."""
    product.env["stock.quant"]._update_available_quantity(product, location(product.env), quantity)


def push_job(shop):
    """One turn of the job. Returns the seconds after which the job runner would start it again,
    or None if it would not."""
    from odoo.addons.queue_job.exception import RetryableJobError

    try:
        shop.with_context(job_uuid="bench")._job_push()
        shop.env.cr.commit()
    except RetryableJobError as error:
        shop.env.cr.rollback()
        return error.seconds
    return 0 if waiting(shop) else None


def waiting(shop):
    """Notes in the outbox."""
    shop.env.cr.commit()  # a new snapshot
    return shop.env["merchantpro.change"].search_count([])


def acknowledged(site):
    """[(unit, stock, time)] of what the site took, in order."""
    return [
        (int(call["path"].rpartition("/")[2]), call["body"]["stock"], call["at"])
        for call in site.calls_of("PATCH", "/inventory/id/")
        if call["status"] == 200
    ]


def figure(value, goal):
    """A row of the table; `goal` is like "<= 60"."""
    sign, number = goal.split()
    ok = value <= float(number) if sign == "<=" else value >= float(number)
    if sign == "=":
        ok = value == float(number)
    return {"value": value, "goal": goal, "ok": ok}


@contextlib.contextmanager
def server(env):
    """Odoo in a process of its own, with its crons and the job runner."""
    name = f"bench-odoo-{os.getpid()}-{next(SERVERS)}"
    processes.start_odoo(name, env.cr.dbname, processes.free_port())
    try:
        yield
    finally:
        processes.stop(name)


def until(condition, seconds):
    """Whether `condition()` came true within that time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False
