"""Deliveries that are validated while another process sends the stock of the same products to a
slow site: nobody waits for a lock of the push, nothing has to be done again."""

import os
import signal
import statistics
import threading
import time

from tools import postgres

from . import _push_shop, _push_worker
from ._odoo import environment_of
from ._push_delivery import ready

UNITS, DELIVERIES, LINES = 40, 50, 4
SLOW = 0.03
WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def run(name):
    """{figure: {"value", "goal", "ok"}}; `name` is that of a database of its own."""
    with _push_shop.site(UNITS) as site, _push_shop.unlimited():
        with environment_of(name) as env:
            shop_id = _push_shop.shop_of(env, site, UNITS)[0].id
        site.faults.set("slow", seconds=SLOW, path="/inventory")
        pid = _push_worker.start(name, shop_id, endless=True)
        with environment_of(name) as env, LockWatch(name) as watch:
            alone, beside, conflicts = measured(env, pid)
        _push_worker.kill(pid)
        calls = len(site.calls)
    assert calls > DELIVERIES, "it was sending all the time"
    slower = round(statistics.median(beside) / statistics.median(alone), 2)
    return {
        "beside a push: deliveries in conflict": _push_shop.figure(conflicts, "= 0"),
        "beside a push: looks that found a wait for a lock": _push_shop.figure(watch.seen, "= 0"),
        "beside a push: delivery takes, times": _push_shop.figure(slower, "<= 1.5"),
    }


def measured(env, pid):
    """(seconds of deliveries while the push is stopped, while it runs, conflicts). Stopped it
    keeps the locks it has, if any: that too must be no reason to wait."""
    products = env["merchantpro.variant"].search([], order="id").product_id
    alone, beside, conflicts = [], [], 0
    for number in range(2 * DELIVERIES):
        delivery = ready(env, products[number % 10 :: len(products) // LINES])
        env.cr.commit()
        os.kill(pid, signal.SIGCONT if number % 2 else signal.SIGSTOP)
        seconds, failed = validated(env, delivery)
        os.kill(pid, signal.SIGCONT)
        (beside if number % 2 else alone).append(seconds)
        conflicts += failed
    return alone, beside, conflicts


def validated(env, delivery):
    """(seconds it took, whether it failed for what another transaction did)."""
    from psycopg2 import errors

    started = time.monotonic()
    try:
        delivery.button_validate()
        env.cr.commit()
    except (errors.SerializationFailure, errors.LockNotAvailable, errors.DeadlockDetected):
        env.cr.rollback()
        return time.monotonic() - started, True
    return time.monotonic() - started, False


class LockWatch(threading.Thread):
    """Looks again and again whether anybody waits for a lock; `seen` counts how often."""

    def __init__(self, database):
        super().__init__(daemon=True)
        self._database = database
        self._done = threading.Event()
        self.looks = self.seen = 0

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_exception):
        self._done.set()
        self.join()
        assert self.looks > 100

    def run(self):
        import psycopg2

        where = postgres.environment()
        connection = psycopg2.connect(
            dbname=self._database, host=where["PGHOST"], port=where["PGPORT"], user=where["PGUSER"]
        )
        connection.autocommit = True
        with connection.cursor() as cursor:
            while not self._done.wait(0.005):
                cursor.execute(WAITING)
                self.seen += cursor.fetchone()[0]
                self.looks += 1
        connection.close()
