"""What the site says of the payment of an order.

Amounts are in the order's currency, VAT included. A `date` is the day as the site wrote it, in
its own time: the one on the statement of whoever collected the money."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from .fields import code, decimal, mapping, missing, moment, text
from .orders import status


@dataclass(frozen=True)
class Payment:
    status: str  # temporary, awaiting, paid, failed, cancelled, refunded, rejected
    method: str
    transaction: str  # "" until a payment service gave one
    total: Decimal
    paid: Decimal  # 0 where the site does not say how much
    cod: Decimal  # what the courier is to collect, where the site says so
    currency: str  # ISO code, "" if not told
    date: datetime.date | None

    @property
    def amount(self):
        """What was paid, once the status says that it was."""
        return self.paid or self.total

    @property
    def to_collect(self):
        """What a courier who collects has to ask for."""
        if self.status == "paid":
            return Decimal(0)
        return max(self.cod or self.total - self.paid, Decimal(0))


def parse_payment(record):
    """The Payment of an order's JSON object; raises ParseError."""
    record = mapping(record, "order")
    total = decimal(record, "total_amount", None)
    if total is None:
        raise missing("total_amount")
    return Payment(
        status=status(record, "payment_status"),
        method=code(record, "payment_method_code"),
        transaction=text(record, "payment_transaction_id"),
        total=total,
        paid=decimal(record, "paid_amount"),
        cod=decimal(record, "shipping_cod_amount"),
        currency=code(record, "currency").upper(),
        date=_day(record, "payment_date"),
    )


def _day(record, key):
    found = moment(record, key)
    try:
        return datetime.date.fromisoformat(code(record, key)[:10])
    except ValueError:  # seconds since 1970, or nothing
        return found and found.date()
