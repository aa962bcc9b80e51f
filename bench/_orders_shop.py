"""A shop with products on stock, and orders of three lines in its inbox, as the site sends them."""

import contextlib
import random
import uuid

from merchantpro_simulator import Simulator

from ._push_shop import linked_shop
from ._push_shop import products as stocked

PRODUCTS, LINES, ACCOUNTS = 500, 3, 700
ENOUGH = 100_000  # pieces of each, so that every order can be reserved
FIRST_NAMES = ("Ana", "Ion", "Maria", "Andrei", "Ioana")
CITIES = (("Cluj", "Cluj-Napoca"), ("Iași", "Iași"), ("București", "București"), ("Timiș", "Lugoj"))


@contextlib.contextmanager
def site():
    """A shop in our own process that sells units 1 to PRODUCTS, at prices of all endings."""
    with Simulator(key=uuid.uuid4().hex) as shop:
        with shop.store.transaction():
            for number in range(1, PRODUCTS + 1):
                price = round(10 + number * 0.37, 2)
                shop.add_product(id=number, name=f"P{number}", stock=ENOUGH, price_gross=price)
        yield shop


def place(site, count, first=1):
    """That many orders on the site, a part of them of buyers who order again."""
    with site.store.transaction():
        return [place_one(site, number) for number in range(first, first + count)]


def place_one(site, number, **header):
    account = number % ACCOUNTS + 1
    county, city = place_of(number)
    name = f"{FIRST_NAMES[account % len(FIRST_NAMES)]} Popescu {account}"
    dice = random.Random(number)
    lines = [
        {"product_id": product, "quantity": dice.randint(1, 3)}
        for product in dice.sample(range(1, PRODUCTS + 1), LINES)
    ]
    return site.add_order(
        lines,
        notify=False,
        customer_id=account,
        customer_email=f"buyer{account}@example.com",
        billing_name=name,
        billing_phone=f"07{account:08}",
        billing_state=county,
        billing_address=f"Str. Florilor {account}",
        **{"billing_city": city, **header},
    )


def place_of(number):
    """(county, city) of the buyer of an order."""
    return CITIES[(number % ACCOUNTS + 1) % len(CITIES)]


def shop_of(env, site):
    """The shop's record, its units linked to products on stock."""
    sold = stocked(env, PRODUCTS)
    shop = linked_shop(env, site.url, site.key, site.secret, sold)
    shop.push_stock = False
    shop.order_warehouse_id = env["stock.warehouse"].search([], limit=1)
    shop.order_start_date = "2020-01-01"
    env["stock.quant"].search([("product_id", "in", sold.ids)]).quantity = ENOUGH
    env.cr.commit()
    return shop


def inbox(shop, rows):
    """The orders of these rows, stored and not yet processed."""
    orders = shop.env["merchantpro.order"]._store(shop, rows)
    shop.env.cr.commit()
    return orders.with_context(queue_job__no_delay=True)
