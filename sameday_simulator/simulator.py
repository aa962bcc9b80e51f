"""A running courier: the web server, its state, and what tests do to it from outside."""

import time

from simulation.server import Server

from .app import Application
from .awbs import Awbs
from .contract import Contract
from .faults import Faults
from .store import Store


class Simulator(Server):
    """A courier with an API and a page on 127.0.0.1.

    `token_life`: seconds; `clock` (seconds since 1970) is the courier's;
    `label_has_reference`: whether the label shows the customer's reference."""

    def __init__(
        self,
        db=":memory:",
        port=0,
        username="demo",
        password="demo",
        token_life=12 * 3600,
        has_lockers=True,
        lockers=60,
        label_has_reference=True,
        clock=time.time,
    ):
        self.username, self.password = username, password
        self.token_life, self.clock = token_life, clock
        self.label_has_reference = label_has_reference
        self.contract = Contract(has_lockers, lockers)
        self.store, self.faults = Store(db), Faults()
        self.awbs = Awbs(self.store, self.contract, lambda: self.clock())
        self.listen(Application(self), port)

    def clear(self):
        """As it began, at the same address."""
        self.faults.clear()
        self.store.clear()

    # What a test does to the courier, and looks at

    def move(self, number, *steps, reason=""):
        """What happens to a parcel; see `awbs.STEPS`."""
        for step in steps:
            self.awbs.move(self.store.get(number), step, reason)

    def expire_tokens(self):
        self.store.forget_tokens()

    def all(self):
        """The waybills, oldest first."""
        return self.store.awbs()

    def count(self, reference=None):
        """How many waybills there are, or of one reference."""
        return self.store.count(reference)

    def calls_of(self, method, path):
        """Logged calls of a method whose path starts with `path`."""
        return [
            call
            for call in self.store.calls()
            if call["method"] == method and call["path"].startswith(path)
        ]
