"""Waybills from the sales order: one click on one, and a selection of many, with Sameday."""

import pytest
import sameday_orders
from erp import connected
from waiting import wait_until

from merchantpro_simulator import Simulator as Site
from sameday_simulator import Simulator as Courier
from tools import database

ISSUED = "SELECT count(*) FROM delivery_awb WHERE state = 'issued' AND label_filename IS NOT NULL"
MARIA = """
env.ref("base.user_admin").copy({"name": "Maria", "login": "maria", "password": "maria"})
"""


@pytest.fixture(scope="module")
def courier():
    with Courier(lockers=20) as courier:
        yield courier


@pytest.fixture(scope="module")
def sending(courier):
    """An Odoo whose shop has six orders that go with Sameday."""
    with Site(key="sending") as site:
        sameday_orders.order(site, 6)
        erp = connected(site, database.dressed())
        try:
            sameday_orders.prepare(erp, courier, more=MARIA)
            erp.url = f"http://127.0.0.1:{erp.serve()['port']}"
            yield erp
        finally:
            erp.close()


@pytest.fixture
def seller(visit, sending):
    return visit("maria", sending)


def test_one_click_on_an_order_makes_its_waybill(sending, seller, courier):
    seller.open("merchantpro_order_action")
    seller.page.locator(".o_data_row .o_data_cell").first.click()
    seller.press("action_open_sale", expect="button[name=action_make_awb]:visible")
    seller.press("action_make_awb")
    wait_until(lambda: sending.query(ISSUED) == "1")
    (kept,) = courier.all()
    assert kept["cod"] == 48.4
    # Seen on the order: its number, one click away, and no button that makes another one.
    seller.page.reload()
    seller.press("action_open_awbs", expect=".o_form_view [name=picking_id]")
    assert kept["number"] in seller.page.locator(".o_form_view").inner_text()
    seller.page.go_back()
    seller._wait_for("button[name=action_open_awbs]:visible")
    assert not seller.page.locator("button[name=action_make_awb]:visible").count()


def test_a_selection_of_orders_gets_its_waybills(sending, seller, courier):
    seller.open("sale.action_orders")
    page = seller.page
    page.locator("thead .o_list_record_selector input").click()
    page.locator(".o_cp_action_menus .dropdown-toggle:has(.fa-cog)").click()
    name = sending.query(
        "SELECT s.name->>'en_US' FROM ir_act_server s JOIN ir_model_data d ON d.res_id = s.id"
        " WHERE d.name = 'sale_order_make_awb_action'"
    )
    page.locator(f".o-dropdown--menu .o_menu_item:has-text('{name}')").click()
    seller._wait_for(".o_notification")
    wait_until(lambda: sending.query(ISSUED) == "6", 150)
    assert courier.count() == 6
    assert {awb["number"] for awb in courier.all()} == set(
        sending.query("SELECT carrier_tracking_ref FROM stock_picking").split()
    )
