"""The call budget: never too many calls in any window, the urgent ones first."""

import threading

import pytest
from api.errors import RateLimited
from api.limits import Limiter, Limits, MemoryStore, Priority
from hypothesis import example, given, settings
from hypothesis import strategies as st

from merchantpro_simulator.counting import WAYS

UNBOUNDED = 10**9


class Clock:
    """Seconds that pass only when somebody sleeps."""

    now = 1000.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        assert seconds > 0
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


def windows_kept(times, limits):
    """Whether no window of any length holds more calls than it may."""
    return all(
        later - earlier >= seconds
        for count, seconds in limits.windows()
        for earlier, later in zip(times, times[count:], strict=False)
    )


SOME_LIMITS = st.builds(
    Limits,
    per_second=st.integers(1, 5),
    per_minute=st.integers(1, 12),
    per_hour=st.integers(1, 30),
    per_day=st.integers(1, 40),
)
CALLERS = st.tuples(
    st.sampled_from(Priority), st.floats(0, 5) | st.floats(0, 90) | st.floats(0, 90_000)
)


@settings(max_examples=150)
@given(limits=SOME_LIMITS, callers=st.lists(CALLERS, max_size=60))
@example(limits=Limits(1, 1, 1, 1), callers=[(Priority.ORDERS, 0.0)] * 3)
@example(limits=Limits(), callers=[(Priority.STOCK, 0.0)] * 200)
def test_no_window_ever_holds_more_calls_than_allowed_however_the_site_counts(limits, callers):
    clock = Clock()
    limiter = Limiter(MemoryStore(clock), limits, sleep=clock.sleep)
    times = []
    for priority, pause in callers:
        clock.now += pause
        limiter.acquire(priority, max_wait=UNBOUNDED)
        times.append(clock.now)
    assert windows_kept(times, limits)
    for counted in (way() for way in WAYS.values()):
        assert not any(counted.take(at, limits.windows(), 1) for at in times)


@settings(max_examples=100)
@given(
    limits=SOME_LIMITS,
    callers=st.lists(CALLERS, max_size=40),
    closings=st.dictionaries(st.integers(0, 40), st.floats(0, 500)),
)
def test_nobody_calls_while_the_shop_has_closed(limits, callers, closings):
    clock = Clock()
    limiter = Limiter(MemoryStore(clock), limits, sleep=clock.sleep)
    closed_until = 0.0
    for number, (priority, pause) in enumerate(callers):
        clock.now += pause
        if number in closings:
            limiter.close(closings[number])
            closed_until = max(closed_until, clock.now + closings[number])
        limiter.acquire(priority, max_wait=UNBOUNDED)
        assert clock.now >= closed_until


def test_budget_is_used_to_the_full(clock):
    """80 a minute and 4 a second: the 400th call is due in the fifth minute."""
    limiter = Limiter(MemoryStore(clock), sleep=clock.sleep)
    for _call in range(400):
        limiter.acquire(Priority.STOCK)
    assert clock.now - 1000 < 4 * 61 + 21


def test_first_calls_do_not_wait(clock):
    limiter = Limiter(MemoryStore(clock), sleep=clock.sleep)
    for _call in range(4):
        limiter.acquire(Priority.IMAGES)
    assert clock.now == 1000


def test_caller_that_would_wait_too_long_is_told_how_long(clock):
    limiter = Limiter(MemoryStore(clock), Limits(per_minute=1), sleep=clock.sleep)
    limiter.acquire(Priority.STOCK)
    with pytest.raises(RateLimited) as refusal:
        limiter.acquire(Priority.STOCK, max_wait=30)
    assert refusal.value.wait == pytest.approx(60, abs=0.1)
    assert refusal.value.status is None
    assert clock.now == 1000


def test_short_closing_does_not_shorten_a_long_one(clock):
    limiter = Limiter(MemoryStore(clock), sleep=clock.sleep)
    limiter.close(50)
    limiter.close(5)
    limiter.acquire(Priority.ORDERS)
    assert clock.now == pytest.approx(1050)


def test_calls_that_are_made_together_need_room_together(clock):
    limiter = Limiter(MemoryStore(clock), Limits(per_second=5), sleep=clock.sleep)
    assert list(limiter.acquire(Priority.STOCK, calls=3)) == [1, 2, 3]
    assert list(limiter.acquire(Priority.STOCK, calls=3)) == [4, 5, 6]
    assert clock.now == pytest.approx(1001.05)


def test_more_calls_than_a_window_has_are_refused_at_once(clock):
    limiter = Limiter(MemoryStore(clock), Limits(per_second=5), sleep=clock.sleep)
    with pytest.raises(AssertionError, match="wait for ever"):
        limiter.acquire(Priority.STOCK, calls=6)
    assert limiter.limits.at_once == 5


def test_slow_call_counts_from_its_answer(clock):
    """It may have come to the shop at its very end, where the next ones come at once."""
    limiter = Limiter(MemoryStore(clock), Limits(per_second=2), sleep=clock.sleep)
    first = limiter.acquire(Priority.STOCK)
    clock.now += 0.4
    limiter.took(first, 0.4)
    second = limiter.acquire(Priority.STOCK)
    clock.now += 0.01
    limiter.took(second, 0.01)
    limiter.acquire(Priority.STOCK)
    assert clock.now == pytest.approx(1001.45)
    limiter.acquire(Priority.STOCK)
    assert clock.now == pytest.approx(1001.45), "the second one was quick: it counts from its start"


def test_clock_that_was_set_back_holds_up_nobody(clock):
    limiter = Limiter(MemoryStore(clock), Limits(per_minute=1), sleep=clock.sleep)
    clock.now = 10_000
    limiter.acquire(Priority.STOCK)
    clock.now -= 3600
    limiter.acquire(Priority.STOCK, max_wait=0)


def test_store_is_not_locked_while_somebody_waits(clock):
    store, limits = MemoryStore(clock), Limits(per_second=1)
    Limiter(store, limits).acquire(Priority.CATALOG)
    looked = []

    def sleep(seconds):
        clock.sleep(seconds)
        with store.locked() as bucket:
            looked.append(bucket.sequence)

    Limiter(store, limits, sleep=sleep).acquire(Priority.STOCK)
    assert looked == [1]


def test_threads_share_one_budget():
    """With the true clock, so that the threads do race."""
    limits = Limits(per_second=10)
    store = MemoryStore()
    times = []

    def call():
        limiter = Limiter(store, limits)
        for _call in range(4):
            limiter.acquire(Priority.STOCK)

    threads = [threading.Thread(target=call) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.locked() as bucket:
        times = bucket.times(list(range(1, 17)))
        assert bucket.sequence == 16
    assert windows_kept([times[number] for number in sorted(times)], limits)
