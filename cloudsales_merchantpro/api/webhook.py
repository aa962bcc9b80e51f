"""Signed notices from the shop. They are hints: only the record's id is taken from them.

Source: the platform's own demo app (X-Webhook-Signature is base64 of the
HMAC-SHA256 of the exact bytes of the body). What surrounds the id is not documented.
"""

import base64
import hashlib
import hmac
import re

from .errors import ParseError
from .fields import code, rows

HEADER = "X-Webhook-Signature"
ENVELOPES = ("data", "order", "resource", "payload", "object")
NUMBERS = ("id", "order_id", "resource_id")
NUMBER = re.compile(r"[\w.-]{1,64}", re.ASCII)
MOST = 100  # numbers of one notice; more are not one shop's news


def signature(body, secret):
    """The header's value for `body` (bytes)."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def verify(body, secret, header):
    """Whether `header` signs `body`; takes the same time for every wrong value."""
    if not secret or not header:
        return False
    return hmac.compare_digest(signature(body, secret).encode(), header.strip().encode())


def order_numbers(notice):
    """The order numbers that a notice (parsed JSON) names, at most `MOST`; [] if it has none, or
    is in a shape we do not know."""
    if _of_products(notice):
        return []
    numbers = [_number(record) for record in _records(notice)]
    return list(dict.fromkeys(filter(None, numbers)))[:MOST]


def _of_products(notice):
    topic = _word(notice, "topic") or _word(notice, "event")
    return topic.startswith("product")


def _records(notice):
    """What the envelope holds; an envelope's own id is the notice's, not an order's."""
    if isinstance(notice, list):
        return rows(notice)
    if not isinstance(notice, dict):
        return []
    for key in ENVELOPES:
        value = notice.get(key)
        found = rows(value) if isinstance(value, list) else rows([value])
        if any(_number(record) for record in found):
            return found
    return [notice]


def _number(record):
    for key in NUMBERS:
        value = _word(record, key)
        if NUMBER.fullmatch(value):
            return value
    return ""


def _word(record, key):
    try:
        return code(record, key) if isinstance(record, dict) else ""
    except ParseError:
        return ""  # absurdly long: no number and no topic
