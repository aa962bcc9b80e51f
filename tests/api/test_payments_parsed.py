"""What the site says of a payment."""

import datetime
from decimal import Decimal

import pytest
from api.errors import ParseError
from api.payments import parse_payment


def payment(**fields):
    return parse_payment({"total_amount": "58.40", "payment_status": "awaiting", **fields})


def test_the_amount_is_what_was_paid_or_else_the_total():
    assert payment(paid_amount=20).amount == 20
    assert payment(paid_amount=None).amount == Decimal("58.40")


@pytest.mark.parametrize(
    ("fields", "amount"),
    [
        ({}, "58.40"),
        ({"shipping_cod_amount": "60"}, "60"),
        ({"paid_amount": "8.40"}, "50"),
        ({"paid_amount": "100"}, "0"),
        ({"payment_status": "paid", "shipping_cod_amount": "58.40"}, "0"),
    ],
)
def test_what_a_courier_collects(fields, amount):
    assert payment(**fields).to_collect == Decimal(amount)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-05-02T00:30:00+03:00", datetime.date(2026, 5, 2)),
        ("2026-05-02", datetime.date(2026, 5, 2)),
        (1777680000, datetime.date(2026, 5, 2)),
        (None, None),
        ("0000-00-00", None),
    ],
)
def test_the_day_is_the_one_the_site_wrote(written, day):
    assert payment(payment_date=written).date == day


@pytest.mark.parametrize(
    "fields", [{"total_amount": None}, {"paid_amount": "mult"}, {"payment_date": "ieri"}]
)
def test_what_cannot_be_read_names_its_key(fields):
    with pytest.raises(ParseError) as error:
        payment(**fields)
    assert error.value.key in fields
