"""Ways to count calls against (size, seconds) windows; which one the site uses is not known.

Each has `take(now, windows, calls)`: None when these calls are within all windows, which then
count them, else the time from which they would be."""

import collections


class TokenBuckets:
    """Each bucket is refilled all the time, and full after an idle window."""

    def __init__(self):
        self._tokens = {}

    def take(self, now, windows, calls):
        filled, reset = {}, now
        for size, seconds in windows:
            tokens, since = self._tokens.get(seconds, (size, now))
            filled[seconds] = min(size, tokens + (now - since) * size / seconds)
            if filled[seconds] < calls:
                reset = max(reset, now + (calls - filled[seconds]) * seconds / size)
        allowed = reset == now
        for seconds, tokens in filled.items():
            self._tokens[seconds] = (tokens - allowed * calls, now)
        return None if allowed else reset


class SlidingWindows:
    """The calls of the last second, minute, hour and day, whenever one looks: the strictest."""

    def __init__(self):
        self._times = collections.deque()

    def take(self, now, windows, calls):
        reset = now
        for size, seconds in windows:
            # With one more than this, the window that ends now would be too full.
            at = len(self._times) + calls - 1 - size
            if at >= 0:
                reset = max(reset, self._times[min(at, len(self._times) - 1)] + seconds)
        if reset > now:
            return reset
        self._times.extend([now] * calls)
        while self._times and self._times[0] <= now - max(seconds for _size, seconds in windows):
            self._times.popleft()
        return None


class FixedWindows:
    """From each full second, minute, hour and day on they are counted anew."""

    def __init__(self):
        self._counts = {}

    def take(self, now, windows, calls):
        reset, counted = now, {}
        for size, seconds in windows:
            number = now // seconds
            last, count = self._counts.get(seconds, (number, 0))
            counted[seconds] = (number, calls + (count if last == number else 0))
            if counted[seconds][1] > size:
                reset = max(reset, (number + 1) * seconds)
        if reset > now:
            return reset
        self._counts = counted
        return None


WAYS = {"buckets": TokenBuckets, "sliding": SlidingWindows, "fixed": FixedWindows}
