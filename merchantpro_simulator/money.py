"""Amounts as the site computes them: net with four decimals, gross with two, halves up."""

from decimal import ROUND_HALF_UP, Decimal


def gross(amount):
    return float(Decimal(str(amount)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def net(amount):
    return float(Decimal(str(amount)).quantize(Decimal("0.0001"), ROUND_HALF_UP))


def net_of(gross_amount, percent):
    """`percent` may be None: a line without a rate carries no VAT."""
    return net(Decimal(str(gross_amount)) / (1 + Decimal(str(percent or 0)) / 100))


def gross_of(net_amount, percent):
    return gross(Decimal(str(net_amount)) * (1 + Decimal(str(percent)) / 100))


def times(amount, quantity):
    return Decimal(str(amount)) * Decimal(str(quantity))
