"""The call budget of an API key: 4 a second, 80 a minute, 3,600 an hour, 60,000 a day.

Source: the site's API documentation as quoted by several clients. How the site
counts (token bucket, fixed or sliding windows) is not known. A sliding log is
safe with all three: at most N calls in *any* window of the given length. Calls
are numbered, so the N-th last one is found by its number, at the same cost for
every budget.

All processes that use a key share one store. An urgent caller that has to wait
leaves its mark in it, and less urgent callers let it go first.
"""

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum

from .errors import RateLimited
from .words import _lt

MARGIN = 0.05  # seconds: two calls may travel at different speeds and arrive closer together
YIELD = 0.25  # seconds between two tries of a caller that lets a more urgent one go first


class Priority(IntEnum):
    """Who goes first when calls are scarce."""

    ORDERS = 0
    STOCK = 1
    PRICES = 2
    CATALOG = 3
    IMAGES = 4


@dataclass(frozen=True)
class Limits:
    """Calls allowed in any window of one second, minute, hour and day."""

    per_second: int = 4
    per_minute: int = 80
    per_hour: int = 3600
    per_day: int = 60000

    def windows(self):
        """Pairs (number of calls, seconds)."""
        return (
            (self.per_second, 1),
            (self.per_minute, 60),
            (self.per_hour, 3600),
            (self.per_day, 86400),
        )

    @property
    def memory(self):
        """How many past calls must be remembered."""
        return max(count for count, _seconds in self.windows())


@dataclass
class Bucket:
    """The state of one key while it is locked. Times are seconds of the store's clock."""

    now: float
    sequence: int = 0
    closed_until: float = 0.0
    waiting: list = field(default_factory=lambda: [0.0] * len(Priority))
    times: Callable[[list], dict] = lambda numbers: {}


def seconds_to_wait(bucket, limits, priority):
    """0.0 when a call of `priority` may be made now, else the seconds until it may."""
    wait = max(0.0, bucket.closed_until - bucket.now)
    numbers = {count: bucket.sequence - count + 1 for count, _seconds in limits.windows()}
    times = bucket.times([number for number in numbers.values() if number > 0])
    for count, seconds in limits.windows():
        called_at = times.get(numbers[count])
        if called_at is not None:
            wait = max(wait, called_at + seconds + MARGIN - bucket.now)
    if not wait and any(until > bucket.now for until in bucket.waiting[:priority]):
        return YIELD
    return wait


class Limiter:
    """Hands out calls of one key. `store.locked()` yields a Bucket, exclusively."""

    def __init__(self, store, limits=None, *, sleep=time.sleep):
        self.store = store
        self.limits = limits or Limits()
        self._sleep = sleep

    def acquire(self, priority, max_wait=70.0):
        """Return when a call may be made. Raises RateLimited rather than wait longer than
        `max_wait` seconds. The store is never locked while waiting."""
        waited = 0.0
        while wait := self._try(priority):
            if waited + wait > max_wait:
                raise RateLimited(_lt("The shop's call budget is used up for now."), wait=wait)
            self._sleep(wait)
            waited += wait

    def close(self, seconds):
        """The shop said 429: no call by anybody for `seconds`."""
        with self.store.locked() as bucket:
            bucket.closed_until = max(bucket.closed_until, bucket.now + seconds)
            self.store.save(bucket)

    def _try(self, priority):
        with self.store.locked() as bucket:
            wait = seconds_to_wait(bucket, self.limits, priority)
            if wait:
                # Gone by itself if the caller dies while it waits.
                bucket.waiting[priority] = bucket.now + wait + 2 * YIELD
                self.store.save(bucket)
            else:
                bucket.waiting[priority] = 0.0
                bucket.sequence += 1
                self.store.save(bucket, called=True)
            return wait


class MemoryStore:
    """A store for one process: scripts and tests."""

    def __init__(self, clock=time.monotonic):
        self._lock = threading.Lock()
        self._clock = clock
        self._calls = {}
        self._bucket = Bucket(now=0.0, times=self._times)

    def _times(self, numbers):
        return {number: self._calls[number] for number in numbers if number in self._calls}

    @contextlib.contextmanager
    def locked(self):
        with self._lock:
            self._bucket.now = self._clock()
            yield self._bucket

    def save(self, bucket, called=False):
        if called:
            self._calls[bucket.sequence] = bucket.now
