"""Servers on localhost that answer what a test tells them and write down what they got."""

import contextlib
import http.server
import socket
import socketserver
import threading


@contextlib.contextmanager
def answering(status=200, body=b"{}", headers=()):
    """A server with one answer for everything. `server.heard` are the requests' headers and
    `server.url` is its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def _answer(self):
            server.heard.append(dict(self.headers))
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            for name, value in dict(headers).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = _answer

        def log_message(self, *_args):
            """Nothing goes to the terminal."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.heard = []
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextlib.contextmanager
def silent():
    """The address of a server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def closed():
    """An address where nobody listens."""
    with silent() as url:
        return url


@contextlib.contextmanager
def talking(say):
    """A server that calls `say(connection)` for each connection, after its request's headers
    arrived; `server.heard` are the raw bytes of each, `server.url` is its address."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            server.heard.append(self.request.recv(65536))
            # The client hangs up on most of what is said here.
            with contextlib.suppress(OSError):
                say(self.request)

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    server.heard = []
    server.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
