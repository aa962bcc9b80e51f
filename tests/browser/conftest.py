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
    erp = connected(site, database.glued(), database.dressed())
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
def windows():
    """What each person works in at each Odoo, {(url, login): Odoo}: who comes again is logged in,
    and has the scripts there."""
    windows = {}
    yield windows
    for each in windows.values():
        each.close()


@pytest.fixture
def visit(request, chromium, windows):
    """A function that begins somebody's work in an Odoo; nothing may be complained of there."""
    begun, failed = {}, request.session.testsfailed

    def visit(login, erp):
        there = (erp.url, login)
        if there not in windows:
            windows[there] = browser.Odoo(chromium, erp.url)
            windows[there].log_in(login, login)
        windows[there].complaints.clear()
        begun[there] = erp
        return windows[there]

    yield visit
    for there, erp in begun.items():
        complaints, errors = windows[there].complaints, erp.errors()
        if request.session.testsfailed > failed:
            windows.pop(there).close()  # whatever is left open in it
        elif complaints or errors:
            pytest.fail("\n".join([*complaints, errors]), pytrace=False)


@pytest.fixture
def clerk(visit, erp):
    return visit("maria", erp)


@pytest.fixture
def admin(visit, erp):
    return visit("admin", erp)
