"""What the site changes on imported orders, with two workers at once and with one killed."""

import pytest
from hold import held
from test_two_workers import run_both
from waiting import wait_until

RETURNS = "SELECT count(*) FROM stock_picking WHERE return_id IS NOT NULL"
# Stored, and their jobs wait: nobody runs jobs here.
READ = "shop._read_orders(0, True)"
FOLLOW = "env['merchantpro.order'].search([('change_state', '=', 'waiting')])._follow_batch()"


@pytest.fixture(scope="module")
def prepared(origin):
    """The number of an order of three mugs that is imported, reserved and not yet sent."""
    origin.site.add_product(id=1, sku="CANA", price_gross=24.2)
    number = origin.site.add_order([{"product_id": 1, "quantity": 3}])["id"]
    origin.erp.run(
        """
mug = env["product.product"].create({"name": "Cană", "default_code": "CANA", "is_storable": True})
env["stock.quant"]._update_available_quantity(mug, shop.order_warehouse_id.lot_stock_id, 10)
shop.with_context(queue_job__no_delay=True).fetch_orders()
"""
    )
    assert origin.erp.query("SELECT state FROM merchantpro_order") == "done"
    return number


@pytest.fixture
def number(prepared):
    return prepared


def deliver(erp):
    erp.run(
        """
picking = env["stock.picking"].search([])
picking.move_ids.picked = True
picking._action_done()
"""
    )


def test_two_processes_that_apply_one_edit_apply_it_once(erp, site, number, tmp_path):
    lines = [{"product_id": 1, "quantity": 2}, {"product_id": 1, "unit_price_gross": 5}]
    site.edit_order(number, lines)
    erp.run(READ)
    assert erp.query("SELECT change_state FROM merchantpro_order") == "waiting"
    run_both(erp, tmp_path, FOLLOW, FOLLOW)
    assert erp.query("SELECT change_state FROM merchantpro_order") == ""
    lines = "SELECT product_uom_qty::int, price_unit FROM sale_order_line ORDER BY price_unit"
    assert erp.query(lines) == "1|5.0\n2|24.2"
    assert erp.query("SELECT sum(product_uom_qty)::int FROM stock_move") == "3"


def test_two_processes_that_read_two_returns_bring_back_what_was_sent(erp, site, number, tmp_path):
    deliver(erp)
    numbers = [site.return_order(number, {1: 2})["id"] for _each in range(2)]
    erp.run(READ)
    works = [
        f"env['merchantpro.order'].search([('external_id', '=', '{each}')])._process_batch()"
        for each in numbers
    ]
    run_both(erp, tmp_path, *works)
    states = "SELECT state FROM merchantpro_order WHERE return_of IS NOT NULL ORDER BY state"
    assert erp.query(states) == "done\nheld"
    assert erp.query(RETURNS) == "1"


def test_a_return_killed_in_the_middle_is_made_once(erp, site, number):
    deliver(erp)
    site.return_order(number, {1: 2})
    erp.run("shop.fetch_orders()")
    with held(erp.db, "stock_picking", "NEW.return_id IS NOT NULL") as wait_until_held:
        server = erp.serve()
        wait_until_held()
        erp.kill(server)
    assert erp.query(RETURNS) == "0"
    erp.serve()
    wait_until(lambda: erp.query(RETURNS) == "1", 150)
    states = "SELECT DISTINCT state FROM merchantpro_order"
    wait_until(lambda: erp.query(states) == "done")


def test_an_edit_killed_in_the_middle_is_applied_once(erp, site, number):
    edit = [{"product_id": 1, "quantity": 3}, {"product_id": 1, "unit_price_gross": 5}]
    site.edit_order(number, edit)
    erp.run("shop.fetch_orders()")
    with held(erp.db, "sale_order_line", "NEW.price_unit = 5") as wait_until_held:
        server = erp.serve()
        wait_until_held()
        erp.kill(server)
    assert erp.query("SELECT count(*) FROM sale_order_line") == "1"
    erp.serve()
    wait_until(lambda: erp.query("SELECT count(*) FROM sale_order_line") == "2", 150)
    changed = "SELECT count(*) FROM merchantpro_order WHERE applied IS NOT NULL"
    wait_until(lambda: erp.query(changed) == "0")
    assert erp.query("SELECT amount_total FROM sale_order") == "77.60"
