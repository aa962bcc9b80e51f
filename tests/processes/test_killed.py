"""A process killed in the middle: what it left is taken up, and the end is the same."""

from waiting import wait_until


def fill(site, count):
    for number in range(1, count + 1):
        site.add_product(id=number, name=f"P{number}", sku=f"S{number}", price_gross=12.1)


def test_a_catalogue_reading_killed_between_pages_ends_complete(erp, site):
    fill(site, 230)
    site.faults.set("slow", seconds=1, path="/products")
    server = erp.serve()
    erp.run("shop.fetch_catalog()")
    wait_until(lambda: erp.query("SELECT count(*) FROM merchantpro_catalog_fetch_page") == "1")
    erp.kill(server)
    assert erp.query("SELECT count(*) FROM merchantpro_variant") == "100"
    erp.serve()
    wait_until(lambda: erp.query("SELECT state FROM merchantpro_catalog_fetch") == "done")
    assert erp.query("SELECT count(*), count(DISTINCT external_id) FROM merchantpro_variant") == (
        "230|230"
    )
    wait_until(lambda: erp.query("SELECT DISTINCT match_state FROM merchantpro_variant") == "new")


def test_an_import_killed_in_the_middle_creates_each_product_once(erp, site):
    fill(site, 900)
    erp.run("shop.with_context(queue_job__no_delay=True).fetch_catalog()")
    server = erp.serve()
    erp.run("shop.variant_ids.import_to_catalog()")
    linked = "SELECT count(*) FROM merchantpro_variant WHERE match_state = 'linked'"
    wait_until(lambda: int(erp.query(linked)) >= 100)
    erp.kill(server)
    assert int(erp.query(linked)) < 900
    erp.serve()
    wait_until(lambda: erp.query("SELECT state FROM merchantpro_import") == "done", 150)
    assert erp.query(linked) == "900"
    created = "SELECT count(*), count(DISTINCT default_code) FROM product_product"
    assert erp.query(f"{created} WHERE default_code ~ '^S[0-9]+$'") == "900|900"


def test_a_push_killed_in_the_middle_sends_the_rest(erp, site):
    fill(site, 60)
    erp.run(
        """
env["product.product"].create([
    {"name": f"P{n}", "default_code": f"S{n}", "is_storable": True} for n in range(1, 61)])
now = shop.with_context(queue_job__no_delay=True)
now.fetch_catalog()
now.variant_ids.import_to_catalog()
location = shop.order_warehouse_id.lot_stock_id
for row in shop.variant_ids:
    env["stock.quant"]._update_available_quantity(row.product_id, location, 5)
env.cr.commit()
"""
    )
    site.faults.set("slow", seconds=0.3, path="/inventory")
    server = erp.serve()
    erp.run("shop.push_stock = True")
    wait_until(lambda: len(site.calls_of("PATCH")) >= 10)
    erp.kill(server)
    assert int(erp.query("SELECT count(*) FROM merchantpro_change")) > 0
    site.faults.clear()
    erp.serve()
    wait_until(lambda: erp.query("SELECT count(*) FROM merchantpro_change") == "0", 150)
    assert {site.unit(number)["stock"] for number in range(1, 61)} == {5}
    assert erp.query("SELECT DISTINCT stock::int FROM merchantpro_variant") == "5"
