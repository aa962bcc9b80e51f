"""The same number of orders imported by one process, and by two at once that take their batches in
turn, as the job runner deals them out. The time is the clock's: nothing else may run beside it.

One process does half of its orders before the two and half after them, so that neither gains by
how full the database is."""

import os
import time

from . import _orders_shop
from ._forked import Fork
from ._odoo import environment_of
from ._push_shop import figure

ORDERS = int(os.environ.get("BENCH_ORDERS") or 1000)
BATCH = 20
GAIN = 1.7


def run(name):
    """{figure: {"value", "goal", "ok"}}; `name` is that of a database of its own."""
    with _orders_shop.site() as site:
        with environment_of(name) as env:
            shop = _orders_shop.shop_of(env, site)
            _orders_shop.inbox(shop, _orders_shop.place(site, BATCH)).process()
        half = ORDERS // 2
        alone = timed(name, site, 1, BATCH + 1, half)
        both = timed(name, site, 2, BATCH + half + 1, ORDERS)
        alone += timed(name, site, 1, BATCH + half + ORDERS + 1, ORDERS - half)
    return {"pace of two workers / of one": figure(round(alone / both, 2), f">= {GAIN}")}


def timed(name, site, workers, first, count):
    """Seconds until so many workers have imported that many more orders."""
    with environment_of(name) as env:
        shop = env["merchantpro.shop"].search([], limit=1)
        ids = _orders_shop.inbox(shop, _orders_shop.place(site, count, first)).ids
    batches = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
    forks = [at_work(name, batches[number::workers]) for number in range(workers)]
    results, processor = zip(*(fork.result() for fork in forks), strict=True)
    repeats, passed = zip(*results, strict=True)
    print(
        f"{count} orders by {workers}: {max(passed):.1f} s, {sum(processor):.1f} s of processor"
        f" time, {sum(repeats)} batches repeated",
        flush=True,
    )
    return max(passed)


def at_work(name, batches):
    """A process that imports these orders; its result: (how often it began something again,
    seconds that passed)."""

    def work():
        started = time.monotonic()
        repeats = imported(name, batches)
        return repeats, time.monotonic() - started

    return Fork(name, work)


def imported(name, batches):
    """Import and reserve; how often a batch was begun again."""
    repeats, left = 0, []
    for ids in batches:
        while not done(name, ids, "_process_batch"):
            repeats += 1
        left = [each for each in [*left, ids] if not done(name, each, "_job_reserve")]
    while left:
        time.sleep(0.01)
        left = [each for each in left if not done(name, each, "_job_reserve")]
    return repeats


def done(name, ids, method):
    """Whether this job of these orders succeeded; else it is to begin again."""
    from psycopg2.errors import SerializationFailure

    from odoo.addons.queue_job.exception import RetryableJobError

    try:
        with environment_of(name) as env:
            getattr(env["merchantpro.order"].with_context(job_uuid="bench").browse(ids), method)()
    except (SerializationFailure, RetryableJobError):
        return False
    return True
