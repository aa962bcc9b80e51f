"""Two buyers and one piece: two workers that are at it at the same moment."""

import pytest
from test_two_workers import run_both

OF_MUGS = "JOIN product_product p ON p.id = {}.product_id AND p.default_code = 'CANA'"
STATES = f"""
SELECT s.state, m.state FROM sale_order s
  JOIN sale_order_line l ON l.order_id = s.id JOIN stock_move m ON m.sale_line_id = l.id
  {OF_MUGS.format("l")}
 ORDER BY m.state
"""
RESERVED = f"""
SELECT sum(quantity)::int, sum(reserved_quantity)::int FROM stock_quant q
  JOIN stock_location l ON l.id = q.location_id AND l.usage = 'internal' {OF_MUGS.format("q")}
"""
ORDER = "env['merchantpro.order'].search([('external_id', '=', '{}')])"
IMPORT = f"{ORDER}._process_batch()"
# As the job runner runs it: the reserving is a second job.
IMPORT_IN_JOB = f"{ORDER}.with_context(job_uuid='x')._process_batch()"
RESERVE = f"{ORDER}._job_reserve()"
PUSH = "shop.with_context(queue_job__no_delay=True).push_changes()"


@pytest.fixture(scope="module")
def prepared(origin):
    """The numbers of two orders, stored and not imported, of two buyers of the only mug."""
    site, erp = origin
    site.add_product(id=1, name="Cană", sku="CANA", price_gross=24.2, stock=1)
    site.add_product(id=2, name="Carte", sku="CARTE", price_gross=24.2)
    # What is made when first seen is there: or one of the workers would wait for the other.
    site.add_order([{"product_id": 2}])
    erp.run(
        """
mug, _book = env["product.product"].create(
    [{"name": code, "default_code": code, "is_storable": True} for code in ("CANA", "CARTE")])
env["stock.quant"]._update_available_quantity(mug, shop.order_warehouse_id.lot_stock_id, 1)
now = shop.with_context(queue_job__no_delay=True)
now.fetch_catalog()
now.variant_ids.import_to_catalog()
now.fetch_orders()
shop.push_stock = True
"""
    )
    numbers = [
        site.add_order([{"product_id": 1}], customer_id=each, customer_email=f"{each}@example.com")
        for each in (1, 2)
    ]
    erp.run("shop._read_orders(0, True)")  # their jobs wait: nobody runs jobs here
    assert erp.query("SELECT count(*) FROM merchantpro_order WHERE state = 'new'") == "2"
    return [order["id"] for order in numbers]


@pytest.fixture
def numbers(prepared):
    return prepared


def assert_one_has_it(erp, site):
    # Both are sold, nothing is lost; one has the mug and the other one waits for the next.
    assert erp.query(STATES) == "sale|assigned\nsale|confirmed"
    assert erp.query(RESERVED) == "1|1"
    assert erp.query("SELECT count(*) FROM merchantpro_order WHERE state = 'done'") == "3"
    erp.run(PUSH)
    assert site.unit(1)["stock"] == 0


def test_one_order_has_the_last_piece_the_other_waits_and_the_site_has_none(
    erp, site, numbers, tmp_path
):
    run_both(erp, tmp_path, *(IMPORT.format(number) for number in numbers))
    assert_one_has_it(erp, site)
    erp.run(
        """
mug = env["product.product"].search([("default_code", "=", "CANA")])
env["stock.quant"]._update_available_quantity(mug, shop.order_warehouse_id.lot_stock_id, 1)
env["stock.rule"].run_scheduler()
"""
    )
    assert erp.query(STATES) == "sale|assigned\nsale|assigned"
    erp.run(PUSH)
    assert site.unit(1)["stock"] == 0


def test_so_it_is_when_two_jobs_reserve_at_once(erp, site, numbers, tmp_path):
    for number in numbers:
        erp.run(IMPORT_IN_JOB.format(number))
    assert erp.query(STATES) == "sale|confirmed\nsale|confirmed"
    erp.run(PUSH)
    assert site.unit(1)["stock"] == 0, "neither has it, and it is not offered again"
    run_both(erp, tmp_path, *(RESERVE.format(number) for number in numbers))
    assert_one_has_it(erp, site)
