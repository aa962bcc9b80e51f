"""Addresses that strangers wrote: what is refused before a byte is sent, and what is bounded."""

import gzip
import itertools
import socket
import time

import pytest
import servers
from api import public_web
from api.errors import PictureRefused, PictureUnavailable


def read(url, own_host="", max_bytes=10_000, seconds=10):
    return public_web.read(url, own_host=own_host, max_bytes=max_bytes, seconds=seconds)


def read_own(url, **options):
    """As from the shop's own host, which these servers on 127.0.0.1 then are."""
    return read(url, own_host="/".join(url.split("/")[:3]), **options)


@pytest.fixture
def resolve(monkeypatch):
    """A function that makes every name resolve to one of the given addresses in turn."""
    real = socket.getaddrinfo

    def to(*answers):
        asked = []
        following = itertools.chain(answers, itertools.repeat(answers[-1]))

        def getaddrinfo(host, port, *args, **kwargs):
            asked.append(host)
            addresses = next(following)
            return [each for name in addresses for each in real(name, port, *args, **kwargs)]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        return asked

    return to


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "0.0.0.0", "[::]",
        "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "10.0.0.1", "172.16.0.1", "192.168.1.1",
        "100.64.0.1", "169.254.169.254", "[fd00::8]", "[fd00:ec2::254]", "[fe80::1]", "[ff02::1]",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]",
        "168.63.129.16", "192.0.0.192", "198.18.0.1", "[::127.0.0.1]",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_is_refused(host):
    started = time.monotonic()
    with pytest.raises(PictureRefused, match="not on the public internet"):
        read(f"https://{host}/a.png")
    assert time.monotonic() - started < public_web.CONNECT  # nobody was called


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_of_the_internet_are_public(address):
    assert public_web.is_public(address)


def test_not_even_a_connection_is_made_to_a_private_address():
    with servers.talking(lambda connection: None) as inside:
        with pytest.raises(PictureRefused):
            read(inside.url.replace("http:", "https:"))
        with pytest.raises(PictureRefused):
            read(inside.url)
        time.sleep(0.1)
        assert inside.heard == []


def test_a_name_that_resolves_to_a_private_address_is_refused(resolve):
    resolve(["10.1.2.3"])
    with pytest.raises(PictureRefused, match="pictures.example is not on the public internet"):
        read("https://pictures.example/a.png")


def test_a_name_with_one_private_address_among_public_ones_is_refused(resolve):
    resolve(["8.8.8.8", "127.0.0.1"])
    with pytest.raises(PictureRefused):
        read("https://pictures.example/a.png")


def test_a_name_that_changes_its_mind_leads_nowhere(resolve, monkeypatch):
    """First the address that passes the check, then the one that the attacker means."""
    monkeypatch.setattr(public_web, "CONNECT", 0.2)
    with servers.talking(lambda connection: None) as inside:
        asked = resolve(["240.0.0.1"], ["127.0.0.1"])
        monkeypatch.setattr(public_web, "is_public", lambda address: address == "240.0.0.1")
        port = inside.url.split(":")[-1]
        with pytest.raises(PictureUnavailable):
            read(f"https://pictures.example:{port}/a.png")
        assert asked == ["pictures.example"]
        assert inside.heard == []


def test_a_redirect_to_a_private_address_is_refused():
    with servers.talking(lambda connection: None) as inside:
        for target in (
            inside.url,
            inside.url.replace("http:", "https:"),
            "https://169.254.169.254/",
        ):
            with (
                servers.answering(302, headers={"Location": target}) as shop,
                pytest.raises(PictureRefused),
            ):
                read_own(shop.url)
        assert inside.heard == []


def test_the_shops_own_host_is_one_port_of_it_only():
    with servers.answering(body=b"picture") as shop:
        assert read(f"{shop.url}/a.png", own_host=shop.url) == b"picture"
        with pytest.raises(PictureRefused):
            read(f"{shop.url}/a.png", own_host="http://127.0.0.1:1")


def test_a_redirect_on_the_own_host_is_followed():
    def say(connection):
        if b"GET /old" in shop.heard[-1]:
            connection.sendall(b"HTTP/1.1 301 Moved\r\nLocation: /new\r\nContent-Length: 0\r\n\r\n")
        else:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    with servers.talking(say) as shop:
        assert read_own(f"{shop.url}/old") == b"ok"


def test_redirects_without_end_are_refused():
    with servers.answering(302, headers={"Location": "/again"}) as shop:
        with pytest.raises(PictureRefused, match="redirects more than 3 times"):
            read_own(f"{shop.url}/a.png")
        assert len(shop.heard) == 4


@pytest.mark.parametrize("location", ["", "file:///etc/passwd", "gopher://x/", "https://[", "//"])
def test_a_redirect_to_no_web_address_is_refused(location):
    with (
        servers.answering(302, headers={"Location": location}) as shop,
        pytest.raises(PictureRefused),
    ):
        read_own(f"{shop.url}/a.png")


@pytest.mark.parametrize(
    "url",
    ["http://pictures.example/a.png", "ftp://pictures.example/a", "file:///etc/passwd", "https://[",
     "https://", "a.png", "", "https://user:pass@pictures.example/a.png", "data:image/png,AA"],
)  # fmt: skip
def test_other_than_plain_https_is_refused(url, resolve):
    asked = resolve(["8.8.8.8"])
    with pytest.raises(PictureRefused):
        read(url)
    assert asked == []


def test_nothing_of_ours_is_sent_along(monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with servers.answering() as proxy, servers.answering(headers={"Set-Cookie": "a=1"}) as shop:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        read_own(shop.url)
        read_own(shop.url)
        assert proxy.heard == []
        for headers in shop.heard:
            assert set(headers) <= {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


def test_a_large_file_is_refused_by_what_it_announces():
    def say(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 90000000000\r\n\r\nabc")

    with servers.talking(say) as shop, pytest.raises(PictureRefused, match="larger than 0.01 MB"):
        read_own(shop.url)


def test_a_large_file_is_refused_while_it_arrives():
    def say(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65536)

    with servers.talking(say) as shop:
        started = time.monotonic()
        with pytest.raises(PictureRefused, match="larger than"):
            read_own(shop.url, max_bytes=1_000_000)
        assert time.monotonic() - started < 5  # it does not wait for the time to be up


def test_the_size_counts_unpacked():
    packed = gzip.compress(b"x" * 5_000_000)
    headers = {"Content-Encoding": "gzip"}
    with servers.answering(body=packed, headers=headers) as shop:
        assert len(packed) < 10_000
        with pytest.raises(PictureRefused, match="larger than"):
            read_own(shop.url)


def test_a_packed_file_is_unpacked_once_but_never_twice():
    packed = gzip.compress(b"picture")
    with servers.answering(body=packed, headers={"Content-Encoding": "gzip"}) as shop:
        assert read_own(shop.url) == b"picture"
    twice = {"Content-Encoding": "gzip, gzip"}
    with (
        servers.answering(body=gzip.compress(packed), headers=twice) as shop,
        pytest.raises(PictureRefused, match="packed"),
    ):
        read_own(shop.url)


@pytest.mark.parametrize(
    "part",
    [b"", b"HTTP/1.1 200 OK\r\nX-A: ", b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n",
     b"HTTP/1.1 200 OK\r\n\r\n"],
)  # fmt: skip
def test_a_server_that_drips_is_cut_off(part):
    def say(connection):
        connection.sendall(part)
        while True:
            time.sleep(0.05)
            connection.sendall(b"x")

    with servers.talking(say) as shop:
        started = time.monotonic()
        with pytest.raises(PictureUnavailable, match="did not arrive within 0.5 seconds"):
            read_own(shop.url, seconds=0.5)
        assert time.monotonic() - started < 10  # it would drip for ever


def test_a_tls_handshake_that_drips_is_cut_off():
    def say(connection):
        connection.sendall(b"\x16\x03\x03\x40\x00")  # a record of 16 kB begins
        while True:
            time.sleep(0.05)
            connection.sendall(b"x")

    with servers.talking(say) as shop:
        started = time.monotonic()
        with pytest.raises(PictureUnavailable, match="did not arrive within"):
            read_own(shop.url.replace("http:", "https:"), seconds=0.5)
        assert time.monotonic() - started < 10  # it would drip for ever


def test_a_file_cut_off_on_the_way_may_come_whole_later():
    def say(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\nabc")

    with servers.talking(say) as shop, pytest.raises(PictureUnavailable):
        read_own(shop.url)


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503])
def test_a_busy_server_may_answer_later(status):
    with servers.answering(status) as shop, pytest.raises(PictureUnavailable, match=str(status)):
        read_own(shop.url)


@pytest.mark.parametrize("status", [204, 401, 403, 404, 410])
def test_a_server_that_does_not_give_it_is_not_asked_again(status):
    with servers.answering(status) as shop, pytest.raises(PictureRefused, match=str(status)):
        read_own(shop.url)


def test_a_server_that_cannot_be_reached_or_found_may_be_later(resolve):
    with pytest.raises(PictureUnavailable, match="cannot be reached"):
        read_own(servers.closed())
    with pytest.raises(PictureUnavailable, match="No server is known"):
        read("https://nowhere.invalid/a.png")


def test_a_server_that_speaks_no_http_is_told():
    with (
        servers.talking(lambda connection: connection.sendall(b"220 mail ready\r\n")) as shop,
        pytest.raises(PictureUnavailable, match="No usable answer came from 127.0.0.1"),
    ):
        read_own(shop.url)


def test_a_certificate_that_nobody_vouches_for_is_not_accepted():
    with servers.answering() as shop, pytest.raises(PictureUnavailable):
        read_own(shop.url.replace("http:", "https:"))
