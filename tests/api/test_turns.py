"""Who goes first when calls are scarce. Everybody's clock is one simulated clock, so each of these
is exact: a crowd of callers, of whom the one that sleeps least wakes up next."""

import collections
import heapq
import itertools

import pytest
from api.errors import RateLimited
from api.limits import Limiter, Limits, MemoryStore, Priority
from api.turns import SHARE, Turns

LIMITS = Limits(per_second=4, per_minute=10**6, per_hour=10**6, per_day=10**6)
PACE = 4 / 1.05


class Crowd:
    """Callers that make one call after the other; `calls` are (time, name), as they were made."""

    def __init__(self, limits=LIMITS):
        self.now = 1000.0
        self.calls = []
        self._limiter = Limiter(MemoryStore(lambda: self.now), limits)
        self._order = itertools.count()
        self._asleep = []

    def add(self, name, priority, start=0.0, travel=0.01, stop=1e9, calls=1):
        caller = self._life(name, priority, travel, 1000.0 + stop, calls)
        heapq.heappush(self._asleep, (1000.0 + start, next(self._order), caller))

    def run(self, until):
        while self._asleep and self._asleep[0][0] <= 1000.0 + until:
            self.now, _order, caller = heapq.heappop(self._asleep)
            for pause in caller:
                heapq.heappush(self._asleep, (self.now + pause, next(self._order), caller))
                break
        return collections.Counter(name for _at, name in self.calls)

    def _life(self, name, priority, travel, stop, calls):
        ticket = None
        while ticket or self.now < stop:
            ticket, pause, numbers = self._limiter._try(priority, calls, ticket, 1e9)
            if numbers:
                self.calls.append((self.now, name))
                pause = travel
            yield pause


@pytest.mark.parametrize("travel", [0.01, 0.1, 0.24])
def test_more_urgent_goes_first_and_the_other_gets_one_in_twenty(travel):
    crowd = Crowd()
    crowd.add("catalog", Priority.CATALOG, travel=travel)
    crowd.add("stock", Priority.STOCK, travel=travel)
    made = crowd.run(300)
    assert made["stock"] + made["catalog"] >= 0.95 * 300 * PACE
    assert made["catalog"] == pytest.approx(sum(made.values()) / (SHARE + 1), rel=0.2)


def test_all_five_kinds_are_served_and_in_their_order():
    crowd = Crowd()
    for priority in reversed(Priority):
        crowd.add(priority.name, priority)
    made = crowd.run(300)
    total = sum(made.values())
    assert total >= 0.99 * 300 * PACE
    least = [made[priority.name] / total for priority in Priority if priority.value]
    assert min(least) > 0.9 / (SHARE + 1 + len(Priority))
    assert made["ORDERS"] / total > 0.75


def test_urgent_one_that_comes_gets_one_of_the_next_calls():
    crowd = Crowd()
    for number in range(6):
        crowd.add(f"picture {number}", Priority.IMAGES)
    crowd.run(100)
    crowd.add("order", Priority.ORDERS, start=100.0, stop=100.5)
    crowd.run(110)
    after = [name for at, name in crowd.calls if at > 1100.0]
    assert "order" in after[: LIMITS.per_second], "the calls that become free together"


def test_among_equals_nobody_is_left_out():
    crowd = Crowd()
    for number in range(5):
        crowd.add(number, Priority.STOCK)
    made = crowd.run(100)
    assert len(made) == 5
    assert min(made.values()) >= 0.45 * max(made.values())


def test_what_the_urgent_leave_goes_to_the_others_at_once():
    """A slow shop: one who waits for each answer cannot use the budget, so another may."""
    crowd = Crowd()
    crowd.add("stock", Priority.STOCK, travel=1.0)
    crowd.add("catalog", Priority.CATALOG)
    made = crowd.run(100)
    assert made["stock"] >= 95
    assert sum(made.values()) >= 0.95 * 100 * PACE


def test_when_the_urgent_are_done_nobody_waits_for_them():
    crowd = Crowd()
    crowd.add("stock", Priority.STOCK, stop=50)
    crowd.add("catalog", Priority.CATALOG)
    crowd.run(100)
    after = [at for at, name in crowd.calls if at > 1051]
    assert len(after) >= 0.95 * 49 * PACE


def test_dead_callers_hold_up_nobody():
    crowd = Crowd()
    crowd.add("catalog", Priority.CATALOG)
    crowd.run(10)
    for _caller in range(10):  # they queue up, and are never heard of again
        crowd._limiter._try(Priority.STOCK, 1, None, 1e9)
    before = len(crowd.calls)
    crowd.run(40)
    assert len(crowd.calls) - before >= 0.9 * 30 * PACE


def test_one_refused_for_its_patience_is_no_longer_in_the_queue():
    crowd = Crowd(Limits(per_minute=1))
    limiter = crowd._limiter
    limiter.acquire(Priority.ORDERS)
    with pytest.raises(RateLimited):
        limiter.acquire(Priority.ORDERS, max_wait=5)
    with limiter.store.locked() as bucket:
        assert bucket.turns.waiting == []


def test_several_calls_together_are_not_overtaken_for_ever():
    crowd = Crowd()
    crowd.add("batch", Priority.STOCK, calls=4)
    for number in range(3):
        crowd.add(f"single {number}", Priority.STOCK)
    made = crowd.run(100)
    assert made["batch"] >= 0.9 * made["single 0"]


def test_queue_is_kept_as_json_can():
    turns = Turns()
    turns.wait(None, Priority.STOCK, 2, 1001.0)
    turns.serve(1, Priority.ORDERS, 5, 1000.0)
    turns.wait(None, Priority.PRICES, 1, 1002.0)
    again = Turns(**turns.stored())
    assert again.stored() == turns.stored()
