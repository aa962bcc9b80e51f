import datetime
import zoneinfo

import pytest
from api.hours import next_open

BUCHAREST = zoneinfo.ZoneInfo("Europe/Bucharest")


def opens(moment, hour_from, hour_to):
    parsed = datetime.datetime.fromisoformat(moment)
    return next_open(parsed, BUCHAREST, hour_from, hour_to).isoformat(" ", "seconds")


@pytest.mark.parametrize(
    ("moment", "hours", "result"),
    [
        pytest.param("2026-01-12 10:00:07", (9, 18), "2026-01-12 10:00:07", id="open"),
        pytest.param("2026-01-12 06:59:59", (9, 18), "2026-01-12 07:00:00", id="before, in winter"),
        pytest.param("2026-07-13 05:00:00", (9, 18), "2026-07-13 06:00:00", id="before, in summer"),
        pytest.param("2026-01-12 16:00:00", (9, 18), "2026-01-13 07:00:00", id="after the end"),
        pytest.param("2026-01-12 20:00:00", (20, 8), "2026-01-12 20:00:00", id="over midnight"),
        pytest.param("2026-01-12 10:00:00", (20, 8), "2026-01-12 18:00:00", id="until evening"),
        pytest.param("2026-01-12 10:00:00", (8.5, 8.5), "2026-01-12 10:00:00", id="the whole day"),
        pytest.param("2026-01-12 06:00:00", (8.5, 17), "2026-01-12 06:30:00", id="half an hour"),
        # On 29 March 2026 the clock goes from 3:00 to 4:00, at 1:00 UTC.
        pytest.param("2026-03-28 22:00:00", (3.5, 5), "2026-03-29 01:00:00", id="the missing hour"),
        pytest.param("2026-03-28 20:00:00", (9, 18), "2026-03-29 06:00:00", id="a short night"),
        # On 25 October 2026 it goes from 4:00 back to 3:00, at 1:00 UTC.
        pytest.param("2026-10-25 00:30:00", (3, 4), "2026-10-25 00:30:00", id="the double hour"),
        pytest.param("2026-10-25 01:30:00", (3, 4), "2026-10-25 01:30:00", id="the second of it"),
        pytest.param("2026-10-24 20:00:00", (9, 18), "2026-10-25 07:00:00", id="a long night"),
    ],
)
def test_when_the_hours_begin(moment, hours, result):
    assert opens(moment, *hours) == result


def test_hours_that_no_day_has():
    with pytest.raises(AssertionError, match="No minute"):
        opens("2026-01-12 10:00:00", 25, 26)
