"""Stock and price by id, SKU or EAN; net, gross and VAT agree."""

from urllib.parse import quote

import pytest


@pytest.mark.parametrize(
    ("column", "value", "found"),
    [
        ("id", "7101", 7101),
        ("sku", "TEA-100", 7101),
        ("ean", "5940000000017", 7101),
        ("id", "7201", 7201),
        ("sku", "TS_l", 7202),
        ("ean", "24", 7201),
    ],
)
def test_products_and_variants_are_found(api, tea, shirt, column, value, found):
    assert api.get(f"/inventory/{column}/{value}").json()["id"] == found
    answer = api.patch(f"/inventory/{column}/{value}", {"stock": 77})
    assert (answer.json()["id"], answer.json()["stock"]) == (found, 77)
    assert api.shop.unit(found)["stock"] == 77


@pytest.mark.parametrize("path", ["id/1", "sku/none", "ean/none", "name/Green"])
def test_unknown_item_is_404(api, tea, path):
    assert api.get(f"/inventory/{path}").status_code == 404
    assert api.patch(f"/inventory/{path}", {"stock": 1}).status_code == 404


def test_variant_is_no_product_of_its_own(api, shirt):
    assert api.get("/products/7201").status_code == 404


@pytest.mark.parametrize("sku", ["a/b", "a b", "50%", "50%25", "ț#?&", "../x"])
def test_sku_is_encoded_in_the_path(shop, api, sku):
    product = shop.add_product(sku=sku)
    answer = api.get(f"/inventory/sku/{quote(sku, safe='')}")
    assert answer.json()["id"] == product["id"]


def test_two_products_with_one_sku_give_the_older_also_after_it_changed(shop, api):
    older, _newer = shop.add_product(sku="TWICE"), shop.add_product(sku="TWICE")
    for stock in range(3):
        answer = api.patch("/inventory/sku/TWICE", {"stock": stock})
        assert answer.json()["id"] == older["id"]


def test_stock_is_replaced_not_added_to(api, tea):
    for _repeat in range(2):
        assert api.patch("/inventory/id/7101", {"stock": 8}).json()["stock"] == 8
    assert api.patch("/inventory/id/7101", {"stock": -1}).json()["stock"] == -1


def test_new_stock_is_on_the_product_and_its_date_moves(shop, api, tea):
    shop.update("product", 7101, date_modified="2020-01-01T00:00:00+02:00")
    api.patch("/inventory/id/7101", {"stock": 8})
    product = api.get("/products/7101").json()
    assert product["stock"] == 8
    assert product["date_modified"] > "2020-01-02"


@pytest.mark.parametrize(
    ("sent", "gross", "net"),
    [
        ({"price_gross": 10}, 10, 8.2645),
        ({"price_gross": 19.99}, 19.99, 16.5207),
        ({"price_net": 8.2645}, 10.0, 8.2645),
        ({"price_net": 41.3223}, 50.0, 41.3223),
        ({"price_gross": 10, "price_net": 8.2645}, 10, 8.2645),
        ({"price_gross": 10.005}, 10.01, 8.2727),
    ],
)
def test_gross_has_two_decimals_and_net_four(api, tea, sent, gross, net):
    answer = api.patch("/inventory/id/7101", sent).json()
    assert (answer["price_gross"], answer["price_net"]) == (gross, net)
    product = api.get("/products/7101").json()
    assert (product["price_gross"], product["price_net"]) == (gross, net)


@pytest.mark.parametrize("field", ["old_price_gross", "old_price_net"])
@pytest.mark.parametrize("nothing", [None, ""])
def test_a_price_before_reduction_is_taken_away(api, tea, field, nothing):
    api.patch("/inventory/id/7101", {"old_price_gross": 60})
    answer = api.patch("/inventory/id/7101", {field: nothing}).json()
    assert (answer["old_price_gross"], answer["old_price_net"]) == (None, None)


def test_vat_of_the_product_counts(shop, api):
    product = shop.add_product(tax_id=2, price_gross=11.1)
    assert (product["tax_value"], product["price_net"]) == (11, 10)
    changed = api.patch(f"/products/{product['id']}", {"tax_id": 3}).json()
    assert (changed["tax_value"], changed["price_net"]) == (0, 11.1)


@pytest.mark.parametrize("nothing", [None, ""])
def test_crossed_out_price_is_set_and_taken_away(api, tea, nothing):
    answer = api.patch("/inventory/id/7101", {"old_price_gross": 30}).json()
    assert (answer["old_price_gross"], answer["old_price_net"]) == (30, 24.7934)
    answer = api.patch("/inventory/id/7101", {"old_price_gross": nothing}).json()
    assert (answer["old_price_gross"], answer["old_price_net"]) == (None, None)
    assert answer["price_gross"] == 25


@pytest.mark.parametrize("value", ["8", None, True, [8]])
def test_stock_must_be_a_number(api, tea, value):
    assert api.patch("/inventory/id/7101", {"stock": value}).status_code == 400


def test_fields_are_selected(api, tea):
    answer = api.get("/inventory/id/7101", fields="id,stock,name").json()
    assert answer == {"id": 7101, "stock": 12, "name": "Green tea"}
