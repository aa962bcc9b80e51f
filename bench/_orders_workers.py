"""The same orders imported by one process, and by two at once that take their batches in turn, as
the job runner deals them out. What counts is the time that passes."""

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
    site = _orders_shop.site()
    with environment_of(name) as env:
        shop = _orders_shop.shop_of(env, site)
        _orders_shop.inbox(shop, _orders_shop.place(site, BATCH)).process()
    alone = timed(name, site, 1, BATCH + 1)
    both = timed(name, site, 2, BATCH + ORDERS + 1)
    return {"pace of two workers / of one": figure(round(alone / both, 2), f">= {GAIN}")}


def timed(name, site, workers, first):
    """Seconds until so many workers have imported ORDERS more orders."""
    with environment_of(name) as env:
        shop = env["merchantpro.shop"].search([], limit=1)
        ids = _orders_shop.inbox(shop, _orders_shop.place(site, ORDERS, first)).ids
    batches = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
    started = time.monotonic()
    forks = [at_work(name, batches[number::workers]) for number in range(workers)]
    results = [fork.result() for fork in forks]
    seconds = time.monotonic() - started
    repeats, processor = map(sum, zip(*results, strict=True))
    print(
        f"{ORDERS} orders by {workers}: {seconds:.1f} s, {processor:.1f} s of processor time,"
        f" {repeats} batches repeated",
        flush=True,
    )
    return seconds


def at_work(name, batches):
    """A process that imports these orders; its result: how often it began something again."""

    def work():
        count, waiting = 0, []
        for ids in batches:
            while not done(name, ids, "_process_batch"):
                count += 1
            waiting = [each for each in [*waiting, ids] if not done(name, each, "_job_reserve")]
        while waiting:
            time.sleep(0.01)
            waiting = [each for each in waiting if not done(name, each, "_job_reserve")]
        return count

    return Fork(name, work)


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
