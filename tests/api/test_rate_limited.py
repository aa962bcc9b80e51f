"""A 429 is obeyed: nobody calls before the time the shop names."""

import datetime
import email.utils
import json
import time

import pytest
from api import errors
from api.limits import Limiter, MemoryStore, Priority
from servers import answering

from merchantpro_simulator import Limits, Simulator


class SkippingClock:
    """The true time plus what was slept away."""

    slept = 0.0

    def __call__(self):
        return time.time() + self.slept

    def sleep(self, seconds):
        self.slept += seconds


@pytest.fixture
def clock():
    return SkippingClock()


@pytest.mark.parametrize(
    "telling",
    [
        {"reset_as": "epoch"},
        {"reset_as": "iso"},
        {"reset_as": "missing", "retry_after": True},
        {"reset_as": "missing"},
    ],
)
def test_client_sleeps_as_told_and_then_gets_its_answer(connect, clock, telling):
    limits = Limits(per_second=2, per_minute=2, **telling)
    with Simulator(limits=limits, clock=clock) as shop:
        client = connect(shop.url, sleep=clock.sleep)
        for _call in range(3):
            client.test()
        assert [call["status"] for call in shop.calls] == [200, 200, 429, 200]
        # A token of 2 a minute comes after 30 s; untold, a minute is waited.
        untold = telling == {"reset_as": "missing"}
        assert clock.slept == pytest.approx(60 if untold else 31, abs=1.5)


@pytest.mark.parametrize(
    ("details", "headers", "wait"),
    [
        (lambda now: {"reset_time": now + 20}, {}, 20),
        (lambda now: {"reset_time": str(int(now) + 20)}, {}, 20),
        (lambda now: {"reset_time": _iso(now + 20)}, {}, 20),
        (lambda now: {"reset_time": (now + 20) * 1000}, {}, 20),
        (lambda now: {"reset_time": str(int(now + 20) * 1000)}, {}, 20),
        # In whose time? Not to be trusted for hours.
        (lambda now: {"reset_time": _naive(now + 10800)}, {}, 60),
        (lambda now: {"reset_time": _naive(now + 10800)}, {"Retry-After": "50"}, 50),
        (lambda now: {"reset_time": now + 20}, {"Retry-After": "50"}, 20),
        (lambda now: {}, {"Retry-After": "50"}, 50),
        (lambda now: {}, {"Retry-After": email.utils.formatdate}, 50),
        (lambda now: {"reset_time": "soon"}, {}, 60),
        (lambda now: {"reset_time": []}, {"Retry-After": "soon"}, 60),
        # Clocks differ: a past time is not "now".
        (lambda now: {"reset_time": now - 100}, {}, 5),
        (lambda now: {"reset_time": float("nan")}, {}, 5),
        (lambda now: {"reset_time": float("inf")}, {}, 900),
        (lambda now: {"reset_time": now + 7200}, {}, 900),
        (lambda now: {}, {"Retry-After": "86400"}, 900),
        (lambda now: {"reset_time": 10**400}, {}, 60),
        (lambda now: {"reset_time": now + 0.2}, {}, 1),
    ],
)
def test_wait_is_read_from_whatever_the_shop_tells(connect, details, headers, wait):
    now = time.time()
    body = json.dumps({"error": {"details": details(now)}}).encode()
    sent = {key: each(now + 50) if callable(each) else each for key, each in headers.items()}
    with answering(429, body, sent) as server, pytest.raises(errors.RateLimited) as failure:
        connect(server.url, max_wait=0.5).test()
    assert failure.value.wait == pytest.approx(wait, abs=1.5)
    assert failure.value.status == 429


def _iso(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).isoformat()


def _naive(seconds):
    return datetime.datetime.fromtimestamp(seconds).isoformat()


def test_wait_longer_than_allowed_is_left_to_the_caller(connect, naps):
    body = json.dumps({"error": {"details": {"reset_time": time.time() + 600}}}).encode()
    with answering(429, body) as server:
        with pytest.raises(errors.RateLimited) as failure:
            connect(server.url, max_wait=70).test()
        assert len(server.heard) == 1
    assert naps == []
    later = failure.value.retry_at - datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    assert later.total_seconds() == pytest.approx(600, abs=2)


def test_everybody_who_shares_the_budget_waits(connect):
    limiter = Limiter(MemoryStore())
    body = json.dumps({"error": {"details": {"reset_time": time.time() + 600}}}).encode()
    with answering(429, body) as server, pytest.raises(errors.RateLimited):
        connect(server.url, limiter=limiter).test()
    with answering() as server:
        with pytest.raises(errors.RateLimited) as failure:
            connect(server.url, limiter=limiter).get("/orders", priority=Priority.ORDERS)
        assert server.heard == []
    assert failure.value.status is None
    assert failure.value.wait == pytest.approx(600, abs=2)


def test_post_that_was_told_to_wait_was_not_done_and_is_repeated(connect, clock):
    with Simulator(limits=Limits(per_second=1, per_minute=1), clock=clock) as shop:
        client = connect(shop.url, sleep=clock.sleep)
        client.test()
        client.post("/categories", {"name": "Tea"})
        assert [call["status"] for call in shop.calls_of("POST")] == [429, 201]
        assert shop.store.count("category") == 1
