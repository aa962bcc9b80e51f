"""Pictures from a slow server: they hold up nobody, and a killed job is simply repeated."""

from waiting import wait_until

IMPORT = """
shop.with_context(queue_job__no_delay=True).fetch_catalog()
shop.variant_ids.import_to_catalog()
"""
STATES = "SELECT string_agg(DISTINCT state, ',') FROM merchantpro_image"


def add_mug(site):
    images = [{"url": f"{site.url}/img/{number}.png", "hash": f"h{number}"} for number in (51, 52)]
    site.add_product(id=1, sku="CANA", price_gross=24.2, images=images)


def test_a_picture_job_killed_while_it_downloads_is_repeated_without_harm(erp, site):
    add_mug(site)
    site.faults.set("picture_slow", seconds=60, path="/img/52")
    server = erp.serve()
    erp.run(IMPORT)
    wait_until(lambda: "/img/52.png" in site.picture_requests)
    erp.kill(server)
    assert erp.query(STATES) == "waiting"
    site.faults.clear()
    erp.serve()
    wait_until(lambda: erp.query(STATES) == "done")
    assert erp.query("SELECT count(*) FROM product_document") == "1"
    assert len(site.picture_requests) == 4


def test_a_slow_picture_server_holds_up_neither_orders_nor_who_edits_the_product(erp, site):
    add_mug(site)
    site.faults.set("picture_slow", seconds=60)
    erp.serve()
    erp.run(IMPORT)
    wait_until(lambda: site.picture_requests)
    site.add_order([{"product_id": 1}])
    erp.run("env['product.template'].search([('name', 'like', 'Product 1')]).list_price = 30")
    erp.run("shop.fetch_orders()")
    wait_until(lambda: erp.query("SELECT state FROM merchantpro_order") == "done", 60)
    assert erp.query(STATES) == "waiting"
    site.faults.clear()
    wait_until(lambda: erp.query(STATES) == "done", 120)
    assert erp.query("SELECT list_price FROM product_template WHERE list_price = 30") != ""
