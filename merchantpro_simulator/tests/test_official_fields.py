"""Answers have the fields of the official tables, and an order those of a real one."""

import json
import pathlib
from numbers import Number

import pytest

HERE = pathlib.Path(__file__).parent
REAL = json.loads((HERE / "real_order.json").read_text())["order"]
TABLES = json.loads((HERE / "official_fields.json").read_text())
TYPES = {"string": str, "int": int, "float": Number, "array": list, "object": dict, "date": str}
# Of a line only where they mean something: a reduced price, a state that somebody gave it.
ONLY_SOMETIMES = {"unit_price_regular", "status"}


def check(record, table):
    """Every field of the table is there, and null or of the type it is to have."""
    for name, kind in table.items():
        assert name in record
        value = record[name]
        assert value is None or isinstance(value, TYPES[kind]), (name, value)
        assert not isinstance(value, bool), name


@pytest.mark.parametrize("resource", ["orders", "products", "categories"])
def test_every_record_of_the_demonstration_has_the_fields_of_its_table(demo_api, resource):
    rows, start = [], 0
    while start is not None:
        include = {"orders": "line_items,tags,rma_orders", "categories": "subcategories,meta_links"}
        extra = {"include": include[resource]} if resource in include else {}
        answer = demo_api.get(f"/{resource}", start=start, limit=100, **extra).json()
        rows += answer["data"]
        start = start + 100 if answer["meta"]["links"]["next"] else None
    assert len(rows) > 20
    for row in rows:
        check(row, TABLES[resource])


def test_inventory_has_the_fields_of_its_table(demo_api):
    for unit in (7101, 20000 + 261 * 10):
        check(demo_api.get(f"/inventory/id/{unit}").json(), TABLES["inventory"])


def test_values_that_are_listed_officially_are_the_only_ones(demo):
    for product in demo.store.all("product"):
        assert product["type"] in {"basic", "multi_variant", "digital", "bundle"}
        assert product["inventory_enabled"] in {"on", "off"}
        assert product["shipping_type"] in {"default", "free", "unit", "disabled"}
    payments = ["temporary", "awaiting", "paid", "failed", "cancelled", "refunded", "rejected"]
    assert {order["payment_status"] for order in demo.store.all("order")} <= set(payments)


def test_order_has_every_key_of_a_real_one(demo_api):
    (row,) = demo_api.get("/orders", limit=1, include="line_items").json()["data"]
    assert set(REAL) - set(row) == set()
    assert set(REAL["line_items"][0]) - set(row["line_items"][0]) <= ONLY_SOMETIMES


def test_order_has_the_types_of_a_real_one(demo_api):
    (row,) = demo_api.get("/orders", limit=1, include="line_items").json()["data"]
    for real, ours in ((REAL, row), (REAL["line_items"][0], row["line_items"][0])):
        for key in set(real) & set(ours):
            if real[key] is not None and ours[key] is not None:
                assert _kind(ours[key]) == _kind(real[key]), key


def _kind(value):
    return "number" if isinstance(value, Number) and not isinstance(value, bool) else type(value)


def test_times_carry_the_offset_of_the_shop(demo_api):
    rows = demo_api.get("/orders", limit=100).json()["data"]
    assert {row["date_created"][-6:] for row in rows} == {"+02:00", "+03:00"}
