"""Signed notices from the shop. They are hints: only the record's id is taken from them.

Source: the platform's own demo app (X-Webhook-Signature is base64 of the
HMAC-SHA256 of the exact bytes of the body).
"""

import base64
import hashlib
import hmac

HEADER = "X-Webhook-Signature"


def signature(body, secret):
    """The header's value for `body` (bytes)."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def verify(body, secret, header):
    """Whether `header` signs `body`; takes the same time for every wrong value."""
    if not secret or not header:
        return False
    return hmac.compare_digest(signature(body, secret).encode(), header.strip().encode())


def record_id(payload):
    """The id in a notice, as text, from the places where it was seen or may be; or None."""
    if not isinstance(payload, dict):
        return None
    inner = [payload.get(key) for key in ("data", "order")]
    for record in [payload, *(each for each in inner if isinstance(each, dict))]:
        for key in ("id", "resource_id"):
            if isinstance(record.get(key), str | int) and not isinstance(record[key], bool):
                return str(record[key])
    return None
