"""An order of goods that nobody knows here: a clerk reads why it is held, chooses the product on
the order itself, and it is a sale with reserved goods. The next one needs nobody.
SCREENSHOTS=folder keeps pictures."""

import os
import pathlib

from test_order_by_hand import SALE
from waiting import wait_until

CAULDRON = {"product_id": 998, "missing": True, "product_sku": "CEAUN", "unit_price_gross": 189.9,
            "product_name": "Ceaun de fontă"}  # fmt: skip
STATE = "SELECT state FROM merchantpro_order WHERE external_id = '{number}'"
ROW = "[name=line_ids] .o_data_row:has-text('Ceaun')"
STOCK = """
shop.lang = "ro_RO"
product = env["product.product"].create(
    {"name": "Ceaun mare", "default_code": "CN-1", "is_storable": True})
env["stock.quant"]._update_available_quantity(product, shop.order_warehouse_id.lot_stock_id, 5)
"""


def keep(visit, name):
    if folder := os.environ.get("SCREENSHOTS"):
        visit.save(pathlib.Path(folder) / f"held-order-{name}.png")


def test_a_held_order_is_fixed_in_place_and_becomes_a_sale(erp, site, clerk):
    erp.run(STOCK)
    number = site.add_order([{**CAULDRON, "quantity": 2}])["id"]
    wait_until(lambda: erp.query(STATE.format(number=number)) == "held")
    page = clerk.page
    clerk.open("merchantpro_order_held_action")
    page.locator(f".o_data_row:has-text('{number}') .o_data_cell").first.click()
    clerk._wait_for(ROW)

    # Why, in her language
    reason = page.locator(".alert [name=held_reason]").inner_text()
    assert "Ceaun de fontă" in reason and "CEAUN" in reason
    assert "No product" not in reason
    keep(clerk, "why")

    # The fix, on the order
    page.locator(f"{ROW} td[name=product_id]").click()
    page.locator(f"{ROW} [name=product_id] input").fill("CN-1")
    page.locator(".o-autocomplete--dropdown-item:has-text('Ceaun mare')").click()
    clerk.press("action_retry", expect="button[name=action_open_sale]:visible")
    keep(clerk, "imported")

    # A sale, its goods reserved
    assert erp.query(SALE.format(number=number)) == "sale|379.80|assigned|2"
    clerk.press("action_open_sale", expect="button[name=action_open_merchantpro_order]")
    keep(clerk, "sale")

    # Remembered
    again = site.add_order([CAULDRON])["id"]
    wait_until(lambda: erp.query(STATE.format(number=again)) == "done")
