"""The cut-off is at the shop's own time of day, whatever the clocks do."""

import datetime

import pytest
from api.cutoff import cutoff_of, last_cutoff, next_cutoff

ZONE = "Europe/Bucharest"
WEEK = set(range(7))
WORKDAYS = set(range(5))


def moment(text):
    return datetime.datetime.fromisoformat(text)


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("date", "hour", "utc"),
    [
        ("2026-01-15", 17.0, "2026-01-15 15:00"),
        ("2026-07-15", 17.5, "2026-07-15 14:30"),
        # 3:30 is skipped in spring, so it is 4:30 then.
        ("2026-03-29", 3.5, "2026-03-29 01:30"),
        ("2026-03-29", 4.5, "2026-03-29 01:30"),
        # It is there twice in autumn: the first.
        ("2026-10-25", 3.5, "2026-10-25 00:30"),
        ("2026-10-25", 4.0, "2026-10-25 02:00"),
        ("2026-01-15", 23 + 59.99 / 60, "2026-01-15 22:00"),
        ("2026-01-15", 0.0, "2026-01-14 22:00"),
    ],
)
def test_the_moment_of_a_local_time(date, hour, utc):
    assert cutoff_of(day(date), hour, ZONE) == moment(utc)


def test_each_day_has_one_cut_off_also_when_clocks_change():
    for start in ("2026-03-27", "2026-10-23"):
        now, seen = moment(f"{start} 00:00"), []
        while len(seen) < 5:
            found, at = next_cutoff(now, 3.5, WEEK, ZONE)
            seen.append(found)
            assert last_cutoff(at, 3.5, WEEK, ZONE) == (found, at)
            now = at
        assert seen == [seen[0] + datetime.timedelta(days=n) for n in range(5)]


def test_other_days_have_none():
    friday, monday = day("2026-11-27"), day("2026-11-30")
    saturday = moment("2026-11-28 12:00")
    assert last_cutoff(saturday, 17, WORKDAYS, ZONE)[0] == friday
    assert next_cutoff(saturday, 17, WORKDAYS, ZONE)[0] == monday
    assert next_cutoff(saturday, 17, {5}, ZONE)[0] == day("2026-11-28")
    assert next_cutoff(saturday, 13, {5}, ZONE)[0] == day("2026-12-05")
    assert last_cutoff(saturday, 17, {5}, ZONE)[0] == day("2026-11-21")
    assert next_cutoff(saturday, 17, set(), ZONE) is None


def test_just_before_and_at_the_time():
    at = moment("2026-11-27 15:00")
    before = at - datetime.timedelta(seconds=1)
    assert last_cutoff(before, 17, WEEK, ZONE)[0] == day("2026-11-26")
    assert next_cutoff(before, 17, WEEK, ZONE) == (day("2026-11-27"), at)
    assert last_cutoff(at, 17, WEEK, ZONE) == (day("2026-11-27"), at)
    assert next_cutoff(at, 17, WEEK, ZONE)[0] == day("2026-11-28")
