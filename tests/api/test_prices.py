"""Rounding of prices, and what it must never do."""

from decimal import Decimal

import pytest
from api.prices import CENT, RULES, exact, quantized, rounded, rounded_net
from hypothesis import given
from hypothesis import strategies as st

PRICES = st.decimals(min_value="0.0001", max_value="99999", places=4)
RATES = st.sampled_from(["0", "0.05", "0.09", "0.11", "0.19", "0.21"]).map(Decimal)


@pytest.mark.parametrize(
    "price, rule, expected",
    [
        ("12.344", "cent", "12.34"),
        ("12.345", "cent", "12.35"),
        ("12.24", "half", "12.00"),
        ("12.25", "half", "12.50"),
        ("12.50", "one", "13.00"),
        ("12.49", "one", "12.00"),
        ("12.48", "99", "11.99"),
        ("12.49", "99", "12.99"),
        ("12.99", "99", "12.99"),
        ("13.00", "99", "12.99"),
        # Too little for a step: the lowest price there is, never zero.
        ("0.001", "cent", "0.01"),
        ("0.10", "half", "0.50"),
        ("0.30", "one", "1.00"),
        ("0.20", "99", "0.99"),
    ],
)
def test_to_the_nearest_halves_up(price, rule, expected):
    assert str(rounded(Decimal(price), rule)) == expected


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("price", ["0", "-3.20"])
def test_what_is_no_price_does_not_become_one(rule, price):
    assert rounded(Decimal(price), rule) == Decimal(price)


@given(PRICES, st.sampled_from(sorted(RULES)))
def test_a_rounded_price_is_of_the_rule_and_near(price, rule):
    step, off = RULES[rule]
    result = rounded(price, rule)
    assert result > 0
    assert (result + off) % step == 0
    assert abs(result - price) <= step / 2 or result == step - off


@given(PRICES, st.sampled_from(sorted(RULES)))
def test_rounding_twice_changes_nothing(price, rule):
    once = rounded(price, rule)
    assert rounded(once, rule) == once


@given(PRICES, PRICES, st.sampled_from(sorted(RULES)))
def test_the_dearer_stays_the_dearer(one, other, rule):
    low, high = sorted([one, other])
    assert rounded(low, rule) <= rounded(high, rule)


@given(PRICES.filter(lambda price: price >= 1), RATES)
def test_a_net_price_to_the_cent_gives_the_gross_price(gross, rate):
    gross = quantized(gross, CENT)
    net = rounded_net(gross / (1 + rate), "cent", lambda price: price * (1 + rate))
    assert quantized(net * (1 + rate), CENT) == gross


def test_two_decimals_are_enough_where_they_give_the_gross_price():
    for net, expected in (("20.66115702", "20.66"), ("8.26446281", "8.2645"), ("20", "20.00")):
        result = rounded_net(Decimal(net), "cent", lambda price: price * Decimal("1.21"))
        assert str(result) == expected


def test_net_prices_follow_the_other_rules_as_they_are():
    assert rounded_net(Decimal("8.26446281"), "99", lambda price: price * 2) == Decimal("7.99")


def test_noise_of_floats_does_not_decide_a_half():
    assert 10.05 * 1.1 != 11.055
    assert str(exact(10.05 * 1.1)) == "11.055"
    assert str(rounded(exact(10.05 * 1.1), "cent")) == "11.06"
    # 1.005 is a little less as a float.
    assert str(rounded(exact(1.005), "cent")) == "1.01"
