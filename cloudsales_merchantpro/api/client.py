"""The HTTP client of a MerchantPro shop.

It waits for the call budget, repeats what a repeat may cure and nothing else,
and turns every failure into one of the types in `errors`. A 401 is never
repeated (the site locks the key out), a redirect never followed (it would carry
the credentials to another host), and an answer never read past `max_body`.
"""

import base64
import datetime
import email.utils
import json
import random
import time
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import requests

from . import errors
from .address import normalise_url
from .fields import rows
from .limits import Priority
from .words import _lt

BUSY = "Operation could not be completed"  # the site's words for a failure that passes
PAGE = 100  # the most rows the site gives at once
LONGEST_WAIT = 900.0  # seconds that a 429 may keep us from calling


@dataclass(frozen=True)
class Call:
    """One attempt, for the call log. No headers and no bodies: they hold secrets and people."""

    method: str
    path: str
    query: str
    status: int | None
    seconds: float
    error: str


@dataclass(frozen=True)
class Page:
    """Rows of a list. `next_start` is None on the last page; `total` None if not told."""

    rows: list
    start: int
    total: int | None
    next_start: int | None


class _Session(requests.Session):
    def get_redirect_target(self, resp):
        """None. Else requests prepares the next call even where redirects are not followed: it
        reads the body however large, and stumbles over a broken Location."""
        return None


class Client:
    """A shop's API. `limiter` hands out the calls; `on_call` hears of each attempt."""

    def __init__(
        self,
        base_url,
        key,
        secret,
        *,
        limiter=None,
        on_call=None,
        timeout=(5, 30),
        max_body=20 * 1024 * 1024,
        max_tries=4,
        max_wait=70.0,
        sleep=time.sleep,
    ):
        self.base_url = normalise_url(base_url)
        self._session = _Session()
        self._session.auth = (key.encode(), secret.encode())
        self._session.trust_env = False  # no proxy and no .netrc of the environment
        self._session.headers.update(
            {
                "Accept": "application/json",
                "Content-Type": "application/json",
                "User-Agent": "cloudsales-merchantpro/19.0",
            }
        )
        self._limiter = limiter
        self._on_call = on_call or (lambda call: None)
        self._timeout = timeout
        self._max_body = max_body
        self._max_tries = max_tries
        self._max_wait = max_wait
        self._sleep = sleep

    def __repr__(self):
        return f"<Client {self.base_url}>"

    # What the addon asks of a shop

    def test(self):
        """One cheap call that shows address, key and permission are right."""
        self.get("/categories", {"limit": 1})

    def categories(self):
        """All raw categories."""
        pages = self.pages("/categories", {}, priority=Priority.CATALOG)
        return [row for page in pages for row in page.rows]

    def product_page(self, start):
        """The Page of raw products that starts at row `start`, variants included."""
        params = {"include": "variants,images", "sort": "date_created.asc"}
        return self.page("/products", params, start, Priority.CATALOG)

    def order_page(self, start, created_after=None):
        """The Page of raw orders from row `start`, newest first, lines included.

        `created_after` is a date; the site's filter knows no hours."""
        params = {"include": "line_items,tags", "sort": "date_created.desc"}
        if created_after:
            params["created_after"] = created_after.isoformat()
        return self.page("/orders", params, start, Priority.ORDERS)

    def orders_by_ids(self, ids):
        """Raw orders by their full numbers."""
        params = {"include": "line_items,tags", "ids": ",".join(ids)}
        return [row for page in self.pages("/orders", params, Priority.ORDERS) for row in page.rows]

    def order(self, number):
        """One raw order by its full number; NotFound where the site does not have it."""
        params = {"include": "line_items,tags"}
        return self._call(
            "GET", _order_path(number), params, None, Priority.ORDERS, True, _check_object
        )

    def act_on_order(self, number, action):
        """Move an order on (shipped, delivered, cancelled ...). The site may write to the buyer
        each time, so it is never repeated: OutcomeUnknown when no usable answer came."""
        path = f"{_order_path(number)}/{action}"
        return self._call("PATCH", path, None, None, Priority.ORDERS, repeatable=False)

    def patch_order(self, number, values):
        """Set fields of an order; never repeated, as `act_on_order`."""
        path = _order_path(number)
        return self._call("PATCH", path, None, values, Priority.ORDERS, repeatable=False)

    def patch_inventory(self, external_id, values, priority=Priority.STOCK):
        """Set stock (absolute) or prices of a product or variant."""
        path = f"/inventory/id/{quote(external_id, safe='')}"
        return self.patch(path, values, priority)

    # Lists

    def page(self, path, params, start, priority=Priority.CATALOG):
        """One Page of a list."""
        params = {**params, "start": start, "limit": PAGE}
        answer = self._call("GET", path, params, None, priority, True, _check_list)
        found = rows(answer["data"])
        meta = answer.get("meta") if isinstance(answer.get("meta"), dict) else {}
        count = meta.get("count") if isinstance(meta.get("count"), dict) else {}
        total = count.get("total") if isinstance(count.get("total"), int) else None
        return Page(found, start, total, _next_start(meta, start, len(answer["data"]), total))

    def pages(self, path, params, priority=Priority.CATALOG, start=0):
        """Iterate over the Pages of a list; a row is given once, even when a record added
        meanwhile pushed it onto the next page."""
        seen = set()
        while start is not None:
            page = self.page(path, params, start, priority)
            fresh = [row for row in page.rows if str(row.get("id")) not in seen]
            seen.update(str(row.get("id")) for row in fresh)
            yield Page(fresh, page.start, page.total, page.next_start)
            start = page.next_start

    # Calls

    def get(self, path, params=None, priority=Priority.CATALOG):
        """Parsed JSON of a GET below /api/v2; repeated while that may help."""
        return self._call("GET", path, params, None, priority, repeatable=True)

    def patch(self, path, values, priority):
        """Parsed JSON of a PATCH of absolute values: repeating it does no harm."""
        return self._call("PATCH", path, None, values, priority, repeatable=True)

    def post(self, path, values, priority=Priority.ORDERS):
        """Parsed JSON of a POST. Never repeated: OutcomeUnknown when no answer came."""
        return self._call("POST", path, None, values, priority, repeatable=False)

    def _call(self, method, path, params, body, priority, repeatable, check=None):
        for attempt in range(1, self._max_tries + 1):
            if self._limiter:
                self._limiter.acquire(priority, self._max_wait)
            try:
                return self._attempt(method, path, params, body, check)
            except errors.RateLimited as error:
                if self._limiter:
                    self._limiter.close(error.wait)
                if error.wait > self._max_wait or attempt == self._max_tries:
                    raise
                self._sleep(error.wait)
            except errors.TransientError as error:
                if not repeatable and getattr(error, "sent", True):
                    raise errors.OutcomeUnknown(
                        _lt(
                            "No usable answer came to %(method)s %(path)s, so whether the shop"
                            " did it is not known. %(problem)s",
                            method=method,
                            path=path,
                            problem=error.args[0],
                        ),
                        error.status,
                    ) from None
                if attempt == self._max_tries or not error.again:
                    raise
                self._sleep(2 ** (attempt - 1) * random.uniform(0.5, 1.0))
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _attempt(self, method, path, params, body, check):
        started = time.monotonic()
        status, failure = None, ""
        try:
            status, headers, content = self._send(method, path, params, body)
            if status >= 400:
                content = self._masked(content)
            answer = _read(status, headers, content, path)
            if check:
                check(answer, path)
            return answer
        except errors.MerchantProError as error:
            status, failure = error.status or status, error.args[0]
            raise
        finally:
            seconds = time.monotonic() - started
            query = urlencode(params or {})
            self._on_call(Call(method, path, query, status, seconds, failure))

    def _send(self, method, path, params, body):
        try:
            with self._session.request(
                method,
                f"{self.base_url}/api/v2{path}",
                params=params,
                data=None if body is None else json.dumps(body),
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
            ) as response:
                return response.status_code, response.headers, self._content(response)
        except requests.ConnectTimeout:
            raise errors.ShopUnreachable(
                _lt("The shop could not be reached."), sent=False
            ) from None
        except requests.Timeout:
            raise errors.ShopUnreachable(_lt("The shop did not answer in time.")) from None
        except requests.RequestException as error:
            # The text of requests' own errors may quote the address only, never the auth.
            raise errors.ShopUnreachable(
                _lt(
                    "No connection to %(address)s (%(kind)s).",
                    address=self.base_url,
                    kind=type(error).__name__,
                )
            ) from None

    def _content(self, response):
        # Counted after decompression, so that a small packed answer cannot fill the memory.
        content = bytearray()
        for chunk in response.iter_content(64 * 1024):
            content += chunk
            if len(content) > self._max_body:
                raise errors.BadAnswer(
                    _lt("The shop's answer is larger than %(most)s bytes.", most=self._max_body),
                    response.status_code,
                )
        return bytes(content)

    def _masked(self, content):
        """An error's body without the credentials: some proxies quote the call they refuse."""
        key, secret = self._session.auth
        for word in (base64.b64encode(key + b":" + secret), secret, key):
            if len(word) > 11:  # shorter ones are a test's, and may be plain words
                content = content.replace(word, b"***")
        return content


def _order_path(number):
    # The dot of a split order stays; whatever would be another path does not.
    return f"/orders/{quote(number, safe='')}"


def _check_object(answer, path):
    if not isinstance(answer, dict):
        raise errors.BadAnswer(_lt("The shop answered %(path)s without a record.", path=path))


def _check_list(answer, path):
    if not isinstance(answer, dict) or not isinstance(answer.get("data"), list):
        raise errors.BadAnswer(_lt("The shop answered %(path)s without a list of rows.", path=path))


def _next_start(meta, start, received, total):
    """Where the next page starts. Only the offset is taken from the site's link, never the
    host, and only if it moves forward: no answer may keep us in a loop."""
    if not received:
        return None
    links = meta.get("links") if isinstance(meta.get("links"), dict) else {}
    if "next" in links:
        offset = _offset(links["next"])
        return offset if offset is not None and offset > start else None
    following = start + received
    if total is None:
        return following if received >= PAGE else None
    return following if following < total else None


def _offset(link):
    """The `start` of a link to a page, or None."""
    try:
        return int(parse_qs(urlsplit(link).query)["start"][0])
    except (KeyError, ValueError, TypeError, AttributeError):
        return None


def _read(status, headers, content, path):
    if 300 <= status < 400:
        raise _wrong_address(status, headers.get("Location", ""))
    if status >= 400:
        raise _failure(status, headers, content, path)
    if status == 204 or not content:
        return None
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise errors.BadAnswer(
            _lt("The shop's answer is cut off or is not JSON."), status
        ) from None


def _wrong_address(status, location):
    location = f"https:{location}" if location.startswith("//") else location
    try:
        suggestion = normalise_url(location) if "://" in location else None
    except ValueError:
        suggestion = None
    if suggestion:
        words = _lt(
            "Wrong shop address: it redirects elsewhere. Please try %(suggestion)s.",
            suggestion=suggestion,
        )
    else:
        words = _lt(
            "Wrong shop address: it redirects elsewhere. Please use the shop's own domain,"
            " with https."
        )
    return errors.WrongAddress(words, status, suggestion=suggestion)


def _failure(status, headers, content, path):
    name, message, details = _site_words(content)

    def failure(kind, words, *more):
        if message:
            words = _lt("%(problem)s The shop said: “%(said)s”", problem=words, said=message)
        return kind(words, status, message, *more)

    if status == 401:
        words = _lt(
            "The shop does not accept the API key and secret. Copy both again from the shop's"
            " panel (API users); do not try often, the site locks the key."
        )
        return failure(errors.Unauthorized, words)
    if status == 403:
        words = _lt(
            "The shop refuses this API key: it is locked after wrong attempts, or its user lacks"
            " a permission. Look in the shop's panel, then test the connection again."
        )
        return failure(errors.Forbidden, words)
    if status == 404:
        return failure(errors.NotFound, _lt("The shop does not know %(path)s.", path=path))
    if status == 429:
        wait = _reset_wait(headers, details)
        words = _lt("The shop asks to wait %(seconds)s s.", seconds=round(wait))
        return failure(errors.RateLimited, words, wait)
    if status >= 500 or message == BUSY:
        words = _lt("The shop failed for the moment (%(status)s).", status=status)
        return failure(errors.TransientError, words)
    words = _lt("The shop refused the request (%(status)s).", status=status)
    return failure(errors.BadRequest, words, name, details)


def _site_words(content):
    """(name, message, details) of an error body, whose shape is not always the same."""
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        body = None
    body = body if isinstance(body, dict) else {}
    error = body.get("error", body.get("errors"))
    if not isinstance(error, dict):
        error = {"message": error or body.get("message")}
    message = error.get("message")
    if isinstance(message, list):
        message = ", ".join(str(part) for part in message)
    details = error.get("details")
    return error.get("name"), str(message or "")[:500], details if isinstance(details, dict) else {}


def _reset_wait(headers, details):
    """Seconds to wait: the body's `reset_time` (an absolute time, number or ISO), else the
    Retry-After header (seconds or date), else a minute. Never long: a wrong one would keep
    everybody who shares the key from calling, so after a while we ask again."""
    now = time.time()
    until = _reset_moment(details.get("reset_time"), now)
    if until is None:
        until = _retry_after(headers.get("Retry-After", ""), now)
    if until is None:
        until = now + 60
    # Clocks differ: a time already past still means "not now".
    return min(max(until - now, 1.0) if until > now else 5.0, LONGEST_WAIT)


def _reset_moment(reset, now):
    """Seconds since 1970, or None if it cannot be understood in one way only."""
    try:
        if isinstance(reset, int | float) or str(reset or "").replace(".", "", 1).isdigit():
            until = float(reset)
            # No budget lasts longer than a day, so this counts milliseconds.
            return until / 1000 if until > now + 86400 else until
        moment = datetime.datetime.fromisoformat(str(reset))
        # Without an offset it may be UTC or the shop's own time, hours apart.
        return moment.timestamp() if moment.tzinfo else None
    except (ValueError, TypeError, OverflowError):
        return None


def _retry_after(after, now):
    """Seconds since 1970 of a Retry-After header, or None."""
    try:
        if after.isdigit():
            return now + int(after)
        return email.utils.parsedate_to_datetime(after).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
