"""A merchant's way from nothing to a linked catalogue, in the browser: fetch, a review with each
kind of decision, the preview, the import. SCREENSHOTS=folder keeps pictures."""

import os
import pathlib
import uuid

import pytest
from erp import connected
from waiting import wait_until

from merchantpro_simulator import Limits, Simulator
from tools import database

PRODUCTS = """
def product(name, code, **values):
    return env["product.product"].create(
        {"name": name, "default_code": code, "is_storable": True, **values})

product("Cană smălțuită", "CANA")
product("Farfurie adâncă", "FARF"), product("Farfurie întinsă", "FARF")
product("Ulcior de lut", "U-77")
product("Polonic vechi", "POLONIC").active = False
"""
STATES = "SELECT external_id, match_state FROM merchantpro_variant ORDER BY external_id::int"
DIALOG = ".o_dialog"


@pytest.fixture(scope="module")
def market():
    """One row for each kind of decision, by the site's id."""
    with Simulator(limits=Limits(), key=uuid.uuid4().hex) as site:
        kitchen = site.add_category("Bucătărie")["id"]
        site.add_product(id=1, name="Cană", sku="CANA", category_id=kitchen, price_gross=24.2)
        site.add_product(id=2, name="Farfurie", sku="FARF", category_id=kitchen, price_gross=31)
        site.add_product(id=3, name="Ulcior", sku="ULC-1", category_id=kitchen, price_gross=55)
        site.add_product(id=4, name="Polonic", sku="POLONIC", category_id=kitchen, price_gross=19)
        site.add_product(id=5, name="Felicitare", category_id=kitchen, price_gross=5)
        site.add_product(id=6, name="Card cadou", price_gross=100)
        sizes = [
            {"id": 70 + number, "sku": f"SORT-{size}", "price_gross": 79.9, "stock": 4,
             "variant_options": [{"name": "Mărime", "value": size}]}
            for number, size in enumerate("SML")
        ]  # fmt: skip
        site.add_product(id=7, name="Șorț brodat", sku="SORT", category_id=kitchen, variants=sizes)
        yield site


@pytest.fixture(scope="module")
def market_erp(market):
    erp = connected(market, database.glued(), database.dressed())
    try:
        erp.run(PRODUCTS)
        erp.url = f"http://127.0.0.1:{erp.serve()['port']}"
        yield erp
    finally:
        erp.close()


@pytest.fixture
def merchant(visit, market_erp):
    return visit("admin", market_erp)


def keep(visit, name):
    if folder := os.environ.get("SCREENSHOTS"):
        visit.save(pathlib.Path(folder) / f"catalogue-{name}.png")


def open_shop(visit):
    visit.open("merchantpro_shop_action")
    visit.open_row(".o_data_cell")


def review(visit, title):
    """Skip until the row of this name is shown."""
    name = visit.page.locator(f"{DIALOG} [name=name]:visible").first
    for _attempt in range(10):
        if title in name.inner_text():
            return
        visit.press("action_skip", within=DIALOG)
        visit.page.wait_for_timeout(500)
    raise AssertionError(f"{title} never came up")


def test_from_nothing_to_a_linked_catalogue(merchant, market_erp):
    erp, page = market_erp, merchant.page

    # Fetched, and matched by itself
    open_shop(merchant)
    merchant.press("fetch_catalog")
    settled = "SELECT count(*) FROM merchantpro_variant WHERE match_state <> 'unmatched'"
    wait_until(lambda: erp.query(settled) == "9")
    open_shop(merchant)
    keep(merchant, "fetched")

    # Reviewed: each kind of decision once
    merchant.press("action_review", expect=f"{DIALOG} [name=candidate_ids]")
    review(merchant, "Farfurie")
    keep(merchant, "review")
    page.locator(f"{DIALOG} .o_kanban_record:has-text('întinsă') button[name=action_link]").click()
    page.locator(f"{DIALOG} .alert-success").wait_for()
    review(merchant, "Polonic")
    merchant.press("action_restore_and_link", within=DIALOG)
    page.locator(".modal-footer .btn-primary:visible").last.click()  # restoring asks first
    wait_until(lambda: "4|linked" in erp.query(STATES))
    open_shop(merchant)
    merchant.press("action_review", expect=f"{DIALOG} [name=candidate_ids]")
    review(merchant, "Felicitare")
    merchant.press("action_create_new", within=DIALOG)
    wait_until(lambda: "5|new" in erp.query(STATES))
    open_shop(merchant)
    merchant.press("action_review", expect=f"{DIALOG} [name=candidate_ids]")
    review(merchant, "Card cadou")
    merchant.press("action_ignore", within=DIALOG)
    wait_until(lambda: "6|ignored" in erp.query(STATES))

    # A code added to an existing product, from the row's own form
    merchant.open("merchantpro_variant_action")
    page.locator(".o_data_row:has-text('Ulcior') .o_data_cell[name=name]").first.click()
    merchant._wait_for(".o_form_sheet")
    merchant.press("action_review", expect=f"{DIALOG} [name=candidate_ids]")
    row = page.locator(f"{DIALOG} .o_kanban_record:has-text('U-77')")
    row.locator("button[name=action_link_with_code]").click()
    wait_until(lambda: "3|linked" in erp.query(STATES))
    assert erp.query("SELECT code FROM product_additional_code") == "ULC-1"

    # Previewed: nothing is written
    before = erp.query("SELECT count(*) FROM product_template")
    open_shop(merchant)
    merchant.press("action_import", expect="[name=link_count]")
    keep(merchant, "preview")
    figures = {
        name: page.locator(f"[name={name}_count]").inner_text()
        for name in ("link", "create", "family", "variant", "left", "attribute", "category")
    }
    assert figures == {
        "link": "1", "create": "1", "family": "1", "variant": "3", "left": "1",
        "attribute": "1", "category": "1",
    }  # fmt: skip
    assert erp.query("SELECT count(*) FROM product_template") == before
    merchant.press("action_open_lines", expect=".o_group_header")
    keep(merchant, "preview-rows")
    page.go_back()
    merchant._wait_for("[name=link_count]")

    # Imported: exactly that, and it says so
    merchant.press("action_import", expect="[name=summary]")
    wait_until(lambda: erp.query(STATES).count("linked") == 8)
    erp.skip_waits()
    wait_until(lambda: erp.query("SELECT state FROM merchantpro_import") == "done")
    page.reload()
    merchant._wait_for("[name=summary] td")
    keep(merchant, "imported")
    assert erp.query(STATES).split() == [
        "1|linked", "2|linked", "3|linked", "4|linked", "5|linked", "6|ignored",
        "70|linked", "71|linked", "72|linked",
    ]  # fmt: skip
    for line in page.locator("[name=summary] tr:has(td)").all():
        _figure, planned, done = (cell.inner_text() for cell in line.locator("td").all())
        assert done in (planned, "")
    assert int(erp.query("SELECT count(*) FROM product_template")) == int(before) + 2
