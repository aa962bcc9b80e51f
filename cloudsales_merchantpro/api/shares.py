"""How much of each line of an order belongs on its next invoice.

An order is invoiced as a whole, or transfer by transfer as the goods leave. Then charges
(delivery, fees) go with the first goods; what lowers the price (a discount, a voucher) is spread
over the goods it was given for, so that no invoice is reduced by more than its part, and the
last one takes the rest: together the invoices are the order. What was credited is not invoiced
again: `invoiced` is what invoices had, without the credit notes."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any


@dataclass(frozen=True)
class Row:
    key: Any
    ordered: Decimal
    invoiced: Decimal
    amount: Decimal  # of the whole line, VAT in it
    rate: Any = None  # the VAT it is under
    is_goods: bool = False

    @property
    def left(self):
        """What is not invoiced of it, in the direction of what was ordered."""
        left = self.ordered - self.invoiced
        return left if left * self.ordered > 0 else Decimal(0)


def of_order(rows):
    """{key: quantity} of all that is left."""
    return {row.key: row.left for row in rows if row.left}


def of_transfer(rows, moved, digits=2):
    """{key: quantity} for the goods `moved` ({key: quantity}); {} where nothing of them is left.
    `digits`: of a quantity, for the parts of discounts."""
    goods = [row for row in rows if row.is_goods]
    taken = {
        row.key: min(moved.get(row.key, Decimal(0)), row.left) for row in goods if row.left > 0
    }
    taken = {key: quantity for key, quantity in taken.items() if quantity > 0}
    if not taken:
        return {}
    if all(row.left <= taken.get(row.key, 0) for row in goods):
        return of_order(rows)
    shares = _shares(goods, taken)
    for row in rows:
        if row.is_goods or not row.left:
            continue
        quantity = row.left
        if row.amount < 0:
            part = shares.get(row.rate, shares[None]) * row.ordered
            quantity = min(part.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP), row.left)
        if quantity:
            taken[row.key] = quantity
    return taken


def _shares(goods, taken):
    """{VAT rate: part of the value of the goods under it that is taken}; of all goods for None."""
    value, whole = defaultdict(Decimal), defaultdict(Decimal)
    for row in goods:
        if not row.ordered:
            continue
        part = taken.get(row.key, Decimal(0)) / row.ordered * row.amount
        for rate in {row.rate, None}:
            whole[rate] += row.amount
            value[rate] += part
    return {rate: value[rate] / total if total else Decimal(1) for rate, total in whole.items()}
