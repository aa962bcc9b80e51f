"""Whatever prices, rates, quantities and discounts an order has: its parts are the site's total to
the cent, or they are not and the order is held. The orders are made by the shop's own rules."""

import math
from dataclasses import replace
from decimal import Decimal

import pytest
from api.errors import ParseError
from api.order_amounts import SHIPPING, WALLET, cents, parts, rates, total
from api.orders import parse_order
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import VALUES

from merchantpro_simulator import Simulator

PRICES = st.integers(0, 10_000_000).map(lambda cents: cents / 100) | st.sampled_from(
    [0.0, 0.01, 0.03, 9.99, 10.0, 33.33, 999_999.99]
)
FRACTIONS = st.integers(1, 100_000).map(lambda grams: grams / 1000)
PERCENTS = st.sampled_from([0, 5, 9, 11, 19, 21, 24, None])
GOODS = st.fixed_dictionaries(
    {
        "product_id": st.integers(1, 5),
        "product_sku": st.just("SKU"),
        "missing": st.just(True),
        "unit_price_gross": PRICES,
        "quantity": st.integers(1, 500) | FRACTIONS | st.integers(-5, -1),
        "product_tax_percent": PERCENTS,
    }
)
TAKEN_OFF = st.fixed_dictionaries(
    {
        "item_type": st.sampled_from(["promo_cart", "promo_product", "discount", "coupon"]),
        "amount": PRICES.filter(bool),
        "product_tax_percent": PERCENTS,
        "applied_discounts": st.lists(
            st.fixed_dictionaries({"product_id": st.integers(1, 7), "amount": PRICES}), max_size=3
        ),
    }
)
OTHERS = st.fixed_dictionaries(
    {
        "item_type": st.sampled_from(["gift_card", "cod_fee"]),
        "amount": PRICES,
        "product_tax_percent": PERCENTS,
    }
)
HEADERS = st.fixed_dictionaries(
    {
        "shipping_amount": PRICES,
        "shipping_tax_percent": PERCENTS,
        "wallet_amount": st.just(0) | PRICES | PRICES.map(lambda amount: -amount),
        "currency": st.sampled_from(["RON", "EUR", "HUF"]),
    }
)


@pytest.fixture(scope="module")
def place():
    """A function that orders in a shop; an api Order."""
    shop = Simulator()

    def place(lines, header):
        return parse_order(shop.orders.place(lines, notify=False, **header))

    return place


@st.composite
def orders(draw):
    lines = draw(st.lists(GOODS, min_size=1, max_size=6))
    lines += draw(st.lists(TAKEN_OFF | OTHERS, max_size=3))
    return draw(st.permutations(lines)), draw(HEADERS)


# What is promised of any order


def the_parts_are_its_total_to_the_cent(order):
    assert total(order) == order.total


def each_row_keeps_its_amount_whatever_rates_it_is_split_over(order):
    for number, line in enumerate(order.lines, 1):
        own = [part.amount for part in parts(order) if part.row == number]
        if own:
            assert sum(own) == cents(line.subtotal_gross)
        else:
            assert line.is_discount and not line.subtotal_gross


def a_discount_falls_on_the_rates_of_the_goods_or_on_its_own(order):
    sold = {line.tax_percent for line in order.lines if not line.is_discount}
    for part in parts(order):
        if part.row > 0 and order.lines[part.row - 1].is_discount:
            assert part.amount <= 0
            assert part.percent in sold | {order.lines[part.row - 1].tax_percent}


def every_part_but_money_has_a_rate_that_is_asked_for(order):
    taxed = {part.percent for part in parts(order) if part.is_taxed}
    assert set(rates(order)) == taxed


def amounts_outlast_the_binary_numbers_of_a_database(order):
    for part in parts(order):
        price, quantity = (Decimal(float(each)) for each in (part.price, part.quantity))
        assert cents(price * quantity) == part.amount


@settings(max_examples=200)
@given(ordered=orders())
def test_every_promise_is_kept(place, ordered):
    order = place(*ordered)
    the_parts_are_its_total_to_the_cent(order)
    each_row_keeps_its_amount_whatever_rates_it_is_split_over(order)
    a_discount_falls_on_the_rates_of_the_goods_or_on_its_own(order)
    every_part_but_money_has_a_rate_that_is_asked_for(order)
    amounts_outlast_the_binary_numbers_of_a_database(order)


@given(ordered=orders(), difference=st.integers(-10_000_000, 10_000_000).filter(bool))
def test_no_difference_is_absorbed(place, ordered, difference):
    order = place(*ordered)
    before_credit = order.total + order.wallet
    other = replace(order, total=order.total + Decimal(difference) / 100)
    if other.total != before_credit:
        assert total(other) != other.total


@given(
    key=st.sampled_from(
        ["total_amount", "shipping_amount", "shipping_tax_percent", "wallet_amount"]
    ),
    value=VALUES,
)
def test_any_value_of_an_order_is_refused_or_gives_amounts(key, value):
    assert_amounts_or_refusal({**RECORD, key: value})


@given(
    key=st.sampled_from(
        ["quantity", "unit_price_gross", "line_subtotal_gross", "product_tax_percent",
         "applied_discounts", "item_type", "gift_card_delivery"]
    ),
    value=VALUES,
    discount=VALUES,
)  # fmt: skip
def test_any_value_of_a_row_is_refused_or_gives_amounts(key, value, discount):
    goods, taken = RECORD["line_items"]
    applied = [{"product_id": 1, "amount": discount}]
    rows = [{**goods, key: value}, {**taken, "applied_discounts": applied}]
    assert_amounts_or_refusal({**RECORD, "line_items": rows})


def assert_amounts_or_refusal(record):
    try:
        order = parse_order(record)
    except ParseError:
        return
    for part in parts(order):
        assert math.isfinite(float(part.price)) and math.isfinite(float(part.quantity))
        assert part.amount.is_finite()


RECORD = Simulator().orders.place(
    [
        {"missing": True, "product_id": 1, "unit_price_gross": 24.2, "quantity": 2},
        {"item_type": "promo_cart", "amount": 3, "product_tax_percent": None},
    ],
    notify=False,
    shipping_amount=15,
    wallet_amount=2,
)


# The rules one by one


def row(**changes):
    goods = {"missing": True, "product_id": 1, "product_sku": "S", "unit_price_gross": 10.0}
    return {**goods, **changes}


def kinds(order):
    return [(part.row, part.kind, part.amount, part.percent) for part in parts(order)]


def test_a_discount_over_two_rates_is_split_and_no_cent_is_lost(place):
    coupon = {"item_type": "coupon", "amount": 0.05, "product_tax_percent": None}
    lines = [row(), row(product_id=2, product_tax_percent=11), coupon]
    assert kinds(place(lines, {}))[2:] == [
        (3, "discount", Decimal("-0.03"), 21),
        (3, "discount", Decimal("-0.02"), 11),
    ]


def test_a_discount_falls_where_the_site_says(place):
    applied = [{"product_id": 2, "amount": 1}]
    coupon = {"item_type": "coupon", "amount": 2, "product_tax_percent": None}
    lines = [row(), row(product_id=2, product_tax_percent=11)]
    order = place([*lines, {**coupon, "applied_discounts": applied}], {})
    assert kinds(order)[2:] == [(3, "discount", -2, 11)]


def test_a_discount_told_only_on_its_goods_takes_off_their_gross_amount(place):
    applied = [{"product_id": 1, "amount": 1}]
    free = {"item_type": "coupon", "amount": 0, "product_tax_percent": None}
    order = place([row(), {**free, "applied_discounts": applied}], {"total_amount": 8.79})
    assert kinds(order)[1] == (2, "discount", Decimal("-1.21"), 21)
    assert total(order) == order.total


def test_a_coupon_for_free_delivery_is_no_part(place):
    free = {"item_type": "coupon", "amount": 0, "product_tax_percent": None}
    assert len(parts(place([row(), free], {}))) == 1


def test_shipping_without_a_rate_has_the_highest_of_the_goods(place):
    lines = [row(product_tax_percent=11), row(product_tax_percent=19)]
    order = place(lines, {"shipping_amount": 9.99, "shipping_tax_percent": None})
    assert kinds(order)[2] == (SHIPPING, "shipping", Decimal("9.99"), 19)


def test_store_credit_is_money_where_the_total_is_after_it(place):
    after = place([row()], {"wallet_amount": 4})
    assert kinds(after)[1] == (WALLET, "wallet", -4, None)
    before = place([row()], {"wallet_amount": 4, "total_amount": 10})
    assert len(parts(before)) == 1


def test_a_price_of_less_than_a_cent_keeps_the_amount_of_its_row(place):
    order = place([row(unit_price_gross=0.0056, quantity=3)], {})
    (part,) = parts(order)
    assert (part.amount, part.quantity) == (Decimal("0.02"), 3)
    assert part.price != Decimal("0.0056")
