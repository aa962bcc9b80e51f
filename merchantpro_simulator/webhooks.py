"""Signed notices: POST of the record, five seconds to answer, three retries, then disabled."""

import base64
import hashlib
import hmac
import json
import queue
import threading

import requests

TRIES = 4
DISABLED_AFTER = 3  # notices in a row that nobody took


class Webhooks:
    def __init__(self, url, secret, faults, pause=1.0):
        self.url, self.secret = url, secret
        self.disabled = False
        self.pause, self.timeout = pause, 5
        self._failed = 0
        self._faults = faults
        self._held = None
        self._queue = queue.Queue()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def send(self, record):
        """Queue a notice; the caller does not wait for it."""
        if not self.url or self.disabled:
            return
        if self._faults.hit("webhook_disorder") and self._held is None:
            self._held = record
            return
        self._queue.put(record)
        if self._faults.hit("webhook_twice"):
            self._queue.put(record)
        if self._held is not None:
            self._queue.put(self._held)
            self._held = None

    def stop(self):
        self._queue.put(None)
        self._thread.join(10)

    def _work(self):
        while (record := self._queue.get()) is not None:
            self._deliver(json.dumps(record).encode())

    def _deliver(self, body):
        digest = hmac.new(self.secret.encode(), body, hashlib.sha256).digest()
        headers = {
            "Content-Type": "application/json",
            "X-Webhook-Signature": base64.b64encode(digest).decode(),
        }
        for attempt in range(TRIES):
            try:
                answer = requests.post(self.url, data=body, headers=headers, timeout=self.timeout)
                if answer.ok:
                    self._failed = 0
                    return
            except requests.RequestException:
                pass  # the same as an answer that is not 2xx: try again
            threading.Event().wait(self.pause * attempt)
        self._failed += 1
        self.disabled = self._failed >= DISABLED_AFTER
