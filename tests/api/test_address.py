"""The address a person types becomes the base of the API, or words that help them."""

import ipaddress
from urllib.parse import urlsplit

import pytest
from api.address import is_loopback, normalise_url
from hypothesis import example, given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("typed", "base"),
    [
        ("www.shop.ro", "https://www.shop.ro"),
        ("  https://www.shop.ro/  ", "https://www.shop.ro"),
        ("https://www.shop.ro/api/v2/orders?x=1#y", "https://www.shop.ro"),
        ("HTTPS://WWW.Shop.RO", "https://www.shop.ro"),
        ("https://shop.ro:8443/", "https://shop.ro:8443"),
        ("http://127.0.0.1:8070", "http://127.0.0.1:8070"),
        ("http://localhost", "http://localhost"),
        ("http://[::1]:80/x", "http://[::1]:80"),
    ],
)
def test_address_is_reduced_to_its_base(typed, base):
    assert normalise_url(typed) == base


@pytest.mark.parametrize(
    "typed",
    [
        "",
        None,
        "   ",
        "http://www.shop.ro",
        "http://192.168.1.5",
        "http://localhost.evil.example",
        "http://localhost@evil.example",
        "ftp://www.shop.ro",
        "https://key:secret@www.shop.ro",
        "https://",
        "https://shop.ro:port",
        "https://shop.ro:99999",
        "https://[broken",
    ],
)
def test_anything_else_is_refused(typed):
    with pytest.raises(ValueError):
        normalise_url(typed)


def test_refusal_does_not_quote_a_password():
    with pytest.raises(ValueError) as refusal:
        normalise_url("https://key:geheim@www.shop.ro")
    assert "geheim" not in str(refusal.value)


@given(st.text() | st.from_regex(r"https?://[^\s]{0,30}"))
@example("http://127.1:80\\@evil.example/")
def test_plain_http_is_for_this_machine_only(typed):
    try:
        parts = urlsplit(normalise_url(typed))
    except ValueError:
        return
    assert parts.scheme == "https" or is_loopback(parts.hostname)
    assert not parts.username and not parts.path


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_loopback_hosts(host):
    assert is_loopback(host)


@given(st.ip_addresses(v=4).filter(lambda ip: ip not in ipaddress.ip_network("127.0.0.0/8")))
def test_no_other_host_is_loopback(address):
    assert not is_loopback(str(address))
