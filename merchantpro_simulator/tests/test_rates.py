"""Four limits for a key, counted in one of several ways, and the 429 beyond them."""

import datetime

import pytest
import requests

from merchantpro_simulator import Limits, Simulator

from .conftest import Caller, error_of

WIDE = {"per_second": 10**6, "per_minute": 10**6, "per_hour": 10**6, "per_day": 10**6}


class Clock:
    now = 1_800_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def limited():
    """A function that opens a shop with limits; its clock stands still until it is moved."""
    opened, clock = [], Clock()

    def make(**limits):
        shop = Simulator(limits=Limits(**limits), clock=clock)
        opened.append(shop.__enter__())
        return Caller(shop), clock

    yield make
    for shop in opened:
        shop.__exit__()


def statuses(api, count):
    return [api.get("/products", limit=1).status_code for _call in range(count)]


@pytest.mark.parametrize(
    ("name", "seconds"),
    [("per_second", 1), ("per_minute", 60), ("per_hour", 3600), ("per_day", 86400)],
)
def test_each_bucket_empties_and_fills_again(limited, name, seconds):
    api, clock = limited(**{**WIDE, name: 3})
    assert statuses(api, 4) == [200] * 3 + [429]
    clock.now += seconds / 3 + 0.001
    assert statuses(api, 2) == [200, 429]
    clock.now += seconds
    assert statuses(api, 4) == [200] * 3 + [429]


def test_documented_limits_are_the_default():
    limits = Limits()
    assert (limits.per_second, limits.per_minute) == (4, 80)
    assert (limits.per_hour, limits.per_day) == (3600, 60000)


def test_a_call_that_was_refused_costs_nothing(limited):
    api, clock = limited(**{**WIDE, "per_second": 1, "per_minute": 2})
    assert statuses(api, 5) == [200] + [429] * 4
    clock.now += 1.001
    assert statuses(api, 1) == [200]


def test_body_tells_when_to_come_back_in_epoch_seconds(limited):
    api, clock = limited(**{**WIDE, "per_minute": 1})
    statuses(api, 1)
    answer = api.get("/products")
    assert answer.status_code == 429
    reset = error_of(answer)["details"]["reset_time"]
    assert isinstance(reset, int)
    assert 60 <= reset - clock.now <= 61
    assert "Retry-After" not in answer.headers
    clock.now = reset
    assert statuses(api, 1) == [200]


def test_header_and_other_forms_can_be_switched_on(limited):
    api, clock = limited(**{**WIDE, "per_minute": 1}, retry_after=True, reset_as="iso")
    statuses(api, 1)
    answer = api.get("/products")
    assert int(answer.headers["Retry-After"]) == pytest.approx(61, abs=1)
    reset = datetime.datetime.fromisoformat(error_of(answer)["details"]["reset_time"])
    assert reset.timestamp() == pytest.approx(clock.now + 60, abs=1)


def test_body_may_tell_nothing(limited):
    api, _clock = limited(**{**WIDE, "per_minute": 1}, reset_as="missing")
    statuses(api, 1)
    assert error_of(api.get("/products"))["details"] == {}


def test_wrong_credentials_are_401_even_when_the_budget_is_gone(limited):
    api, _clock = limited(**{**WIDE, "per_minute": 1})
    statuses(api, 1)
    assert statuses(Caller(api.shop, secret="wrong"), 1) == [401]


def test_storefront_is_not_limited(limited):
    api, _clock = limited(**{**WIDE, "per_minute": 1})
    for _visit in range(3):
        assert requests.get(api.shop.url, timeout=20).ok


def test_sliding_windows_look_back_from_any_moment(limited):
    api, clock = limited(**{**WIDE, "per_minute": 3}, counting="sliding")
    assert statuses(api, 1) == [200]
    clock.now += 50
    assert statuses(api, 3) == [200, 200, 429]
    clock.now += 9.9
    assert statuses(api, 1) == [429]
    clock.now += 0.2
    assert statuses(api, 2) == [200, 429]
    clock.now += 49.9
    assert statuses(api, 3) == [200, 200, 429]


def test_fixed_windows_begin_at_the_full_minute(limited):
    api, clock = limited(**{**WIDE, "per_minute": 3}, counting="fixed")
    clock.now += 59
    assert statuses(api, 4) == [200] * 3 + [429]
    clock.now += 1
    assert statuses(api, 4) == [200] * 3 + [429]
    clock.now += 59
    assert statuses(api, 1) == [429]


@pytest.mark.parametrize("counting", ["sliding", "fixed"])
def test_time_to_come_back_is_right_however_it_is_counted(limited, counting):
    api, clock = limited(**{**WIDE, "per_minute": 2, "per_hour": 3}, counting=counting)
    statuses(api, 2)
    clock.now = error_of(api.get("/products"))["details"]["reset_time"]
    assert statuses(api, 2) == [200, 429]
    clock.now = error_of(api.get("/products"))["details"]["reset_time"]
    assert statuses(api, 1) == [200]
