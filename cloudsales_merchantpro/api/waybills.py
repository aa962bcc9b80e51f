"""What the site says of the parcel of an order: a waybill made there, and the locker or point the
buyer chose. Of neither does the platform publish a list of keys, so they are read tolerantly, and
what cannot be read counts as not said."""

import re
from dataclasses import dataclass

from .errors import ParseError
from .fields import code, rows, text, web_url

NUMBERS = ("awb", "number", "tracking_number", "awb_number")
PLACE = re.compile(r"locker|easybox|pudo|fanbox|pickup_?point|lastmile", re.IGNORECASE)
CODES = ("id", "code", "locker_id", "lockerId", "oohId", "value")
WHERE = ("shipping_delivery_info", "meta_fields", "shipping")
NOT_A_CODE = re.compile(r"name|address|city|county|label|title|url|schedule", re.IGNORECASE)
LONGEST = 40


@dataclass(frozen=True)
class SiteWaybill:
    number: str  # "" while there is none
    url: str


def site_waybill(record):
    """The SiteWaybill of an order's JSON object."""
    record = record if isinstance(record, dict) else {}
    tracking = next(iter(rows(record.get("carrier_tracking"))), None)
    tracking = tracking if isinstance(tracking, dict) else {}
    try:
        number = text(record, "shipping_awb") or text(tracking, *NUMBERS)
        return SiteWaybill(number, web_url(tracking, "url", "tracking_url"))
    except ParseError:
        return SiteWaybill("", "")


def locker(record):
    """The code of the locker or point that the buyer chose; "" when the order names none."""
    if not isinstance(record, dict):
        return ""
    for below in (record, *(record.get(key) for key in WHERE)):
        for key, value in below.items() if isinstance(below, dict) else ():
            if PLACE.search(str(key)) and not NOT_A_CODE.search(str(key)):
                found = _code(value)
                if found:
                    return found
    return ""


def _code(value):
    if isinstance(value, dict):
        return next(filter(None, (code(value, key) for key in CODES)), "")
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    plain = str(value).strip()
    return plain if plain not in ("", "0") and len(plain) <= LONGEST else ""
