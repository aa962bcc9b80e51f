"""The moments of an order at which its buyer may hear from the shop."""

MOMENTS = [
    ("received", "Received"),
    ("confirmed", "Confirmed"),
    ("paid", "Paid"),
    ("delayed", "Delayed for Stock"),
    ("shipped", "Shipped"),
    ("at_point", "At Locker or Point"),
    ("delivered", "Delivered"),
    ("cancelled", "Cancelled"),
    ("proforma", "Proforma"),
    ("invoice", "Invoice"),
]
# Once for each transfer or each invoice; all others once for an order.
OF_PICKING = {"shipped", "at_point", "delivered"}
OF_MOVE = {"invoice"}
# The buyer asked for them by ordering: they come whatever he thinks of news.
DOCUMENTS = {"proforma", "invoice"}
# {event of a rule: the moment its message is about, unless the rule names a template}
OF_EVENT = {
    "imported": "received",
    "confirmed": "confirmed",
    "paid": "paid",
    "delayed": "delayed",
    "awb": "shipped",
    "shipped": "shipped",
    "at_point": "at_point",
    "delivered": "delivered",
    "cancelled": "cancelled",
    "invoiced": "invoice",
}
