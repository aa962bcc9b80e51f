"""Who may call, and how often: Basic auth with a lock-out, and four token buckets a key."""

import base64
import datetime
import threading
import time
from dataclasses import dataclass

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


class Gate:
    def __init__(self, key, secret, limits, clock=None):
        self.set_credentials(key, secret)
        self.limits = limits
        self._clock = clock or time.time
        self._lock = threading.Lock()
        self._tokens = {}
        self.failures = 0

    def set_credentials(self, key, secret):
        self._expected = "Basic " + base64.b64encode(f"{key}:{secret}".encode()).decode()

    def check(self, authorization):
        """Raise the 401, 403 or 429 this call gets."""
        with self._lock:
            if self.failures >= LOCKED_AFTER:
                raise ApiError(403, "forbidden", "Too many failed attempts, access is locked")
            if authorization != self._expected:
                self.failures += 1
                raise ApiError(401, "unauthorized", "Invalid API key or secret")
            self.failures = 0
            if self.limits:
                self._take_token()

    def _take_token(self):
        now = self._clock()
        limits = self.limits
        windows = (
            (limits.per_second, 1),
            (limits.per_minute, 60),
            (limits.per_hour, 3600),
            (limits.per_day, 86400),
        )
        filled, reset = {}, now
        for size, seconds in windows:
            tokens, since = self._tokens.get(seconds, (size, now))
            filled[seconds] = min(size, tokens + (now - since) * size / seconds)
            if filled[seconds] < 1:
                reset = max(reset, now + (1 - filled[seconds]) * seconds / size)
        allowed = reset == now
        for seconds, tokens in filled.items():
            self._tokens[seconds] = (tokens - allowed, now)
        if not allowed:
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
