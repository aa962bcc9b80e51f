"""The shop's address as people type it, made into the base of its API."""

import ipaddress
from urllib.parse import urlsplit

from .words import _lt


def normalise_url(typed):
    """Return `scheme://host[:port]` for an address typed by a person.

    Raises ValueError, in words for that person, for anything that is not a web
    address, carries a password, or would send the secret unencrypted: plain http
    is taken for loopback addresses only.
    """
    text = (typed or "").strip()
    if "://" not in text:
        text = f"https://{text}"
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(
            _lt("“%(typed)s” is not a web address. Example: https://www.shop.ro", typed=typed)
        )
    if parts.username or parts.password:
        raise ValueError(
            _lt("Leave key and secret out of the address; they have fields of their own.")
        )
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise ValueError(_lt("“%(typed)s” has no valid port number.", typed=typed)) from None
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise ValueError(
            _lt("The address must start with https://, or the secret travels readable.")
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}{port}"


def is_loopback(host):
    """Whether `host` names this very machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
