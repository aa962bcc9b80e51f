"""A process killed in the middle: what it left is taken up, and the end is the same.

Each is held where it is killed, by the database or by the site, so it is in the middle for sure."""

from hold import held
from waiting import wait_until


def fill(site, count):
    for number in range(1, count + 1):
        site.add_product(id=number, name=f"P{number}", sku=f"S{number}", price_gross=12.1)


def test_a_catalogue_reading_killed_between_pages_ends_complete(erp, site):
    fill(site, 230)
    erp.run("shop.fetch_catalog()")
    with held(erp.db, "merchantpro_variant", "NEW.external_id = '150'") as wait_until_held:
        server = erp.serve()
        wait_until_held()
        erp.kill(server)
    assert erp.query("SELECT count(*) FROM merchantpro_variant") == "100"
    erp.serve()
    wait_until(lambda: erp.query("SELECT state FROM merchantpro_catalog_fetch") == "done")
    assert erp.query("SELECT count(*), count(DISTINCT external_id) FROM merchantpro_variant") == (
        "230|230"
    )
    wait_until(lambda: erp.query("SELECT DISTINCT match_state FROM merchantpro_variant") == "new")


def test_an_import_killed_in_the_middle_creates_each_product_once(erp, site):
    fill(site, 25)  # a chunk of 20, and one of 5
    erp.run(
        """
from unittest.mock import patch
from odoo.addons.cloudsales_merchantpro.models import merchantpro_variant_import
shop.with_context(queue_job__no_delay=True).fetch_catalog()
with patch.object(merchantpro_variant_import, "PAGES", 20):
    shop.variant_ids.import_to_catalog()
"""
    )
    linked = "SELECT count(*) FROM merchantpro_variant WHERE match_state = 'linked'"
    with held(erp.db, "product_product", "NEW.default_code = 'S20'") as wait_until_held:
        server = erp.serve()
        wait_until_held()
        wait_until(lambda: erp.query(linked) == "5")
        erp.kill(server)
    assert erp.query(linked) == "5"
    erp.serve()
    wait_until(lambda: erp.query(linked) == "25", 150)
    erp.skip_waits()
    wait_until(lambda: erp.query("SELECT state FROM merchantpro_import") == "done")
    created = "SELECT count(*), count(DISTINCT default_code) FROM product_product"
    assert erp.query(f"{created} WHERE default_code ~ '^S[0-9]+$'") == "25|25"


def test_a_push_killed_in_the_middle_sends_the_rest(erp, site):
    fill(site, 15)
    erp.run(
        """
env["product.product"].create([
    {"name": f"P{n}", "default_code": f"S{n}", "is_storable": True} for n in range(1, 16)])
now = shop.with_context(queue_job__no_delay=True)
now.fetch_catalog()
now.variant_ids.import_to_catalog()
shop.push_stock = True
location = shop.order_warehouse_id.lot_stock_id
for row in shop.variant_ids:
    env["stock.quant"]._update_available_quantity(row.product_id, location, 5)
env.cr.commit()
shop.push_changes()
"""
    )
    site.faults.set("slow", seconds=60, method="PATCH", path="/inventory", after=10)
    server = erp.serve()
    wait_until(lambda: len(site.calls_of("PATCH")) == 10)
    erp.kill(server)
    assert int(erp.query("SELECT count(*) FROM merchantpro_change")) > 0
    site.faults.clear()
    erp.serve()
    wait_until(lambda: erp.query("SELECT count(*) FROM merchantpro_change") == "0", 150)
    assert {site.unit(number)["stock"] for number in range(1, 16)} == {5}
    assert erp.query("SELECT DISTINCT stock::int FROM merchantpro_variant") == "5"
