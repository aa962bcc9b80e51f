"""When a cut-off is: a time of the day on some weekdays, in a time zone. Pure, without Odoo.

A time that the clock skips in spring is the moment after the gap; one that it shows twice in
autumn is the first of the two, once."""

import datetime
from zoneinfo import ZoneInfo

UTC = datetime.UTC
DAY = datetime.timedelta(days=1)


def cutoff_of(day, hour, zone):
    """The moment (naive UTC) of the cut-off of a local date; `hour` as Odoo has it, 16.5 for
    half past four."""
    minutes = round(hour * 60)
    if minutes >= 24 * 60:
        day, minutes = day + DAY, minutes - 24 * 60
    local = datetime.datetime.combine(day, datetime.time(minutes // 60, minutes % 60))
    return local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC).replace(tzinfo=None)


def last_cutoff(now, hour, weekdays, zone):
    """(local date, moment) of the last cut-off until `now` (naive UTC), or None. `weekdays`: from
    0 for Monday."""
    return _nearest(now, hour, weekdays, zone, -1, lambda moment: moment <= now)


def next_cutoff(now, hour, weekdays, zone):
    """(local date, moment) of the first cut-off after `now`, or None."""
    return _nearest(now, hour, weekdays, zone, 1, lambda moment: moment > now)


def _nearest(now, hour, weekdays, zone, step, fits):
    today = now.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()
    # A day before or after the week: the hour may be past midnight in UTC.
    for distance in range(-1, 9):
        day = today + step * distance * DAY
        moment = cutoff_of(day, hour, zone)
        if day.weekday() in weekdays and fits(moment):
            return day, moment
    return None
