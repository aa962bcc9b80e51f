"""Hours of the day in which something may be done, as the clock on the wall shows them.

On the two days a year when the clock changes an hour is missing or comes twice: what begins in the
missing one begins after it, and both of the double one count."""

import datetime

MINUTE = datetime.timedelta(minutes=1)
A_DAY = 26 * 60  # minutes; the longest day has 25 hours


def next_open(moment, zone, hour_from, hour_to):
    """The first minute from `moment` on that lies in the hours from `hour_from` to `hour_to` of
    the time zone `zone` (a tzinfo). `moment` and the result are UTC, without a time zone; hours
    are like 8.5 for 8:30, and may go over midnight. Equal ones leave the whole day open."""
    if hour_from == hour_to or _is_open(moment, zone, hour_from, hour_to):
        return moment
    start = moment.replace(second=0, microsecond=0)
    for minutes in range(1, A_DAY):
        later = start + minutes * MINUTE
        if _is_open(later, zone, hour_from, hour_to):
            return later
    raise AssertionError(f"No minute of a day lies between {hour_from} and {hour_to}.")


def _is_open(moment, zone, hour_from, hour_to):
    here = moment.replace(tzinfo=datetime.UTC).astimezone(zone)
    hour = here.hour + here.minute / 60
    if hour_from < hour_to:
        return hour_from <= hour < hour_to
    return hour >= hour_from or hour < hour_to
