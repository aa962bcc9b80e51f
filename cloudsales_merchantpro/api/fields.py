"""Reading single values out of JSON whose types the site does not keep strictly.

What can be understood in one way only is forgiven: a number as text, a flag as "on", a list
sent as an object keyed by number. All else is a ParseError that names the key, so that the
record it stands on can say what is wrong with it.
"""

import datetime
import math
import re
from decimal import Decimal, InvalidOperation

from .errors import ParseError
from .words import _lt

TRUE = {"on", "1", "true", "yes", "active", "visible"}
LARGEST = Decimal("1e12")  # beyond any price, stock or weight: a sign of garbage
LONGEST = 500  # characters of a name or of one part of an address
LONGEST_CODE = 128  # of an id, a SKU, an EAN; what PostgreSQL can index ends near 2,700 bytes
NO_DATE = re.compile(r"0000-00-00")  # how MySQL writes that there is none


def missing(key):
    """The ParseError of a key that a record cannot do without."""
    return ParseError(_lt("“%(key)s” is missing", key=key), key)


def mapping(value, what):
    """`value` itself, if it is a JSON object."""
    if not isinstance(value, dict):
        raise ParseError(
            _lt("%(what)s: an object was expected, found %(seen)s", what=what, seen=seen(value))
        )
    return value


def rows(value):
    """The objects in a list; the platform also sends null or an object keyed by number."""
    if isinstance(value, dict):
        value = list(value.values())
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def text(record, *keys, longest=LONGEST):
    """The first non-empty of `keys` as stripped text, else "". Anything that is neither text
    nor a number counts as empty. `longest=None` for texts without a bound."""
    for key in keys:
        value = _plain(record.get(key))
        if longest is not None and len(value) > longest:
            raise ParseError(
                _lt(
                    "“%(key)s” has %(length)s characters, %(longest)s are allowed: %(seen)s",
                    key=key,
                    length=len(value),
                    longest=longest,
                    seen=seen(value),
                ),
                key,
            )
        if value:
            return value
    return ""


def _plain(value):
    if type(value) is str and value.isascii() and "\x00" not in value:
        return value.strip()  # nearly every text of nearly every record
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, float):
        value = int(value) if value.is_integer() else value if math.isfinite(value) else ""
    # PostgreSQL stores neither the NUL character nor half of a surrogate pair.
    return str(value).replace("\x00", "").encode("utf-8", "ignore").decode().strip()


def code(record, *keys):
    """A code (SKU, EAN, status word): short text, else ""."""
    return text(record, *keys, longest=LONGEST_CODE)


def identifier(record, key="id"):
    """A record's id as text: order numbers may contain a dot, so none is ever a number."""
    value = code(record, key)
    if not value:
        found = seen(record.get(key))
        raise ParseError(
            _lt("“%(key)s” is missing or not an id: %(seen)s", key=key, seen=found), key
        )
    return value


def reference(record, key):
    """Like `identifier`, but None for a missing, empty or zero reference."""
    value = code(record, key)
    return None if value in ("", "0") else value


def decimal(record, key, default=Decimal(0)):
    """A number as Decimal; `default` when the key is missing, null or empty. Never through
    binary arithmetic: the digits are the ones that were sent."""
    value = record.get(key)
    if value is None or isinstance(value, str) and not value.strip():
        return default
    try:
        number = None if isinstance(value, bool | dict | list) else Decimal(str(value).strip())
    except (InvalidOperation, ValueError):
        number = None
    if number is None or not _sensible(number):
        raise ParseError(_lt("“%(key)s” is not a number: %(seen)s", key=key, seen=seen(value)), key)
    return number


def _sensible(number):
    # The exponent first: arithmetic with 1e9999999 raises, and 1e-9999999 is ten million
    # characters when written out. No float has one beyond 324.
    return number.is_finite() and abs(number.adjusted()) < 400 and abs(number) <= LARGEST


def flag(record, key, default=False):
    """Flags come as "on", 1, true or "active"."""
    value = record.get(key)
    if isinstance(value, bool):
        return value
    return default if value is None else _plain(value).lower() in TRUE


def moment(record, key):
    """A time as naive UTC without fractions, or None. ISO 8601 with any offset, or seconds since
    1970; a time without an offset is taken as UTC."""
    value = code(record, key)
    if not value or NO_DATE.match(value):
        return None
    try:
        if value.isdigit() and len(value) > 8:
            parsed = datetime.datetime.fromtimestamp(int(value), datetime.UTC)
        else:
            parsed = datetime.datetime.fromisoformat(value)
        if parsed.tzinfo:
            parsed = parsed.astimezone(datetime.UTC).replace(tzinfo=None)
        return parsed.replace(microsecond=0)
    except (ValueError, OverflowError, OSError):
        raise ParseError(
            _lt("“%(key)s” is not a date: %(seen)s", key=key, seen=seen(value)), key
        ) from None


def day(record, key):
    """The date of a time as whoever wrote it had it, whatever the offset; None where there is
    none that can be read."""
    try:
        placed = moment(record, key)
    except ParseError:
        return None
    try:
        return placed and datetime.date.fromisoformat(code(record, key)[:10])
    except ValueError:
        return placed.date()  # not written as a date


def web_url(record, *keys):
    """An http(s) address, else "": whoever clicks a `javascript:` one would run it."""
    value = text(record, *keys, longest=2000)
    if value.startswith("//"):
        value = f"https:{value}"
    return value if re.match(r"https?://[^\s/]", value, re.IGNORECASE) else ""


def seen(value):
    """`value` short enough for a message. Not of a container: its text may be endless."""
    if isinstance(value, dict | list):
        return _lt("an object") if isinstance(value, dict) else _lt("a list")
    try:
        return repr(value[:60] if isinstance(value, str) else value)[:62]
    except ValueError:  # Python refuses to write out an int of thousands of digits
        return _lt("a number of thousands of digits")
