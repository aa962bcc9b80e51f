"""Prices as shops write them: rounded, halves up, and never to nothing. Amounts are Decimal."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
# Of a price without VAT, as many decimals as the site keeps.
NET = Decimal("0.0001")
# rule: (step, what is taken off it)
RULES = {
    "cent": (CENT, Decimal(0)),
    "half": (Decimal("0.5"), Decimal(0)),
    "one": (Decimal(1), Decimal(0)),
    "99": (Decimal(1), CENT),
}


def exact(amount):
    """A float as the Decimal that people mean: products of floats are off in the last digits."""
    return Decimal(str(round(amount, 6)))


def quantized(amount, unit):
    """`amount` in units of `unit`, which is a power of ten."""
    return amount.quantize(unit, ROUND_HALF_UP)


def rounded(price, rule):
    """The price of `rule` nearest to `price`; of two equally near the higher. What would become
    zero or less gets the lowest price of the rule. Zero and less are no prices and only lose
    their decimals."""
    if price <= 0:
        return quantized(price, CENT)
    step, off = RULES[rule]
    steps = quantized((price + off) / step, Decimal(1))
    return quantized(max(steps, Decimal(1)) * step - off, CENT)


def rounded_net(price, rule, gross_of):
    """Like `rounded` for a price without VAT; `gross_of` gives the price with VAT of one without.

    To the cent it has two decimals where they make the same price with VAT, else four: 10.00
    with 21 % is 8.2645 without, while 8.26 would be sold at 9.99."""
    price_of_rule = rounded(price, rule)
    if rule != "cent" or price <= 0:
        return price_of_rule
    if quantized(gross_of(price_of_rule), CENT) == quantized(gross_of(price), CENT):
        return price_of_rule
    return quantized(price, NET)
