"""Several real processes that call as fast as they may, against a shop that enforces all four
limits in the strictest way: no 429, hardly an unused call, and the urgent ones first.

The windows are shorter than the site's, so that all of them fill within half a minute."""

import collections
import contextlib
import json
import os
import signal
import subprocess
import sys
import time

import pytest
from test_shared_budget import FOLDER, HERE, database  # noqa: F401 - a fixture

from merchantpro_simulator import Limits, Simulator
from tools import postgres

WINDOWS = ((10, 1), (40, 6), (100, 18), (130, 26))
SECONDS = 25


class ShortWindows(Limits):
    def windows(self):
        return WINDOWS


def possible(seconds, windows=WINDOWS):
    """How many calls fit into that time when each is made as early as all windows allow."""
    times = []
    while True:
        earliest = [times[-count] + length for count, length in windows if len(times) >= count]
        at = max(earliest, default=0.0)
        if at > seconds:
            return len(times)
        times.append(at)


@contextlib.contextmanager
def hammered(database, shop, *priorities, first=1):  # noqa: F811
    """Processes that call the shop; the calls of each have its number as their limit."""
    environment = {**os.environ, **postgres.environment()}
    command = [sys.executable, str(HERE / "hammer.py"), FOLDER, database, json.dumps(WINDOWS)]
    processes = [
        subprocess.Popen([*command, shop.url, priority, str(number)], env=environment)
        for number, priority in enumerate(priorities, first)
    ]
    try:
        wait_for_calls(shop)
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


def wait_for_calls(shop):
    deadline = time.monotonic() + 30
    while not shop.calls:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def counted(shop, first=0):
    """({number of the process: its calls}, {status: calls}) from the first call on."""
    calls = shop.calls[first:]
    by_process = collections.Counter(int(call["query"]["limit"]) for call in calls)
    return by_process, collections.Counter(call["status"] for call in calls)


@pytest.mark.parametrize(
    ("counting", "seconds"), [("sliding", 25), ("buckets", 5.8), ("fixed", 5.8)]
)
def test_whole_budget_is_used_and_never_exceeded(database, counting, seconds):  # noqa: F811
    with (
        Simulator(limits=ShortWindows(counting=counting)) as shop,
        hammered(database, shop, "STOCK", "STOCK", "PRICES", "CATALOG"),
    ):
        time.sleep(seconds)
        by_process, statuses = counted(shop)
    assert set(statuses) == {200}
    assert statuses[200] >= 0.95 * possible(seconds)
    assert by_process[1] + by_process[2] > 0.75 * statuses[200]
    assert by_process[3] >= 1
    assert by_process[4] >= 1


def test_order_reading_comes_first_whoever_waits(database):  # noqa: F811
    with (
        Simulator(limits=ShortWindows(counting="sliding")) as shop,
        hammered(database, shop, "IMAGES", "CATALOG", "STOCK"),
    ):
        time.sleep(4)
        seen = len(shop.calls)
        with hammered(database, shop, "ORDERS", first=4):
            time.sleep(10)
            by_process, statuses = counted(shop, seen)
    assert set(statuses) == {200}
    # It starts a moment after we look.
    assert by_process[4] > 0.7 * statuses[200]
    assert by_process[1] + by_process[2] < 0.2 * statuses[200]


def test_killed_processes_hold_up_nobody(database):  # noqa: F811
    with (
        Simulator(limits=ShortWindows(counting="sliding")) as shop,
        hammered(database, shop, "STOCK", "ORDERS", "STOCK", "CATALOG") as processes,
    ):
        started = time.monotonic()
        time.sleep(3)
        for process in processes[:3]:  # all that go before the last one, in the middle of a wait
            os.kill(process.pid, signal.SIGKILL)
        killed_at = len(shop.calls)
        time.sleep(11)
        elapsed = time.monotonic() - started
        _by_process, statuses = counted(shop)
        last = {int(call["query"]["limit"]) for call in shop.calls[killed_at + 2 :]}
    assert set(statuses) == {200}
    assert last == {4}
    assert statuses[200] >= 0.95 * possible(elapsed)
