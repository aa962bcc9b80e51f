"""Whose turn it is when calls are scarce: the more urgent first, among equals who came first.

Yet nobody waits for ever: when twenty calls went to others, the next one is for
whoever asks, however little urgent. So a catalogue is read, slowly, also while
stock is sent all day.

One that calls again and again is not waiting while its call travels. If the
less urgent took that for the end of it, they would get every other call. So one
that had to wait for its call is taken to come back, for a moment.

A process that dies while it waits is forgotten soon after it should have come.
"""

from enum import IntEnum
from typing import NamedTuple

SHARE = 20  # calls that may go to others before one is due
GRACE = 0.5  # seconds that one may come late before it is forgotten
# Seconds between two calls of a busy process: at 80 a minute, one that is faster needs them all.
COMES_BACK = 0.75


class Priority(IntEnum):
    """Who goes first when calls are scarce."""

    ORDERS = 0
    STOCK = 1
    PRICES = 2
    CATALOG = 3
    IMAGES = 4


class Waiter(NamedTuple):
    """One that sleeps until its turn; it wants `calls` calls and is forgotten after `until`."""

    ticket: int
    priority: int
    calls: int
    until: float


class Turns:
    """The queue of a key. `served` has the number of the last call of each priority, `back` the
    time until which a busy one is taken to come back."""

    def __init__(self, last_ticket=0, served=None, back=None, waiting=()):
        self.last_ticket = last_ticket
        self.served = served or [0] * len(Priority)
        self.back = back or [0.0] * len(Priority)
        self.waiting = [Waiter(*each) for each in waiting]

    def stored(self):
        """What `Turns(**stored)` is made of again; JSON can hold it."""
        return vars(self)

    def ahead(self, priority, ticket, sequence, now):
        """How many calls those want who go first. `ticket` is None for one that has just come."""
        self.waiting = [each for each in self.waiting if each.until > now]
        mine = self._rank(priority, ticket or self.last_ticket + 1, sequence)
        return sum(
            each.calls
            for each in self.waiting
            if each.ticket != ticket and self._rank(each.priority, each.ticket, sequence) < mine
        )

    def held(self, priority, sequence, now):
        """Whether a more urgent one, busy just now, is about to come back."""
        mine = self._rank(priority, 0, sequence)
        return any(
            self.back[other] > now and self._rank(other, 0, sequence) < mine
            for other in range(priority)
        )

    def wait(self, ticket, priority, calls, until):
        """Queue up, or stay in the queue for longer; returns the ticket."""
        self.leave(ticket)
        if ticket is None:
            self.last_ticket += 1
            ticket = self.last_ticket
        self.waiting.append(Waiter(ticket, priority, calls, until))
        return ticket

    def leave(self, ticket):
        self.waiting = [each for each in self.waiting if each.ticket != ticket]

    def serve(self, ticket, priority, sequence, now):
        """It got its calls, the last of which is number `sequence`."""
        self.leave(ticket)
        self.served[priority] = sequence
        if ticket or self.back[priority] > now:
            self.back[priority] = now + COMES_BACK

    def _rank(self, priority, ticket, sequence):
        due = sequence - self.served[priority] >= SHARE
        return (not due, priority, ticket)
