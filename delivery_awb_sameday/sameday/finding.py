"""Which waybill bears our reference. Sameday has no search for that, so it is looked for
among those that were issued at the time: by number, by weight and amount, then on the label."""

import re

from .status import parcels, record

PARCEL_DIGITS = 3  # a parcel's number is its waybill's and these


def issued_numbers(rows):
    """Numbers of the waybills of rows about parcels, newest first, each once."""
    numbers = (str(row.get("parcelAwbNumber") or "")[:-PARCEL_DIGITS] for row in rows)
    return list(dict.fromkeys(filter(None, numbers)))


def may_be(answer, weight, collected):
    """Whether a waybill's status answer agrees with weight and amount to collect."""
    summary = record(answer).get("expeditionSummary")
    if not isinstance(summary, dict) or summary.get("canceled") is True:
        return False
    told = (summary.get("awbWeight"), summary.get("cashOnDelivery"))
    return all(
        not isinstance(value, int | float) or abs(value - ours) < 0.01
        for value, ours in zip(told, (weight, collected), strict=True)
    )


def shows(text, reference):
    """Whether the text of a label has the reference in it, and not as a part of a longer one."""
    wanted = r"\s*".join(map(re.escape, "".join(reference.split())))
    return bool(re.search(rf"(?<![A-Za-z0-9]){wanted}(?![A-Za-z0-9])", text))


def parcels_of(answer):
    """The numbers of the parcels in a status answer, in their order."""
    numbers = {str(row.get("parcelAwbNumber") or "") for row in parcels(answer)}
    return sorted(filter(None, numbers))
