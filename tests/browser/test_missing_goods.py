"""A customer orders what is not in stock: the buyer finds it on the list, orders it from the
supplier after a preview, and what is received is the customer's. SCREENSHOTS=folder keeps
pictures."""

import os
import pathlib

from waiting import wait_until

PREPARE = """
shop.make_purchase_needs = True
supplier = env["res.partner"].create({"name": "Fierăria Turda", "email": "comenzi@turda.example"})
env["product.product"].create([
    {"name": "Grătar", "default_code": "GR-1", "is_storable": True,
     "seller_ids": [(0, 0, {"partner_id": supplier.id, "price": 70})]},
    {"name": "Vătrai", "default_code": "VT-1", "is_storable": True},
])
"""
GRILL = {"product_id": 997, "missing": True, "product_sku": "GR-1", "unit_price_gross": 149.9,
         "product_name": "Grătar"}  # fmt: skip
POKER = {"product_id": 996, "missing": True, "product_sku": "VT-1", "unit_price_gross": 49.9,
         "product_name": "Vătrai"}  # fmt: skip
NEED = """
SELECT n.state, n.missing_qty::int, n.quantity::int FROM purchase_need n
  JOIN product_product p ON p.id = n.product_id WHERE p.default_code = '{code}'
"""
PURCHASE = """
SELECT o.state, l.product_qty::int FROM purchase_order o
  JOIN purchase_order_line l ON l.order_id = o.id WHERE o.need_cutoff IS NOT NULL
"""
RESERVED = """
SELECT m.state FROM stock_move m JOIN product_product p ON p.id = m.product_id
 WHERE p.default_code = 'GR-1' AND m.sale_line_id IS NOT NULL
"""
ROW = ".o_data_row:has-text('Grătar')"


def keep(visit, name):
    if folder := os.environ.get("SCREENSHOTS"):
        visit.save(pathlib.Path(folder) / f"needs-{name}.png")


def test_what_is_missing_is_ordered_and_becomes_the_customer_s(erp, site, clerk):
    erp.run(PREPARE)
    site.add_order([{**GRILL, "quantity": 2}, {**POKER, "quantity": 1}])
    wait_until(lambda: erp.query(NEED.format(code="GR-1")) == "open|2|2")
    assert erp.query(NEED.format(code="VT-1")) == "blocked|1|1"
    page = clerk.page

    # The list; one more for the shelf
    clerk.open("purchase_need_action")
    keep(clerk, "list")
    page.locator(f"{ROW} td[name=quantity]").click()
    page.locator(f"{ROW} [name=quantity] input").fill("3")
    page.locator(".o_list_button_save:visible").first.click()
    wait_until(lambda: erp.query(NEED.format(code="GR-1")) == "open|2|3")

    # The preview says what becomes of it, and what is left out
    clerk.press("action_preview", expect=".modal [name=line_ids] .o_data_row")
    assert "Fierăria Turda" in page.locator(".modal [name=line_ids]").inner_text()
    assert "Vătrai" in page.locator(".modal [name=left_out]").inner_text()
    keep(clerk, "preview")
    clerk.press("action_order", within=".modal", expect=f"{ROW}:has-text('P0')")
    assert erp.query(PURCHASE) == "draft|3"
    assert erp.query(NEED.format(code="GR-1")) == "ordered|2|3"

    # The purchase, from the need, and back
    page.locator(f"{ROW} button[name=action_open_purchase]").click()
    clerk._wait_for("button[name=action_open_needs]")
    keep(clerk, "purchase")
    clerk.press("button_confirm", expect="button[name=action_view_picking]:visible")
    clerk.press("action_view_picking", expect="button[name=button_validate]:visible")
    clerk.press("button_validate")
    wait_until(lambda: erp.query(RESERVED) == "assigned")
    assert erp.query(NEED.format(code="GR-1")) == "received|0|3"


def test_the_cut_off_and_the_figures(erp, clerk):
    erp.run('env["purchase.need.cutoff"].create({"hour": 16.5, "then": "mail"})')
    page = clerk.page
    clerk.open("purchase_need_cutoff_action")
    clerk.open_row(".o_data_cell")
    keep(clerk, "cut-off")
    clerk.open("purchase_need_figures_action", expect=".o_graph_renderer canvas")
    keep(clerk, "figures")
    page.locator(".o_switch_view.o_pivot").click()
    clerk._wait_for(".o_pivot table")
    keep(clerk, "pivot")
