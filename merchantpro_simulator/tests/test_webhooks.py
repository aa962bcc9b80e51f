"""Signed notices of new orders: sent, sent again, and given up."""

import base64
import contextlib
import hashlib
import hmac
import http.server
import json
import threading

import pytest
import requests

SECRET = "webhook-secret"


@contextlib.contextmanager
def receiver():
    """A server that keeps the notices it gets in `heard`; `answers` are the statuses it gives,
    the last one for ever. A status of None is no answer within the time-out."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with server.lock:
                server.heard.append((dict(self.headers), body))
                status = server.answers.pop(0) if server.answers[1:] else server.answers[0]
            if status is None:
                server.closing.wait(20)
                return
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args):
            """Nothing goes to the terminal."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.heard, server.answers = [], [200]
    server.lock, server.closing = threading.Lock(), threading.Event()
    server.url = f"http://127.0.0.1:{server.server_port}/notice"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def inbox(shop):
    with receiver() as server:
        shop.webhooks.url, shop.webhooks.pause = server.url, 0
        yield server


@pytest.fixture
def place(shop, tea):
    def place(*numbers):
        for number in numbers:
            shop.add_order([{"sku": "TEA-100"}], id=number)

    return place


def delivered(shop, inbox):
    """Numbers of the orders told, in order, once the sender has nothing left to do."""
    shop.webhooks.stop()
    return [json.loads(body)["id"] for _headers, body in inbox.heard]


def test_notice_is_the_order_with_a_signature_of_its_exact_bytes(shop, inbox, place):
    place("42")
    assert delivered(shop, inbox) == ["42"]
    ((headers, body),) = inbox.heard
    assert json.loads(body) == shop.order("42")
    assert headers["Content-Type"] == "application/json"
    digest = hmac.new(SECRET.encode(), body, hashlib.sha256).digest()
    assert headers["X-Webhook-Signature"] == base64.b64encode(digest).decode()


def test_order_of_a_customer_and_of_the_api_are_told(shop, api, inbox, tea):
    line = {"product_id": 7101}
    api.post("/orders", {"line_items": [line]})
    requests.post(f"{shop.url}/_simulator/orders", json={"lines": [line]}, timeout=20)
    assert len(delivered(shop, inbox)) == 2


def test_refused_notice_is_sent_again_the_same(shop, inbox, place):
    inbox.answers = [500, 503, 200]
    place("1")
    assert delivered(shop, inbox) == ["1", "1", "1"]
    assert len({body for _headers, body in inbox.heard}) == 1
    assert not shop.webhooks.disabled


def test_after_three_repeats_a_notice_is_given_up(shop, inbox, place):
    inbox.answers = [500]
    place("1")
    assert delivered(shop, inbox) == ["1"] * 4
    assert not shop.webhooks.disabled


def test_receiver_that_does_not_answer_in_time_is_as_one_that_refuses(shop, inbox, place):
    assert shop.webhooks.timeout == 5
    shop.webhooks.timeout = 0.1
    inbox.answers = [None, 200]
    place("1")
    assert delivered(shop, inbox) == ["1", "1"]


def test_three_lost_notices_in_a_row_disable_the_address(shop, inbox, place):
    inbox.answers = [500]
    place("1", "2", "3")
    assert len(delivered(shop, inbox)) == 12
    assert shop.webhooks.disabled
    place("4")
    assert len(inbox.heard) == 12


def test_taken_notice_starts_the_count_again(shop, inbox, place):
    inbox.answers = [500] * 8 + [200] + [500]
    place("1", "2", "3", "4", "5")
    assert len(delivered(shop, inbox)) == 8 + 1 + 8
    assert not shop.webhooks.disabled


def test_notice_may_come_twice(shop, inbox, place):
    shop.faults.set("webhook_twice", times=1)
    place("1", "2")
    assert delivered(shop, inbox) == ["1", "1", "2"]


def test_notices_may_come_in_another_order(shop, inbox, place):
    shop.faults.set("webhook_disorder", times=1)
    place("1", "2", "3")
    assert delivered(shop, inbox) == ["2", "1", "3"]


def test_without_an_address_nothing_is_sent(shop, place):
    place("1")
    assert shop.webhooks._queue.empty()


def test_control_interface_sets_the_address_and_enables_it(shop, inbox, place):
    shop.webhooks.url, shop.webhooks.disabled = "", True
    where = {"url": inbox.url, "secret": "another"}
    requests.post(f"{shop.url}/_simulator/webhook", json=where, timeout=20)
    place("1")
    assert delivered(shop, inbox) == ["1"]
    assert shop.webhooks.secret == "another"
