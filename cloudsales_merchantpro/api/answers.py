"""What an answer of the site means: its JSON, or one of the types in `errors`."""

import datetime
import email.utils
import json
import time

from . import errors
from .address import normalise_url
from .words import _lt

BUSY = "Operation could not be completed"  # the site's words for a failure that passes
LONGEST_WAIT = 900.0  # seconds that a 429 may keep us from calling


def read(status, headers, content, path):
    """The parsed JSON of an answer, None for an empty one. Raises what a failure means."""
    if 300 <= status < 400:
        raise _wrong_address(status, headers.get("Location", ""))
    if status >= 400:
        raise failure(status, headers, content, path)
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


def failure(status, headers, content, path):
    """The error of an answer of 400 or more, by what the status means."""
    name, message, details = _site_words(content)

    def told(kind, words, *more):
        if message:
            words = _lt("%(problem)s The shop said: “%(said)s”", problem=words, said=message)
        return kind(words, status, message, *more)

    if status == 401:
        words = _lt(
            "The shop does not accept the API key and secret. Copy both again from the shop's"
            " panel (API users); do not try often, the site locks the key."
        )
        return told(errors.Unauthorized, words)
    if status == 403:
        words = _lt(
            "The shop refuses this API key: it is locked after wrong attempts, or its user lacks"
            " a permission. Look in the shop's panel, then test the connection again."
        )
        return told(errors.Forbidden, words)
    if status == 404:
        return told(errors.NotFound, _lt("The shop does not know %(path)s.", path=path))
    if status == 429:
        wait = _reset_wait(headers, details)
        words = _lt("The shop asks to wait %(seconds)s s.", seconds=round(wait))
        return told(errors.RateLimited, words, wait)
    if status >= 500 or message == BUSY:
        words = _lt("The shop failed for the moment (%(status)s).", status=status)
        return told(errors.TransientError, words)
    words = _lt("The shop refused the request (%(status)s).", status=status)
    return told(errors.BadRequest, words, name, details)


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
