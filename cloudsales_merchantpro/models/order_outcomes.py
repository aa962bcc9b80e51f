"""What becomes of an order that is not imported now, as exceptions that carry the words for it."""


class OrderHeld(Exception):
    """A person has to decide or add something first; the text says what.

    `kind`: a value of `merchantpro.order.held_for`. `missing`: marks of what the order waits for,
    see `merchantpro_order_missing`. `amounts`: of a total that differs, {row number of the site's
    order: amount here}."""

    def __init__(self, reason, missing=(), kind="site", amounts=None):
        super().__init__(reason)
        self.missing = list(missing)
        self.kind = kind
        self.amounts = amounts or {}


class OrdersHeld(Exception):
    """Some orders of a batch are held: `reasons` is {order: OrderHeld}. The others go on together,
    in another turn."""

    def __init__(self, reasons):
        super().__init__()
        self.reasons = reasons


class OrderWaits(Exception):
    """The order is not ripe: the site will change it. The text says what for."""


class OrderIgnored(Exception):
    """There is nothing to import; the text says why, and `because` in a word (see
    `ignored_because`)."""

    def __init__(self, reason, because="state"):
        super().__init__(reason)
        self.because = because
