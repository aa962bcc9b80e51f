"""The demonstration's goods and orders: the same at each start, and what is said of them."""

import re
from collections import Counter

import pytest

from merchantpro_simulator import Simulator, demo_data, seed_orders


def test_same_shop_at_each_start():
    shops = [Simulator(seed="demo") for _start in range(2)]
    products, orders = ([_plain(shop, kind) for shop in shops] for kind in ("product", "order"))
    assert products[0] == products[1]
    assert orders[0] == orders[1]


def _plain(shop, kind):
    """The records without the time of the start and the port of the shop."""
    moments = r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d"
    return [re.sub(moments, "", repr(each)).replace(shop.url, "") for each in shop.store.all(kind)]


def test_rows_of_the_site_are_as_many_as_are_to_be_matched(demo):
    products = demo.store.all("product")
    assert len(products) == 300
    units = sum(len(product.get("variants", [product])) for product in products)
    assert sum(demo_data.expected_matches().values()) == units


def test_expected_matches_follow_from_the_codes_alone(demo):
    """Matched anew, in the design's order: product code, barcode, additional code."""
    erp = demo_data.erp_products()
    by = {
        "code": Counter(row["default_code"] for row in erp),
        "ean": Counter(row["barcode"] for row in erp if row["barcode"]),
        "extra": Counter(code for row in erp for code in row["codes"]),
    }
    rows = [
        unit for product in demo.store.all("product") for unit in product.get("variants", [product])
    ]
    codes = Counter(row["sku"] for row in rows if row["sku"])
    found = Counter(_state(row, by, codes) for row in rows)
    assert found == Counter(demo_data.expected_matches())


def _state(row, by, codes):
    if not row["sku"] and not row["ean"]:
        return "no_code"
    hits = by["code"][row["sku"]] + by["ean"][row["ean"]] + by["extra"][row["sku"]]
    if hits > 1 or codes[row["sku"]] > 1:
        return "ambiguous"
    return "matched" if hits else "new"


def test_every_kind_of_order_is_there_as_often_as_expected(demo):
    kinds = Counter(order["meta_fields"]["demo_kind"] for order in demo.store.all("order"))
    assert set(kinds) == set(seed_orders.KINDS)
    states = Counter()
    for kind, count in kinds.items():
        states[seed_orders.KINDS[kind]] += count
    assert states == Counter(seed_orders.expected_states())


@pytest.mark.parametrize(
    ("what", "test"),
    [
        ("dotted number", lambda order: "." in order["id"]),
        ("company", lambda order: order["billing_type"] == "company"),
        ("individual", lambda order: order["billing_type"] == "individual"),
        ("guest", lambda order: order["customer_id"] is None),
        ("foreign currency", lambda order: order["currency"] != "RON"),
        ("store credit", lambda order: order.get("wallet_amount")),
        ("unfinished card", lambda order: order["payment_status"] == "temporary"),
        ("winter time", lambda order: order["date_created"].endswith("+02:00")),
        ("summer time", lambda order: order["date_created"].endswith("+03:00")),
        ("split discount", lambda order: any(_lines(order, "applied_discounts"))),
        ("goods back", lambda order: any(each < 0 for each in _lines(order, "quantity"))),
        ("no SKU", lambda order: None in _lines(order, "product_sku")),
    ],
)
def test_orders_of_all_sorts(demo, what, test):
    assert any(test(order) for order in demo.store.all("order")), what


def _lines(order, key):
    return [line.get(key) for line in order["line_items"]]


def test_orders_add_up_but_for_the_one_that_is_to_be_held(demo):
    wrong = []
    for order in demo.store.all("order"):
        goods = sum(line["line_subtotal_gross"] for line in order["line_items"])
        total = goods + order["shipping_amount"] - order.get("wallet_amount", 0)
        if round(total, 2) != order["total_amount"]:
            wrong.append(order["meta_fields"]["demo_kind"])
    assert wrong == ["wrong_total"]


def test_barcodes_are_valid_and_unique():
    eans = [good.ean for good in demo_data.goods() if good.ean and not good.units]
    eans += [ean for good in demo_data.goods() for _option, _sku, ean, _stock in good.units]
    assert len(set(eans)) == len(eans)
    for ean in eans:
        digits = [int(digit) for digit in ean]
        assert len(digits) == 13
        assert (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0


def test_one_description_is_hostile(demo):
    texts = [product["description"] for product in demo.store.all("product")]
    assert sum("<script>" in text for text in texts) == 1
