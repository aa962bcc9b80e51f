"""The HTTP client of a MerchantPro shop.

It waits for the call budget, repeats what a repeat may cure and nothing else,
and turns every failure into one of the types in `errors`. A 401 is never
repeated (the site locks the key out), a redirect never followed (it would carry
the credentials to another host), and an answer never read past `max_body`.
"""

import base64
import contextlib
import json
import random
import time
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import requests

from . import answers, batch, errors
from .address import normalise_url
from .fields import rows
from .limits import Priority
from .words import _lt

PAGE = 100  # the most rows the site gives at once
# What a list of orders leaves out by itself.
SURE_PARTS, ORDER_PARTS = "line_items,tags", "line_items,tags,rma_orders"


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
    """A shop's API. `limiter` hands out the calls; `on_call` hears of each attempt;
    `batch_as_one` says that a batch costs one call, not one for each of its requests."""

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
        batch_as_one=False,
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
        self._batch_as_one = batch_as_one
        self._refuses_returns = False
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
        params = {"include": ORDER_PARTS, "sort": "date_created.desc"}
        if created_after:
            params["created_after"] = created_after.isoformat()
        return self.page("/orders", params, start, Priority.ORDERS)

    def order_history_page(self, start, created_after):
        """The Page of raw orders from row `start`, oldest first, lines included."""
        params = {
            "include": ORDER_PARTS,
            "sort": "date_created.asc",
            "created_after": created_after.isoformat(),
        }
        return self.page("/orders", params, start, Priority.CATALOG)

    def order_numbers_page(self, start, created_after):
        """The same of nothing but their numbers and dates."""
        params = {
            "fields": "id,date_created",
            "sort": "date_created.asc",
            "created_after": created_after.isoformat(),
        }
        return self.page("/orders", params, start, Priority.CATALOG)

    def orders_by_ids(self, ids):
        """Raw orders by their full numbers."""
        params = {"include": ORDER_PARTS, "ids": ",".join(ids)}
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
        return self.patch(batch.inventory_path(external_id), values, priority)

    @property
    def batch_size(self):
        """How many changes of `patch_inventories` go in one call."""
        if self._batch_as_one or not self._limiter:
            return batch.MOST
        return min(batch.MOST, self._limiter.limits.at_once)

    def patch_inventories(self, changes, priority=Priority.STOCK):
        """Set stock or prices of several products or variants, `batch_size` in a call. `changes`
        are pairs (external id, values). Returns for each, in their order, what the shop answered
        or the error it gave. Raises the error of the first call, among them BatchNotUnderstood
        when its outcome is unknown; that of a later one is the outcome of all that were left."""
        outcomes = []
        while left := changes[len(outcomes) :]:
            try:
                outcomes += self._patch_batch(left[: self.batch_size], priority)
            except errors.MerchantProError as error:
                if not outcomes:
                    raise
                return outcomes + [error] * len(left)
        return outcomes

    def _patch_batch(self, changes, priority):
        paths = [batch.inventory_path(external_id) for external_id, _values in changes]
        requests = [
            ("PATCH", path, values) for path, (_id, values) in zip(paths, changes, strict=True)
        ]
        calls = 1 if self._batch_as_one else len(changes)
        body = batch.request_body(requests)
        try:
            answer = self._call("POST", batch.PATH, None, body, priority, True, calls=calls)
        except (errors.BadRequest, errors.NotFound, errors.BadAnswer) as error:
            raise batch.not_understood(error.status, error.said) from error
        return [
            self._outcome(status, told, path)
            for path, (status, told) in zip(paths, batch.parts(answer, len(changes)), strict=True)
        ]

    def _outcome(self, status, told, path):
        content = json.dumps(told).encode()
        try:
            return answers.read(status, {}, self._masked(content), path)
        except errors.MerchantProError as error:
            return error

    # Lists

    def page(self, path, params, start, priority=Priority.CATALOG):
        """One Page of a list."""
        answer = self._list(path, {**params, "start": start, "limit": PAGE}, priority)
        found = rows(answer["data"])
        meta = answer.get("meta") if isinstance(answer.get("meta"), dict) else {}
        count = meta.get("count") if isinstance(meta.get("count"), dict) else {}
        total = count.get("total") if isinstance(count.get("total"), int) else None
        return Page(found, start, total, _next_start(meta, start, len(answer["data"]), total))

    def _list(self, path, params, priority):
        """The answer of a list. The returns of orders are documented as a part that can be asked
        for, but no shop was seen to give it: one that refuses is asked for the other parts."""
        if params.get("include") == ORDER_PARTS and self._refuses_returns:
            params = {**params, "include": SURE_PARTS}
        try:
            return self._call("GET", path, params, None, priority, True, _check_list)
        except errors.BadRequest:
            if params.get("include") != ORDER_PARTS:
                raise
            self._refuses_returns = True
            return self._list(path, params, priority)

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

    def _call(self, method, path, params, body, priority, repeatable, check=None, calls=1):
        for attempt in range(1, self._max_tries + 1):
            try:
                with self._budget(priority, calls):
                    return self._attempt(method, path, params, body, check)
            except errors.RateLimited as error:
                if error.status is None:  # not even asked
                    raise
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

    @contextlib.contextmanager
    def _budget(self, priority, calls):
        """Wait for the calls' turn, and tell when they were answered."""
        if not self._limiter:
            yield
            return
        numbers = self._limiter.acquire(priority, self._max_wait, calls)
        started = time.monotonic()
        try:
            yield
        finally:
            self._limiter.took(numbers, time.monotonic() - started)

    def _attempt(self, method, path, params, body, check):
        started = time.monotonic()
        status, failure = None, ""
        try:
            status, headers, content = self._send(method, path, params, body)
            if status >= 400:
                content = self._masked(content)
            answer = answers.read(status, headers, content, path)
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
