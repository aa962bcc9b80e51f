"""What an order asks of the stock is read out of whatever the site sends."""

from decimal import Decimal

import pytest
from api.demand import demand


def line(**fields):
    return {"item_type": "product", "product_id": 7, "quantity": 2, **fields}


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ([line()], {"7": Decimal(2)}),
        ([line(), line(quantity="1.5")], {"7": Decimal("3.5")}),
        ([line(), line(product_id="8")], {"7": Decimal(2), "8": Decimal(2)}),
        ({"0": line()}, {"7": Decimal(2)}),
        ([line(item_type="bundle")], {"7": Decimal(2)}),
        # Gives goods back, is no goods, or names none.
        ([line(quantity=-1)], {}),
        ([line(item_type="coupon")], {}),
        ([line(product_id=None)], {}),
        # A line that cannot be read hides no other.
        (
            [line(), line(quantity="many"), line(quantity=float("nan")), "garbage"],
            {"7": Decimal(2)},
        ),
        ([], {}),
        (None, {}),
    ],
)
def test_demand_is_what_the_readable_lines_of_goods_ask_for(lines, wanted):
    assert demand({"line_items": lines}) == wanted


@pytest.mark.parametrize("record", [None, [], "order", {}])
def test_what_is_no_order_asks_for_nothing(record):
    assert demand(record) == {}
