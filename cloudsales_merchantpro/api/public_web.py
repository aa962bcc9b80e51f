"""Reading a file from an address that a stranger wrote.

The machine we run on sees more of the network than the stranger does: the office's other
servers, the cloud's metadata service with its keys. So nothing is ever sent to an address that
is not public, and only https is spoken. That is decided where the connection is made, on the
very address it goes to: no redirect, no odd spelling of a number, and no name that resolves to
something else the second time gets past it. The one exception is the shop's own host, which an
administrator typed.

No cookies, passwords or proxies: this is `requests` without its Session, which adds them.
"""

import contextlib
import ipaddress
import socket
import threading
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter

from .errors import PictureRefused, PictureUnavailable
from .words import _lt

REDIRECTS = 3
CONNECT, READ = 5, 15  # seconds for one address to take the call, and for one read of the answer
ADDRESSES = 4  # of one name that are tried
CHUNK = 16 * 1024
PORTS = {"http": 80, "https": 443}
MOVED = {301, 302, 303, 307, 308}
PASSING = {408, 425, 429}  # as 5xx: the same question may be answered later
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Public by their number, and still not of the internet: Azure's metadata, the IETF's own block.
NOT_PUBLIC = (ipaddress.ip_network("168.63.129.16/32"), ipaddress.ip_network("192.0.0.0/24"))
HEADERS = {
    "Accept": "image/png,image/jpeg,image/webp,image/gif",
    "Accept-Encoding": "identity",
    "User-Agent": "cloudsales-merchantpro/19.0",
}


def read(url, *, own_host="", max_bytes, seconds):
    """The bytes at `url`, after a few redirects at most and within `seconds` altogether.

    `own_host` is the address (`scheme://host:port`) that may be private and need not be https.
    Raises PictureRefused for what will stay so, PictureUnavailable for what may pass."""
    with _Gate(own_host, seconds) as gate:
        try:
            content = _follow(gate, url, max_bytes)
        except PictureUnavailable:
            gate.check_time()  # which ends connections, and is the reason to tell then
            raise
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            gate.check_time()
            raise PictureUnavailable(
                _lt(
                    "No usable answer came from %(host)s (%(kind)s).",
                    host=_host(url),
                    kind=type(error).__name__,
                )
            ) from error
        gate.check_time()
        return content


def is_public(address):
    """Whether a numeric address is one that everybody on the internet reaches."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = _inner(ip)
    if inner is not None:
        return is_public(str(inner))
    if not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_loopback:
        return False
    return not any(ip in network for network in NOT_PUBLIC if network.version == ip.version)


def _inner(ip):
    """The IPv4 address that an IPv6 one stands for, or None."""
    if ip.version == 4:
        return None
    if ip in NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])


def _follow(gate, url, max_bytes):
    base = ""
    with contextlib.closing(_Adapter(gate)) as adapter:
        for _hop in range(REDIRECTS + 1):
            request = _request(base, url)
            answer = adapter.send(request, stream=True, timeout=(CONNECT, READ))
            with contextlib.closing(answer):
                if answer.status_code not in MOVED:
                    return _content(answer, max_bytes)
                base, url = request.url, answer.headers.get("Location", "")
    raise PictureRefused(_lt("The address redirects more than %(most)s times.", most=REDIRECTS))


def _request(base, url):
    try:
        request = requests.Request("GET", urljoin(base, url), headers=HEADERS).prepare()
        scheme = urlsplit(request.url).scheme
    except ValueError:  # which requests' own errors of an address are too
        raise PictureRefused(_lt("This is not a web address.")) from None
    if scheme not in PORTS:
        raise PictureRefused(_lt("Only pictures at https addresses are taken."))
    if "Authorization" in request.headers:
        raise PictureRefused(_lt("The address carries a password; such pictures are not taken."))
    return request


def _content(answer, max_bytes):
    status = answer.status_code
    if status in PASSING or status >= 500:
        raise PictureUnavailable(_lt("The server cannot give it now (%(status)s).", status=status))
    if status != 200:
        raise PictureRefused(_lt("The server does not give it (%(status)s).", status=status))
    # One packing at most: what is packed twice grows a million times.
    packing = answer.headers.get("Content-Encoding", "identity").lower()
    if packing not in ("identity", "gzip", "deflate"):
        raise PictureRefused(_lt("The server sends it packed in a way that is not taken."))
    length = answer.headers.get("Content-Length", "")
    announced = int(length[:20]) if length.isdecimal() else 0
    content = bytearray()
    if announced <= max_bytes:
        for chunk in answer.iter_content(CHUNK):
            content += chunk
            if len(content) > max_bytes:
                break
    if max(announced, len(content)) > max_bytes:
        raise PictureRefused(
            _lt("The file is larger than %(most)s MB.", most=f"{max_bytes / 1e6:g}")
        )
    if answer.raw.tell() < announced:  # older versions of urllib3 do not mind
        raise PictureUnavailable(_lt("The connection ended in the middle of the file."))
    return bytes(content)


def _origin(url):
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or PORTS.get(parts.scheme)


def _host(url):
    with contextlib.suppress(ValueError):
        return urlsplit(url).hostname
    return url


class _Gate:
    """What one reading may connect to, and until when. Its redirects share it."""

    def __init__(self, own_host, seconds):
        self._own = _origin(own_host) if own_host else None
        self._seconds = seconds
        self._twins = []
        self._late = False
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self):
        self._timer.start()
        return self

    def __exit__(self, *_exception):
        self._timer.cancel()
        for twin in self._twins:
            twin.close()

    def check_time(self):
        if self._late:
            raise PictureUnavailable(
                _lt("It did not arrive within %(seconds)s seconds.", seconds=f"{self._seconds:g}")
            )

    def connect(self, scheme, host, port, timeout):
        """A connected socket, nothing yet said on it."""
        own = (scheme, host, port) == self._own
        if scheme != "https" and not own:
            raise PictureRefused(_lt("Only pictures at https addresses are taken."))
        # Resolved once, so that what was checked is what is connected to.
        found = self._resolve(host, port)
        if not own and not all(is_public(address[0]) for *_kind, address in found):
            raise PictureRefused(_lt("%(host)s is not on the public internet.", host=host))
        for family, kind, protocol, _name, address in found[:ADDRESSES]:
            self.check_time()
            connected = socket.socket(family, kind, protocol)
            connected.settimeout(timeout)
            try:
                connected.connect(address)
            except OSError as error:
                connected.close()
                problem = error
            else:
                self._watch(connected)
                return connected
        raise PictureUnavailable(
            _lt("%(host)s cannot be reached (%(kind)s).", host=host, kind=type(problem).__name__)
        )

    def _resolve(self, host, port):
        try:
            return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise PictureUnavailable(
                _lt("No server is known by the name %(host)s.", host=host)
            ) from None

    def _watch(self, connected):
        # A twin, since TLS takes the socket itself over.
        self._twins.append(connected.dup())
        if self._late:
            self._cut()

    def _cut(self):
        """End the connections: a server that sends a byte now and then keeps within the time
        of each single read for ever, in the handshake, the headers and the body alike."""
        self._late = True
        for twin in self._twins:
            with contextlib.suppress(OSError):  # it has ended by itself
                twin.shutdown(socket.SHUT_RDWR)


class _Gated:
    """A connection of urllib3 whose socket comes from the gate."""

    def _new_conn(self):
        return self.gate.connect(self.scheme, self.host, self.port, self.timeout)


class _Adapter(HTTPAdapter):
    def __init__(self, gate):
        super().__init__()
        self.poolmanager.pool_classes_by_scheme = {
            pool.scheme: _gated(pool, gate)
            for pool in (urllib3.HTTPConnectionPool, urllib3.HTTPSConnectionPool)
        }


def _gated(pool, gate):
    own = {"gate": gate, "scheme": pool.scheme}
    connection = type("Connection", (_Gated, pool.ConnectionCls), own)
    return type("Pool", (pool,), {"ConnectionCls": connection})
