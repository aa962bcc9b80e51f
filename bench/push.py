"""Stock to the site: how soon, at how many calls, at what cost for who works in the ERP, and what
is left when processes are killed."""

import contextlib
import time

from tools.steps import report

from . import (
    _push_at_once,
    _push_beside_work,
    _push_coalesced,
    _push_delivery,
    _push_killed,
    _push_minute,
)
from ._odoo import environment, fresh_database

PARTS = (_push_minute, _push_at_once, _push_coalesced)
# These have processes of their own, and open their cursors after those are made.
FORKING = (_push_beside_work, _push_killed)


def run():
    """The figures of all parts, each on a database of its own; a delivery is compared on two."""
    figures = {}
    with timed("delivery"), environment() as env, environment(with_addon=False) as plain:
        figures.update(_push_delivery.run(env, plain))
    for part in PARTS:
        with timed(part.__name__), environment() as env:
            figures.update(part.run(env))
    for part in FORKING:
        with timed(part.__name__), fresh_database() as name:
            figures.update(part.run(name))
    return figures


@contextlib.contextmanager
def timed(part):
    """Tell when a part is done: all of them take minutes."""
    started = time.monotonic()
    yield
    report(part.rpartition("._push_")[2], "measured", time.monotonic() - started)
