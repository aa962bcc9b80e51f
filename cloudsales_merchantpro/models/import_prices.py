"""The prices of a page's variants in Odoo's terms: one list price, and an extra price for
each attribute value."""


def split_prices(prices):
    """`prices` is {variant: (its values, its price)}; the values of a variant are hashable.

    Returns (list price, {value: extra}, variants whose price cannot be said this way). The
    cheapest variant gives the list price, so that one attribute never makes a negative extra."""
    cheapest = min(prices, key=lambda variant: prices[variant][1])
    base_values, base = prices[cheapest]
    extras = dict.fromkeys(base_values, 0.0)
    waiting = dict(prices)
    found = True
    while found:
        found = [variant for variant, (values, _price) in waiting.items()
                 if sum(value not in extras for value in values) == 1]  # fmt: skip
        for variant in found:
            values, price = waiting.pop(variant)
            rest = sum(extras.get(value, 0.0) for value in values)
            extras.update(
                {value: round(price - base - rest, 2) for value in values if value not in extras}
            )
    misfits = [
        variant
        for variant, (values, price) in prices.items()
        if abs(base + sum(extras.get(value, 0.0) for value in values) - price) > 0.005
    ]
    return base, extras, misfits
