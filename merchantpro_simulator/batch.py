"""POST /batch: up to 20 requests in one call. That it exists and takes 20 is known; the bodies of
request and answer are a guess (nobody has published them):

{"requests": [{"method": "PATCH", "url": "/api/v2/inventory/id/1", "body": {...}}]}
-> [{"status": 200, "body": {...}}], in the same order."""

from urllib.parse import parse_qsl, unquote, urlsplit

from .errors import ApiError

MOST = 20


def requests_of(values):
    """The requests of a batch. Raises the 400 of a body that is none."""
    requests = values.get("requests")
    if not isinstance(requests, list) or not requests:
        raise ApiError(400, "validation", "`requests` must be a list")
    if len(requests) > MOST:
        raise ApiError(400, "validation", f"A batch has at most {MOST} requests")
    for each in requests:
        if not isinstance(each, dict) or not str(each.get("url", "")).startswith("/api/v2/"):
            raise ApiError(400, "validation", "Each request has a `method` and a `url`")
    return requests


def parsed(request):
    """(method, path below /api/v2, its decoded parts, query, body) of one request."""
    address = urlsplit(request["url"])
    path = address.path.removeprefix("/api/v2")
    parts = [unquote(part) for part in path.strip("/").split("/")]
    return request.get("method"), path, parts, dict(parse_qsl(address.query)), request.get("body")
