"""The HTTP client of Sameday.

A token is sent with each call; one that ended is renewed once. Nothing else is repeated: whether a
waybill was made although no answer came is for others to find out. Of a failed call it is told
whether something may have been made there (`Uncertain`) or surely not."""

import contextlib
import datetime
import json

import requests
from urllib3.exceptions import NameResolutionError, NewConnectionError

from .errors import (
    NotFound,
    Refused,
    Unauthorized,
    Unavailable,
    Uncertain,
    in_words,
    messages_of,
)
from .forms import pairs

PER_PAGE = 500
MOST_PAGES = 200
LONGEST_WINDOW = 7200  # seconds that one question about what moved may span
MOST_BYTES = 20 * 1024 * 1024


class Client:
    """`tokens.current()` gives the token to use or "", `tokens.renewed(old, log_in)` one that is
    not `old`, made by `log_in()` unless another process was faster."""

    def __init__(self, base_url, username, password, tokens, timeout=(5, 30)):
        self.base_url = base_url.rstrip("/")
        self._credentials = (username or "", password or "")
        self._tokens, self._timeout = tokens, timeout
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy and no .netrc of the environment
        self._session.headers["User-Agent"] = "cloudsales-delivery-awb/19.0"

    def __repr__(self):
        return f"<Sameday {self.base_url}>"

    # What is asked of the courier

    def services(self):
        return self._list("/api/client/services")

    def pickup_points(self):
        return self._list("/api/client/pickup-points")

    def lockers(self):
        return self._list("/api/client/lockers")

    def points(self):
        """Places other than lockers where parcels are handed out."""
        return self._list("/api/client/ooh-locations")

    def make(self, form):
        """{"awbNumber", "awbCost", "parcels"} of the waybill that was made; raises Uncertain when
        it may have been made."""
        made = self._json(self._call("POST", "/api/awb", form=form, making=True), making=True)
        if not isinstance(made, dict) or not made.get("awbNumber"):
            raise Uncertain("awbNumber")
        return made

    def estimate(self, form):
        """{"amount", "currency", "time"}."""
        return self._json(self._call("POST", "/api/awb/estimate-cost", form=form))

    def label(self, number, size):
        """The PDF's bytes; `size` is A4 or A6."""
        pdf = self._call("GET", f"/api/awb/download/{number}/{size}")
        if not pdf.startswith(b"%PDF"):
            raise Unavailable("PDF")
        return pdf

    def delete(self, number):
        self._call("DELETE", f"/api/awb/{number}")

    def status(self, number):
        return self._json(self._call("GET", f"/api/client/awb/{number}/status"))

    def moved(self, start, end):
        """Rows of what happened to parcels between two times (naive UTC), at most two hours."""
        edges = [int(each.replace(tzinfo=datetime.UTC).timestamp()) for each in (start, end)]
        edges[1] = min(edges[1], edges[0] + LONGEST_WINDOW)
        window = {"startTimestamp": edges[0], "endTimestamp": edges[1]}
        return self._list("/api/client/status-sync", **window)

    def log_in(self):
        """A new token."""
        username, password = self._credentials
        headers = {
            "X-Auth-Username": username.encode(),
            "X-Auth-Password": password.encode(),
        }
        form = {"remember_me": 1}
        status, body = self._send("POST", "/api/authenticate", headers, form=form)
        if status in (400, 401, 403):
            raise Unauthorized("Sameday does not take this user name and password.")
        self._check(status, body, making=False)
        answer = self._json(body)
        token = answer.get("token") if isinstance(answer, dict) else None
        if not token or not isinstance(token, str):
            raise Unavailable("token")
        return token

    # How it is asked

    def _list(self, path, **params):
        """All rows of a list, page by page. Of some lists it is not told how many pages there
        are; some come whole, without pages."""
        rows = []
        for page in range(1, MOST_PAGES + 1):
            asked = {**params, "page": page, "countPerPage": PER_PAGE}
            answer = self._json(self._call("GET", path, params=asked))
            if isinstance(answer, list):
                return _records(answer)
            answer = answer if isinstance(answer, dict) else {}
            here = answer.get("data")
            if not isinstance(here, list):
                raise Unavailable("data")
            rows += _records(here)
            last = answer.get("pages")
            if not here or (page >= last if isinstance(last, int) else len(here) < PER_PAGE):
                return rows
        return rows

    def _call(self, method, path, params=None, form=None, making=False):
        """The body of the answer."""
        token = self._tokens.current() or self._tokens.renewed("", self.log_in)
        for last_try in (False, True):
            headers = {"X-AUTH-TOKEN": token}
            status, body = self._send(method, path, headers, params, form, making)
            if status not in (401, 403) or last_try:
                break
            token = self._tokens.renewed(token, self.log_in)
        self._check(status, body, making)
        return body

    def _send(self, method, path, headers, params=None, form=None, making=False):
        """(status, body), whatever the status."""
        try:
            with contextlib.closing(
                self._session.request(
                    method,
                    f"{self.base_url}{path}",
                    headers=headers,
                    params=params,
                    data=pairs(form) if form else None,
                    timeout=self._timeout,
                    allow_redirects=False,
                    stream=True,
                )
            ) as answer:
                return answer.status_code, _body(answer)
        except requests.RequestException as error:
            name = type(error).__name__
            if making and not _was_not_sent(error):
                raise Uncertain(name) from None
            raise Unavailable(name) from None

    def _check(self, status, body, making):
        if 200 <= status < 300:
            return
        if status >= 500 or 300 <= status < 400:
            kind = Uncertain if making else Unavailable
            raise kind(f"HTTP {status}")
        if status == 429:
            raise Unavailable("HTTP 429")
        if status in (401, 403):
            raise Unauthorized("Sameday does not let this user do this.")
        with contextlib.suppress(ValueError):
            body = json.loads(body)
        kind = NotFound if status == 404 else Refused
        raise kind(in_words(body, status), messages_of(body))

    def _json(self, body, making=False):
        try:
            return json.loads(body)
        except ValueError:
            kind = Uncertain if making else Unavailable
            raise kind("JSON") from None


def _records(rows):
    return [row for row in rows if isinstance(row, dict)]


def _body(answer):
    body = b""
    for part in answer.iter_content(65536):
        body += part
        if len(body) > MOST_BYTES:
            raise requests.exceptions.ContentDecodingError("too long")
    return body


def _was_not_sent(error):
    """Whether a request surely never left: there was no connection to send it on."""
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError):
        return True
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(reason, NewConnectionError | NameResolutionError)
