"""Several requests in one: `POST /batch`, of at most 20.

Only its existence and that number are known; what request and answer look like is a guess, so
all that depends on it is in this file, and a shop uses it only where somebody switched it on. An
answer that cannot be understood raises BatchNotUnderstood: what was done of it is unknown, and
since values are absolute the caller may simply send them again one by one.
"""

from urllib.parse import quote

from . import errors
from .words import _lt

MOST = 20
PATH = "/batch"


def inventory_path(external_id):
    """Where stock and prices of a product or variant are set."""
    return f"/inventory/id/{quote(external_id, safe='')}"


def request_body(requests):
    """The body for (method, path below /api/v2, values) of each request."""
    return {
        "requests": [
            {"method": method, "url": f"/api/v2{path}", "body": values}
            for method, path, values in requests
        ]
    }


def parts(answer, requests):
    """(status, body) of each request, in their order."""
    rows = answer.get("responses", answer.get("data")) if isinstance(answer, dict) else answer
    if not isinstance(rows, list) or len(rows) != requests:
        raise not_understood()
    return [_part(row) for row in rows]


def _part(row):
    status = row.get("status", row.get("code")) if isinstance(row, dict) else None
    if isinstance(status, str) and status.isdigit():
        status = int(status)
    if isinstance(status, bool) or not isinstance(status, int) or not 200 <= status <= 599:
        raise not_understood()
    return status, row.get("body")


def not_understood(status=None, said=""):
    """The error for a shop whose batches are not as guessed."""
    words = _lt(
        "The shop's answer to several requests in one could not be understood. Switch batches off"
        " for this shop."
    )
    return errors.BatchNotUnderstood(words, status, said)
