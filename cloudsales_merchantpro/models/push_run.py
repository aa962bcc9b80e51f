"""One turn at a shop's outbox: what to send, in which order, and what came of it.

Each answer of the site is committed before the next call is made, and before each call that
its outcome is not known yet. So a process may be killed at any point: what was acknowledged
stays so, and what was under way is sent again, also where the site seems to have it."""

import itertools
import math
import time
from dataclasses import dataclass

from ..api import errors
from ..api.limits import Priority
from .merchantpro_shop_turn import CALL_TIMEOUT

# After so long what waits is put in order again: something riskier may have come.
ORDER_SECONDS = 10


@dataclass(frozen=True, eq=False)
class Send:
    """What one row of the site is to be told."""

    row: object
    values: dict
    published: dict  # all that the site should have
    changes: list  # ids of the outbox
    bulk: bool
    unknown: bool  # whether it was unknown before what the site has

    @property
    def newest_change(self):
        return max(self.changes)

    @property
    def risk(self):
        """Sort key: what may be oversold first (to zero, then down), then what may be sold more,
        then prices. What is sent only because everything is comes after all changes."""
        stock = self.values.get("stock")
        if stock is None:
            rank = 3
        elif stock == 0:
            rank = 0
        else:
            rank = 1 if stock < self.row.stock or self.unknown else 2
        return self.bulk, rank, self.row.id

    @property
    def priority(self):
        if self.bulk:
            return Priority.CATALOG
        return Priority.STOCK if "stock" in self.values else Priority.PRICES


class PushRun:
    """`shop` in the transaction to commit in (`_turn`)."""

    def __init__(self, shop, seconds=math.inf):
        self.shop = shop
        self.outbox = shop.env["merchantpro.change"]
        self.client = None  # made when there is something to send
        self.stop_at = time.monotonic() + seconds
        self.newest = 0
        self.unanswered = {}  # Send: error, of what got no usable answer
        self.acknowledged = False

    def run(self):
        """Send what waits. True when time ended before the work."""
        while sends := self._plan():
            order_again_at = time.monotonic() + ORDER_SECONDS
            while sends and time.monotonic() < order_again_at:
                group = self._next_group(sends)
                if group and not self._send(group):
                    return False
                if time.monotonic() > self.stop_at:
                    return True
        if self.unanswered:
            self._give_up(next(iter(self.unanswered.values())))
        return False

    # What to send

    def _plan(self):
        """The Sends that are due, riskiest first. Notes that turn out to be none are deleted."""
        self.shop.env.invalidate_all()
        waiting = self.outbox._waiting(self.shop)
        rows = self.shop.env["merchantpro.variant"].browse([each[0] for each in waiting])
        published, problems = self.shop._published(rows)
        rows._note_price_problems(problems)
        silent = {send.row for send in self.unanswered}
        sends, settled = [], []
        for row, (_id, changes, bulk) in zip(rows, waiting, strict=True):
            self.newest = max(self.newest, *changes)
            wanted = published.get(row, {})
            values = row._to_send(wanted)
            if not values:
                settled += changes
            elif row not in silent and not row._rests(values, max(changes)):
                sends.append(Send(row, values, wanted, changes, bulk, row.must_send))
        self._settle(settled)
        self.shop._keep()
        return sorted(sends, key=lambda send: send.risk)

    def _settle(self, changes):
        self.outbox.browse(changes).unlink()

    def _next_group(self, sends):
        """Take what one call sends from the front of `sends`. What changed since the plan was
        made is left to the next one, which knows the latest value."""
        size = self._client().batch_size if self.shop.batch_calls else 1
        first = sends[0]
        same = itertools.takewhile(lambda send: send.priority == first.priority, sends[:size])
        group = list(same)
        del sends[: len(group)]
        changed = self.outbox._changed_since(self.shop, self.newest)
        return [send for send in group if send.row.id not in changed]

    # Sending

    def _send(self, group):
        """Send and note what came of it. False when no more may be sent now."""
        rows = self.shop.env["merchantpro.variant"].union(*(send.row for send in group))
        rows.must_send = True  # until the site has answered
        self.shop._keep()
        try:
            outcomes = self._outcomes(group)
        except errors.MerchantProError as error:
            outcomes = [error] * len(group)
        stop = None
        for send, outcome in zip(group, outcomes, strict=True):
            stop = self._dealt_with(send, outcome) or stop
        self.shop._keep()
        if stop:
            self._give_up(stop)
        return not stop

    def _client(self):
        if not self.client:
            self.client = self.shop._client(timeout=CALL_TIMEOUT)
        return self.client

    def _outcomes(self, group):
        """What the site answered to each Send, or the error it caused."""
        bodies = [(send.row.external_id, send.row._body(send.values)) for send in group]
        if len(group) == 1:
            return [self._client().patch_inventory(*bodies[0], group[0].priority)]
        try:
            return self._client().patch_inventories(bodies, group[0].priority)
        except errors.BatchNotUnderstood as error:
            # Nothing of the group is settled: its rows come again, one by one.
            self.shop._stop_batches(error)
            return [error] * len(group)

    def _dealt_with(self, send, outcome):
        """Write what came of a Send on its row; an error that ends the turn is returned."""
        if isinstance(outcome, errors.TransientError):
            # One row that the site stumbles over keeps no other waiting; two in a row are the site.
            if self.unanswered:
                return outcome
            self.unanswered[send] = outcome
            return None
        if isinstance(outcome, errors.BatchNotUnderstood):
            return None
        send.row.must_send = send.unknown
        if isinstance(outcome, errors.NotFound):
            send.row._left_the_site(outcome)
            self._settle(send.changes)
        elif isinstance(outcome, errors.BadRequest):
            send.row._refused(outcome, send.values, send.newest_change)
        elif isinstance(outcome, errors.MerchantProError):
            return outcome
        else:
            self._acknowledged(send)
        # So what it did not answer before was about that row only.
        for silent, error in self.unanswered.items():
            silent.row._refused(error, silent.values, silent.newest_change)
        self.unanswered = {}
        return None

    def _acknowledged(self, send):
        send.row._acknowledged(send.values)
        self.acknowledged = True
        if not send.row._to_send(send.published):
            self._settle(send.changes)

    def _give_up(self, error):
        if isinstance(error, errors.Refused):
            self.shop._stop_for(error)
            self.shop._keep()
        elif self.shop._in_job() or not self.acknowledged:
            self.shop._later(error, getattr(error, "wait", None))
