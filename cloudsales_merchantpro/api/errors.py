"""What can go wrong between us and a shop, one class for each way to react.

Messages are for an administrator: what happened, then what to do. No message
ever carries the key or the secret; what the site itself said is in `said`.
"""

import datetime


class MerchantProError(Exception):
    """Any failure of a call. `status` is the HTTP status, or None without an answer; `said` are
    the site's own words, or ""."""

    def __init__(self, message, status=None, said=""):
        super().__init__(message)
        self.status = status
        self.said = said


class Refused(MerchantProError):
    """The shop will answer the same until a person changes something: never repeat."""


class WrongAddress(Refused):
    """The address redirects; `suggestion` is the base address to use, or None."""

    def __init__(self, message, status=None, said="", suggestion=None):
        super().__init__(message, status, said)
        self.suggestion = suggestion


class Unauthorized(Refused):
    """401: repeating it locks the key out, so nobody may."""


class Forbidden(Refused):
    """403: locked out, or the API user lacks a permission."""


class NotFound(MerchantProError):
    """404: the record is gone from the site."""


class BadRequest(MerchantProError):
    """400/405 and the like: this request is wrong; `name` and `details` as the site gave them."""

    def __init__(self, message, status=None, said="", name=None, details=None):
        super().__init__(message, status, said)
        self.name = name
        self.details = details or {}


class RateLimited(MerchantProError):
    """The budget is used up. A call may be made in `wait` seconds, which is at `retry_at` (naive
    UTC). `status` is 429 when the site said so, None when our own limiter did not even ask."""

    def __init__(self, message, status=None, said="", wait=60.0):
        super().__init__(message, status, said)
        self.wait = wait
        now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
        self.retry_at = now + datetime.timedelta(seconds=wait)


class TransientError(MerchantProError):
    """A failure that a repeat may cure. `again` is False when only a later one may."""

    def __init__(self, message, status=None, said="", again=True):
        super().__init__(message, status, said)
        self.again = again


class ShopUnreachable(TransientError):
    """No connection, or no answer in time. `sent` is False when the shop surely got nothing."""

    def __init__(self, message, status=None, said="", again=True, sent=True):
        super().__init__(message, status, said, again)
        self.sent = sent


class BadAnswer(TransientError):
    """The answer is not what the API promises: cut off, too big, not JSON, of the wrong type."""


class BatchNotUnderstood(MerchantProError):
    """The shop does several requests in one call otherwise than we know, or not at all: what was
    done of them is unknown. Make the calls one by one."""


class OutcomeUnknown(MerchantProError):
    """A call that must not be repeated got no usable answer: look before trying again."""


class ParseError(ValueError):
    """A record lacks a key or carries a value that cannot be understood; `key` names it."""

    def __init__(self, message, key=None):
        super().__init__(message)
        self.key = key


class PictureError(Exception):
    """A picture could not be taken; the message says why, for whoever looks after the site."""


class PictureRefused(PictureError):
    """It will be refused again until it or its address changes."""


class PictureUnavailable(PictureError):
    """It could not be had now; a later try may bring it."""
