"""The call budget of an API key: 4 a second, 80 a minute, 3,600 an hour, 60,000 a day.

Source: the site's API documentation as quoted by several clients. How the site
counts (token bucket, fixed or sliding windows) is not known. A sliding log is
safe with all three: at most N calls in *any* window of the given length. Calls
are numbered, so the N-th last one is found by its number, at the same cost for
every budget.

All processes that use a key share one store, and queue up in it: see `turns`.
"""

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from .errors import RateLimited
from .turns import GRACE, Turns
from .turns import Priority as Priority
from .words import _lt

MARGIN = 0.05  # seconds: two calls may travel at different speeds and arrive closer together
PATIENCE = 0.25  # seconds that those in front may be late: they may not come at all
BLINK = 0.001  # the shortest sleep


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

    @property
    def at_once(self):
        """How many calls may be made together."""
        return min(count for count, _seconds in self.windows())


@dataclass
class Bucket:
    """The state of one key while it is locked. Times are seconds of the store's clock."""

    now: float
    sequence: int = 0
    closed_until: float = 0.0
    turns: Turns = field(default_factory=Turns)
    times: Callable[[list], dict] = lambda numbers: {}


def seconds_until(bucket, limits, calls):
    """0.0 when that many calls may be made now, else the seconds until they may."""
    wait = max(0.0, bucket.closed_until - bucket.now)
    leaving = [
        _leaving(bucket.sequence, nth, count, seconds + MARGIN)
        for count, seconds in limits.windows()
        for nth in range(1, calls + 1)
    ]
    times = bucket.times([number for number, _length in leaving if number > 0])
    for number, length in leaving:
        called_at = times.get(number)
        # One in the future was made before the clock was set back: nobody knows when.
        if called_at is not None and called_at <= bucket.now:
            wait = max(wait, called_at + length - bucket.now)
    return max(wait, BLINK) if wait else 0.0


def _leaving(sequence, nth, count, seconds):
    """(number of a call, seconds after it) when the nth call from now has room in a window."""
    number, length = sequence + nth - count, seconds
    while number > sequence:  # not made yet: itself it waits for one before it
        number, length = number - count, length + seconds
    return number, length


class Limiter:
    """Hands out calls of one key. `store.locked()` yields a Bucket, exclusively."""

    def __init__(self, store, limits=None, *, sleep=time.sleep):
        self.store = store
        self.limits = limits or Limits()
        self._sleep = sleep

    def acquire(self, priority, max_wait=70.0, calls=1):
        """Return when that many calls may be made: their numbers, for `took`. Raises RateLimited
        rather than wait longer than `max_wait` seconds. The store is never locked while waiting.
        """
        assert calls <= self.limits.at_once, "they would wait for ever"
        ticket, waited = None, 0.0
        while True:
            ticket, pause, numbers = self._try(priority, calls, ticket, max_wait - waited)
            if numbers:
                return numbers
            self._sleep(pause)
            waited += pause

    def took(self, numbers, seconds):
        """A call was answered after so many seconds. Of a slow one (the first of a connection, a
        bad line) nobody knows when it came to the shop: it may have been just now."""
        if seconds <= MARGIN:
            return
        with self.store.locked() as bucket:
            self.store.move(bucket, numbers)

    def close(self, seconds):
        """The shop said 429: no call by anybody for `seconds`."""
        with self.store.locked() as bucket:
            bucket.closed_until = max(bucket.closed_until, bucket.now + seconds)
            self.store.save(bucket)

    def _try(self, priority, calls, ticket, patience):
        """(ticket, seconds to sleep, numbers of the calls if it got them)."""
        with self.store.locked() as bucket:
            wait = self._wait(bucket, priority, calls, ticket)
            if not wait:
                bucket.sequence += calls
                bucket.turns.serve(ticket, priority, bucket.sequence, bucket.now)
                self.store.save(bucket, calls)
                return None, 0.0, range(bucket.sequence - calls + 1, bucket.sequence + 1)
            if wait > patience:
                bucket.turns.leave(ticket)
            else:
                until = bucket.now + wait + GRACE
                ticket = bucket.turns.wait(ticket, priority, calls, until)
            self.store.save(bucket)
        if wait > patience:
            raise RateLimited(_lt("The shop's call budget is used up for now."), wait=wait)
        return ticket, wait, None

    def _wait(self, bucket, priority, calls, ticket):
        """0.0 when it is this one's turn, else the seconds until it may be."""
        wait = seconds_until(bucket, self.limits, calls)
        if ahead := bucket.turns.ahead(priority, ticket, bucket.sequence, bucket.now):
            turn = seconds_until(bucket, self.limits, ahead + calls)
            wait = min(turn, wait + PATIENCE)
        if not wait and bucket.turns.held(priority, bucket.sequence, bucket.now):
            return PATIENCE
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

    def save(self, bucket, calls=0):
        """Keep the bucket, whose last `calls` calls are made now."""
        for number in range(bucket.sequence - calls + 1, bucket.sequence + 1):
            self._calls[number] = bucket.now

    def move(self, bucket, numbers):
        """These calls count as made now."""
        self._calls.update(dict.fromkeys(numbers, bucket.now))
