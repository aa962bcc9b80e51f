"""How far an order is on the site, and what it need not be told."""

import pytest
from api.standing import Standing, parse_standing


@pytest.mark.parametrize(
    ("status", "known"),
    [
        ("awaiting", set()),
        ("confirmed", set()),
        ("shipped", {"shipped"}),
        ("delivered", {"shipped", "delivered"}),
        ("returned", {"shipped", "delivered"}),
        ("canceled", {"cancelled"}),
    ],
)
def test_what_a_status_says_is_not_said_again(status, known):
    standing = parse_standing({"shipping_status": status})
    assert {kind for kind in ("cancelled", "shipped", "delivered") if standing.knows(kind)} == known


def test_a_waybill_is_known_by_its_number():
    standing = parse_standing({"shipping_awb": " AWB1 "})
    assert standing.knows("awb", "AWB1")
    assert not standing.knows("awb", "AWB2")


def test_only_a_cancelled_order_contradicts_that_goods_leave():
    cancelled = Standing("cancelled")
    assert [kind for kind in ("cancelled", "shipped", "delivered", "awb")
            if cancelled.contradicts(kind)] == ["shipped", "delivered"]  # fmt: skip
    assert not Standing("awaiting").contradicts("shipped")


@pytest.mark.parametrize(
    "record", [None, [], {}, {"shipping_status": {}, "shipping_awb": "x" * 999}]
)
def test_what_cannot_be_read_says_nothing(record):
    assert parse_standing(record) == Standing()
