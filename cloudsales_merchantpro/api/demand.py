"""What an order asks of the stock, also when the order itself cannot be understood."""

import contextlib
from decimal import Decimal

from .errors import ParseError
from .fields import code, decimal, reference, rows
from .order_lines import GOODS


def demand(record):
    """{id of the product or variant: quantity} of an order's JSON object.

    Nothing is raised: a line that cannot be read asks for nothing here, and is told by
    `parse_order`."""
    wanted = {}
    for row in rows(record.get("line_items")) if isinstance(record, dict) else ():
        with contextlib.suppress(ParseError):
            external_id, quantity = _line(row)
            if external_id and quantity > 0:
                wanted[external_id] = wanted.get(external_id, Decimal(0)) + quantity
    return wanted


def _line(row):
    if (code(row, "item_type").lower() or "product") not in GOODS:
        return None, Decimal(0)
    return reference(row, "product_id"), decimal(row, "quantity")
