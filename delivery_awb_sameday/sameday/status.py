"""What an answer about a waybill means.

The summary decides: it says delivered and cancelled, and its parcels say whether they go back. Of
the last event only places on the way are read; there is no published list of events."""

import datetime

from .places import fold

# Numbers as text: they come as either, and what is no number at all is then in no set.
PICKED_UP = {"4", "23"}
# What is said of a parcel that lies in a locker or with a shop and waits for its buyer.
AT_POINT, AT_POINT_WORDS = {"78"}, ("easybox", "locker", "pudo")
ARRIVED_WORDS = ("incarcat", "depus", "asteapta", "disponibil")
ISSUED = {"1"}


def read(answer):
    """(state, words, naive UTC time or None) of a status answer; the state is None when the
    answer says nothing."""
    answer = record(answer)
    summary, last = record(answer.get("expeditionSummary")), record(answer.get("expeditionStatus"))
    back = any(each.get("inReturn") is True for each in parcels(answer))
    words = _words(last)
    if summary.get("canceled") is True:
        state = "cancelled"
    elif summary.get("delivered") is True:
        state = "returned" if back else "delivered"
    elif back:
        refused = "refuz" in fold(f"{words} {last.get('reason') or ''}")
        state = "refused" if refused else "returning"
    else:
        state = _on_the_way(last, words)
    told = summary.get("deliveredAt") if state == "delivered" else None
    return state, words, moment(told or last.get("statusDate"))


def _on_the_way(last, words):
    number, plain = str(last.get("statusId")), fold(words)
    if not last:
        return None
    if number in ISSUED:
        return "issued"
    if number in PICKED_UP:
        return "picked_up"
    at_point = any(each in plain for each in AT_POINT_WORDS)
    if number in AT_POINT or at_point and any(each in plain for each in ARRIVED_WORDS):
        return "at_point"
    return "in_transit"


def _words(last):
    words = str(last.get("statusLabel") or last.get("status") or "")
    reason = str(last.get("reason") or "")
    return f"{words}: {reason}" if reason else words


def record(value):
    return value if isinstance(value, dict) else {}


def parcels(answer):
    """What a status answer says of each parcel."""
    rows = record(answer).get("parcelsStatus")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def moment(text):
    """Naive UTC of a time with its zone; None when it cannot be read."""
    try:
        at = datetime.datetime.fromisoformat(text)
        at = at.astimezone(datetime.UTC) if at.tzinfo else None
    except (TypeError, ValueError, OverflowError):
        return None
    return at and at.replace(tzinfo=None, microsecond=0)
