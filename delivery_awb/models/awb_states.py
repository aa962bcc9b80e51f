"""From which state a waybill may come into which: the one table that says so.

Before a number exists:   draft → sending → issued, or error (the courier said no), or uncertain
(nobody knows whether it was made), which is looked up and becomes issued or draft again.
Afterwards only forward, as the courier tells. Nothing leaves delivered, returned, cancelled.
"""

SELECTION = [
    ("draft", "Draft"),
    ("sending", "Sending"),
    ("uncertain", "Uncertain"),
    ("issued", "Issued"),
    ("picked_up", "Picked Up"),
    ("in_transit", "In Transit"),
    ("at_point", "At Point"),
    ("delivered", "Delivered"),
    ("refused", "Refused"),
    ("returning", "Returning"),
    ("returned", "Returned"),
    ("cancelled", "Cancelled"),
    ("error", "Error"),
]

_ENDS = {"delivered", "refused", "returning", "returned"}

CHANGES = {
    "draft": {"sending", "issued", "error", "cancelled"},
    "sending": {"issued", "uncertain", "error", "draft"},
    "uncertain": {"issued", "error", "draft"},
    "error": {"draft", "issued", "cancelled"},
    "issued": {"picked_up", "in_transit", "at_point", "cancelled", *_ENDS},
    "picked_up": {"in_transit", "at_point", *_ENDS},
    "in_transit": {"at_point", *_ENDS},
    "at_point": _ENDS,
    # A buyer who refused may change his mind; what already goes back is not delivered any more.
    "refused": {"delivered", "returning", "returned"},
    "returning": {"returned"},
    "delivered": set(),
    "returned": set(),
    "cancelled": set(),
}

# No number yet: nothing to print or to follow.
UNMADE = ("draft", "sending", "uncertain", "error")
# Of these nobody may make a second one of the same transfer without looking.
UNSURE = ("sending", "uncertain")
UNDER_WAY = ("picked_up", "in_transit", "at_point")
# The courier has, or may get, something to tell.
FOLLOWED = ("issued", "picked_up", "in_transit", "at_point", "refused", "returning")


def may_become(before, after):
    return after in CHANGES[before]
