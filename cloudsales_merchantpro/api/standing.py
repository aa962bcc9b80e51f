"""How far an order is on the site, as far as what we tell it is concerned.

The site has no single order state; `shipping_status` is what the actions on an order move."""

from dataclasses import dataclass

from .errors import ParseError
from .fields import text
from .orders import status

# What says as much as the key, or more.
AS_GOOD = {
    "cancelled": {"cancelled"},
    "in_process": {"in_process", "shipped", "delivered", "returned"},
    "shipped": {"shipped", "delivered", "returned"},
    "delivered": {"delivered", "returned"},
}


@dataclass(frozen=True)
class Standing:
    """ "" where the site does not say, or in a way that cannot be read."""

    shipping_status: str = ""
    awb: str = ""

    def knows(self, kind, value=""):
        """Whether the site need not be told `kind`: cancelled, in_process, shipped,
        delivered, or the `awb` number `value`."""
        if kind == "awb":
            return self.awb == value
        return self.shipping_status in AS_GOOD[kind]

    def contradicts(self, kind):
        """Whether telling `kind` would bring back an order that the site has as cancelled."""
        return self.shipping_status == "cancelled" and kind in (
            "in_process",
            "shipped",
            "delivered",
        )


def parse_standing(record):
    """The Standing of an order's JSON object."""
    record = record if isinstance(record, dict) else {}

    def tolerant(read, key):
        try:
            return read(record, key)
        except ParseError:
            return ""

    return Standing(tolerant(status, "shipping_status"), tolerant(text, "shipping_awb"))
