"""A shop, an Odoo that sells for it with crons and the job runner, and a browser.

All of it is started once: what the tests order does not get in each other's way."""

import uuid

import pytest
from erp import connected

from merchantpro_simulator import Limits, Simulator
from tools import browser, database

# Products are imported, and what they count on the site is counted here.
PREPARE = """
shop.write({{"webhook_secret": {secret!r}, "order_interval": 1}})
now = shop.with_context(queue_job__no_delay=True)
now.fetch_catalog()
now.variant_ids.import_to_catalog()
location = shop.order_warehouse_id.lot_stock_id
for row in shop.variant_ids:
    env["stock.quant"]._update_available_quantity(row.product_id, location, row.stock)
shop.push_stock = True
now.fetch_orders()
env.cr.commit()
now.push_changes()
env.ref("base.user_admin").copy({{
    "name": "Maria", "login": "maria", "password": "maria", "lang": "ro_RO"}})
"""


@pytest.fixture(scope="session")
def site():
    """A shop with the limits of the real one."""
    with Simulator(limits=Limits(), key=uuid.uuid4().hex) as site:
        site.add_product(id=1, name="Cană Țărănească", sku="CANA", price_gross=59.9, stock=12)
        sizes = [
            {"id": 20 + n, "sku": f"BLUZA-{size}", "stock": 8, "price_gross": 149.99,
             "variant_options": [{"name": "Mărime", "value": size}]}
            for n, size in enumerate("SML")
        ]  # fmt: skip
        site.add_product(id=2, name="Bluză Mureș", sku="BLUZA", variants=sizes)
        site.add_order([{"sku": "CANA"}])
        # Of a product that left the catalogue: it is to be held.
        gone = {"product_id": 999, "missing": True, "product_name": "Ceainic"}
        site.add_order([{**gone, "unit_price_gross": 10}])
        yield site


@pytest.fixture(scope="session")
def erp(site):
    erp = connected(site, database.dressed())
    try:
        erp.run(PREPARE.format(secret=site.webhook_secret))
        erp.url = f"http://127.0.0.1:{erp.serve()['port']}"
        token = erp.query("SELECT webhook_token FROM merchantpro_shop")
        site.webhooks.url = f"{erp.url}/merchantpro/webhook/{token}"
        yield erp
    finally:
        erp.close()


@pytest.fixture(scope="session")
def chromium():
    with browser.chromium() as chromium:
        yield chromium


@pytest.fixture
def customer(chromium, site):
    visit = browser.Storefront(chromium, site.url)
    yield visit
    visit.close()
    assert visit.complaints == []


@pytest.fixture(scope="session")
def contexts(chromium, erp):
    """Of each person in Odoo; one who comes again is logged in and has its scripts."""
    people = {login: browser.new_context(chromium, erp.url) for login in ("admin", "maria")}
    yield people
    for context in people.values():
        context.close()


@pytest.fixture
def visit(chromium, contexts, erp):
    """A function that begins somebody's work in Odoo."""
    begun = []

    def visit(login):
        begun.append(browser.Odoo(chromium, erp.url, contexts[login]))
        begun[-1].log_in(login, login)
        return begun[-1]

    yield visit
    for each in begun:
        each.page.close()
    if errors := erp.errors():
        pytest.fail(errors, pytrace=False)


@pytest.fixture
def clerk(visit):
    return visit("maria")


@pytest.fixture
def admin(visit):
    return visit("admin")
