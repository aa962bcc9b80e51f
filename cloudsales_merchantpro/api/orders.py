"""Orders of a shop as typed values.

Amounts are in the order's currency; `gross` has VAT in it, `net` has not. Times are naive
UTC. Order numbers are text: split orders carry a dot. What is missing is "" or None; what
cannot be read is a ParseError that names the key, and a line by its place in the order.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from .buyers import COMPANY_KEYS, Address, parse_addresses
from .errors import ParseError
from .fields import (
    code,
    decimal,
    flag,
    identifier,
    mapping,
    missing,
    moment,
    reference,
    rows,
    seen,
    text,
    web_url,
)
from .order_lines import Line, parse_line
from .words import _lt

SENT_INSTEAD = {"exchange", "replacement"}
MOST_RETURNS = 100  # of one order


@dataclass(frozen=True)
class Invoice:
    """The invoice the site itself issued."""

    prefix: str
    number: str
    url: str
    date: datetime.datetime | None
    cancelled: bool


@dataclass(frozen=True)
class Order:
    id: str
    sys_id: str | None
    parent_id: str | None  # of the order this one was split from
    return_source_id: str | None  # of the order this one returns goods of
    return_ids: tuple[str, ...]  # of the returns made from this one
    payment_status: str  # temporary, awaiting, paid, failed, cancelled, refunded, rejected
    payment_method_code: str
    payment_method_name: str
    transaction: str  # "" until a payment service gave one
    paid_amount: Decimal
    payment_date: datetime.datetime | None
    shipping_status: str  # awaiting, confirmed, in_process, shipped, delivered, ...
    shipping_method_id: str | None
    shipping_method_name: str
    shipping_gross: Decimal
    shipping_tax_percent: Decimal | None
    shipping_tax_amount: Decimal
    cod_amount: Decimal  # what the courier is to collect
    subtotal_gross: Decimal
    subtotal_net: Decimal
    tax_amount: Decimal  # of the lines, without the shipping
    wallet: Decimal  # store credit used, never negative
    total: Decimal  # what the buyer owes, VAT and shipping in it
    currency: str  # ISO code, "" if not told
    customer_id: str | None  # None for a guest
    email: str
    language: str  # as in "ro_RO"
    note: str
    device: str
    channel: str  # marketplace it was sold on
    channel_ref: str  # its number there
    tags: tuple[str, ...]
    awb: str
    invoice: Invoice | None
    created: datetime.datetime
    modified: datetime.datetime | None
    billing: Address
    shipping: Address
    lines: tuple[Line, ...]


def parse_order(record, company_keys=COMPANY_KEYS):
    """An order from its JSON object; raises ParseError, for this order alone.

    `company_keys`: the names tried for a company's data, see `buyers.COMPANY_KEYS`."""
    record = mapping(record, "order")
    billing, shipping = parse_addresses(record, company_keys)
    return Order(
        **_identity(record),
        **_payment(record),
        **_delivery(record),
        **_amounts(record),
        **_customer(record),
        billing=billing,
        shipping=shipping,
        lines=_lines(record),
    )


def status(record, key):
    """A status word; both spellings of cancelled were seen."""
    value = code(record, key).lower()
    return "cancelled" if value == "canceled" else value


def named_returns(record):
    """Numbers of the orders that an order's JSON object names as returns of its goods. What went
    out instead of them is no return."""
    named = rows(record.get("rma_orders"))
    returns = [row for row in named if code(row, "type").lower() not in SENT_INSTEAD]
    numbers = (reference(row, "id") for row in returns[:MOST_RETURNS])
    return tuple(filter(None, numbers))


def _identity(record):
    created = moment(record, "date_created")
    if created is None:
        raise missing("date_created")
    return {
        "id": identifier(record),
        "sys_id": reference(record, "sys_id"),
        "parent_id": reference(record, "parent_id"),
        "return_source_id": reference(record, "return_source_id"),
        "return_ids": named_returns(record),
        "channel": text(record, "channel_name"),
        "channel_ref": text(record, "channel_ref_id"),
        "tags": _tags(record.get("tags")),
        "created": created,
        "modified": moment(record, "date_modified"),
    }


def _payment(record):
    return {
        "payment_status": status(record, "payment_status"),
        "payment_method_code": code(record, "payment_method_code"),
        "payment_method_name": text(record, "payment_method_name", "payment_method_code"),
        "transaction": text(record, "payment_transaction_id"),
        "paid_amount": decimal(record, "paid_amount"),
        "payment_date": moment(record, "payment_date"),
        "invoice": parse_invoice(record),
    }


def _delivery(record):
    return {
        "shipping_status": status(record, "shipping_status"),
        "shipping_method_id": reference(record, "shipping_method_id"),
        "shipping_method_name": text(record, "shipping_method_name"),
        "shipping_gross": decimal(record, "shipping_amount"),
        "shipping_tax_percent": decimal(record, "shipping_tax_percent", None),
        "shipping_tax_amount": decimal(record, "shipping_tax_amount"),
        "cod_amount": decimal(record, "shipping_cod_amount"),
        "awb": text(record, "shipping_awb"),
    }


def _amounts(record):
    total = decimal(record, "total_amount", None)
    if total is None:
        raise missing("total_amount")
    return {
        "subtotal_gross": decimal(record, "subtotal_including_tax"),
        "subtotal_net": decimal(record, "subtotal_excluding_tax"),
        "tax_amount": decimal(record, "tax_amount"),
        # Seen with either sign.
        "wallet": abs(decimal(record, "wallet_amount")),
        "total": total,
        "currency": code(record, "currency").upper(),
    }


def _customer(record):
    return {
        "customer_id": reference(record, "customer_id"),
        "email": text(record, "customer_email").lower(),
        "language": code(record, "customer_lang"),
        "note": text(record, "customer_note", longest=20_000),
        "device": text(record, "customer_device"),
    }


def _lines(record):
    items = record.get("line_items")
    if isinstance(items, dict):
        items = list(items.values())
    if not isinstance(items, list):
        raise ParseError(
            _lt(
                "“%(key)s” must be a list, found %(seen)s: the order came without its lines",
                key="line_items",
                seen=seen(items),
            ),
            "line_items",
        )
    lines = []
    for number, item in enumerate(items, 1):
        try:
            lines.append(parse_line(item))
        except ParseError as error:
            problem = _lt("line %(number)s: %(problem)s", number=number, problem=error.args[0])
            raise ParseError(problem, error.key) from None
    return tuple(lines)


def _tags(tags):
    """Names of the tags, which come as objects or as plain words."""
    if not isinstance(tags, list):
        return ()
    named = [tag if isinstance(tag, dict) else {"name": tag} for tag in tags]
    return tuple(filter(None, (text(tag, "name") for tag in named)))


def parse_invoice(record):
    """The Invoice that the site issued for an order's JSON object; None if it did not, or if
    nobody can read which one. Never a reason to refuse the order."""
    invoice = record.get("invoice")
    if not isinstance(invoice, dict) or not code(invoice, "number"):
        return None
    try:
        date = moment(invoice, "date")
    except ParseError:
        date = None
    return Invoice(
        prefix=code(invoice, "prefix"),
        number=code(invoice, "number"),
        url=web_url(invoice, "url"),
        date=date,
        cancelled=flag(invoice, "cancelled"),
    )
