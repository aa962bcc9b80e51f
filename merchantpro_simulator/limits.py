"""Who may call, and how often: Basic auth with a lock-out, and four limits a key."""

import base64
import datetime
import threading
import time
from dataclasses import dataclass

from .counting import WAYS
from .errors import ApiError

LOCKED_AFTER = 5  # wrong attempts in a row; the real number is not documented


@dataclass
class Limits:
    per_second: int = 4
    per_minute: int = 80
    per_hour: int = 3600
    per_day: int = 60000
    retry_after: bool = False  # whether a 429 also carries the header
    reset_as: str = "epoch"  # or "iso", or "missing"
    counting: str = "buckets"  # or another of the WAYS
    batch_as_one: bool = False  # a batch costs one call, not one for each of its requests

    def windows(self):
        """Pairs (number of calls, seconds)."""
        return (
            (self.per_second, 1),
            (self.per_minute, 60),
            (self.per_hour, 3600),
            (self.per_day, 86400),
        )


class Gate:
    def __init__(self, key, secret, limits, clock=None):
        self.set_credentials(key, secret)
        self.limits = limits
        self._clock = clock or time.time
        self._lock = threading.Lock()
        self._counted = WAYS[limits.counting if limits else "buckets"]()
        self.failures = 0

    def set_credentials(self, key, secret):
        self._expected = "Basic " + base64.b64encode(f"{key}:{secret}".encode()).decode()

    def check(self, authorization):
        """Raise the 401 or 403 this call gets."""
        with self._lock:
            if self.failures >= LOCKED_AFTER:
                raise ApiError(403, "forbidden", "Too many failed attempts, access is locked")
            if authorization != self._expected:
                self.failures += 1
                raise ApiError(401, "unauthorized", "Invalid API key or secret")
            self.failures = 0

    def spend_batch(self, requests):
        """Count a batch of so many requests. Raises the 429."""
        self.spend(1 if self.limits and self.limits.batch_as_one else requests)

    def spend(self, calls):
        """Count calls. Raises the 429."""
        if not self.limits:
            return
        with self._lock:
            now = self._clock()
            reset = self._counted.take(now, self.limits.windows(), calls)
            if reset is not None:
                raise self._too_many(now, reset)

    def _too_many(self, now, reset):
        details, headers = {}, {}
        if self.limits.reset_as == "epoch":
            details["reset_time"] = int(reset) + 1
        elif self.limits.reset_as == "iso":
            moment = datetime.datetime.fromtimestamp(int(reset) + 1, datetime.UTC)
            details["reset_time"] = moment.isoformat()
        if self.limits.retry_after:
            headers["Retry-After"] = str(int(reset - now) + 1)
        return ApiError(429, "too_many_requests", "Too many requests", details, headers)
