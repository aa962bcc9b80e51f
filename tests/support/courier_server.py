"""A courier that keeps its waybills in memory and may be slow: a real HTTP server, and what makes
Odoo's carriers of a fixed price its own in a process."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

INSTALL = """
import requests
from odoo.addons.delivery_awb.models.awb_errors import AwbUnavailable, AwbUncertain

def ask(method, path):
    try:
        answer = requests.request(method, {url!r} + path, timeout={timeout})
    except requests.ConnectionError as error:
        raise AwbUnavailable("Nobody is there.") from error
    except requests.RequestException as error:
        raise AwbUncertain("No answer came.") from error
    return answer.json()

def create(carrier, waybill):
    return ask("POST", "/" + waybill._client_reference())

def find(carrier, waybill):
    return ask("GET", "/" + waybill._client_reference())

def cancel(carrier, waybill):
    ask("DELETE", "/" + waybill._client_reference())

carriers = env.registry["delivery.carrier"]
carriers.fixed_awb_create = create
carriers.fixed_awb_find = find
carriers.fixed_awb_label = lambda carrier, waybill: b"%PDF-1.4"
carriers.fixed_awb_cancel = cancel
"""


class CourierServer:
    """`made`: the references of the waybills it was asked to make, each time it made one."""

    def __init__(self):
        self.made = []
        self.cancelled = []
        self.answers = threading.Event()  # cleared: what is made stays without an answer
        self.answers.set()
        self.has_made = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def install(self, timeout=60):
        """Code for a worker, before its own."""
        url = f"http://127.0.0.1:{self._server.server_address[1]}"
        return INSTALL.format(url=url, timeout=timeout)

    def close(self):
        self.answers.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self):
        courier = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                courier.made.append(self.path[1:])
                courier.has_made.set()
                courier.answers.wait(60)
                self._answer(self.path[1:])

            def do_GET(self):
                known = self.path[1:] in courier.made
                self._answer(self.path[1:] if known else None)

            def do_DELETE(self):
                courier.cancelled.append(self.path[1:])
                self._answer(self.path[1:])

            def _answer(self, reference):
                body = json.dumps(reference and {"number": f"N-{reference}"}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        return Handler
