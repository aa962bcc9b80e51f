"""Waybills from the sales order: one click on one, and a selection of many, with Sameday."""

import pytest
import sameday_orders
from waiting import wait_until

from sameday_simulator import Simulator as Courier

# Prepared once; afterwards the shop's orders go without a courier again.
PREPARE = """
env["product.product"].search([("default_code", "=", "CANA")]).weight = 0.5
row = shop.variant_ids.filtered(lambda row: row.sku == "CANA")
env["stock.quant"]._update_available_quantity(
    row.product_id, shop.order_warehouse_id.lot_stock_id, 100)
"""
AFTERWARDS = """
env["merchantpro.shipping.method"]._for_codes(shop, {"1": "Curier"})["1"].carrier_id = False
"""
ISSUED = """
SELECT count(*) FROM delivery_awb w JOIN delivery_carrier c ON c.id = w.carrier_id
 WHERE c.delivery_type = 'sameday' AND w.state = 'issued' AND w.label_filename IS NOT NULL
"""
SALES = """
SELECT s.name FROM sale_order s JOIN merchantpro_order o ON o.id = s.merchantpro_order_id
 WHERE o.external_id IN ({numbers}) ORDER BY s.id
"""
NAME = """
SELECT s.name->>'ro_RO' FROM ir_act_server s JOIN ir_model_data d ON d.res_id = s.id
 WHERE d.name = 'sale_order_make_awb_action'
"""
SENT = """
SELECT p.carrier_tracking_ref FROM stock_picking p JOIN delivery_carrier c ON c.id = p.carrier_id
 WHERE c.delivery_type = 'sameday'
"""


@pytest.fixture(scope="module")
def courier():
    with Courier(lockers=20) as courier:
        yield courier


@pytest.fixture(scope="module")
def sold(erp, site, courier):
    """Six orders that go with Sameday, by their names here."""
    erp.run(PREPARE + sameday_orders.connection(courier))
    placed = sameday_orders.order(site, 6)
    sales = SALES.format(numbers=",".join(f"'{number}'" for number in placed))
    wait_until(lambda: len(erp.query(sales).split()) == 6)
    yield erp.query(sales).split()
    erp.run(AFTERWARDS)


def test_one_click_on_an_order_makes_its_waybill(erp, sold, clerk, courier):
    clerk.open("sale.action_orders")
    clerk.open_row(f":text-is('{sold[0]}')")
    clerk.press("action_make_awb")
    wait_until(lambda: erp.query(ISSUED) == "1")
    (kept,) = courier.all()
    assert kept["cod"] == 119.8
    # Seen on the order: its number, one click away, and no button that makes another one.
    clerk.open("sale.action_orders")
    clerk.open_row(f":text-is('{sold[0]}')")
    clerk.press("action_open_awbs", expect=".o_form_view [name=picking_id]")
    assert kept["number"] in clerk.page.locator(".o_form_view").inner_text()
    clerk.page.go_back()
    clerk._wait_for("button[name=action_open_awbs]:visible")
    assert not clerk.page.locator("button[name=action_make_awb]:visible").count()


def test_a_selection_of_orders_gets_its_waybills(erp, sold, clerk, courier):
    clerk.open("sale.action_orders")
    page = clerk.page
    for name in sold:
        row = page.locator(f".o_data_row:has(:text-is('{name}'))")
        row.locator(".o_list_record_selector input").click()
    page.locator(".o_cp_action_menus .dropdown-toggle:has(.fa-cog)").click()
    page.locator(f".o-dropdown--menu .o_menu_item:has-text('{erp.query(NAME)}')").click()
    clerk._wait_for(".o_notification")
    wait_until(lambda: erp.query(ISSUED) == "6", 150)
    assert courier.count() == 6
    assert {awb["number"] for awb in courier.all()} == set(erp.query(SENT).split())
