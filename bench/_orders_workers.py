"""The same orders imported by one process, and by two at once that take their batches in turn, as
the job runner deals them out.

What counts is the time that passes, less what a process and its part of the database waited
because both processors were busy with other programs: two workers never need more than two."""

import os
import pathlib
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
        alone = timed(name, site, 1, BATCH + 1)
        both = timed(name, site, 2, BATCH + ORDERS + 1)
    return {"pace of two workers / of one": figure(round(alone / both, 2), f">= {GAIN}")}


def timed(name, site, workers, first):
    """Seconds until so many workers have imported ORDERS more orders."""
    with environment_of(name) as env:
        shop = env["merchantpro.shop"].search([], limit=1)
        ids = _orders_shop.inbox(shop, _orders_shop.place(site, ORDERS, first)).ids
    batches = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
    forks = [at_work(name, batches[number::workers]) for number in range(workers)]
    results, processor = zip(*(fork.result() for fork in forks), strict=True)
    repeats, passed, waited = zip(*results, strict=True)
    seconds = max(each - wait for each, wait in zip(passed, waited, strict=True))
    print(
        f"{ORDERS} orders by {workers}: {max(passed):.1f} s, {seconds:.1f} s of them at work,"
        f" {sum(processor):.1f} s of processor time, {sum(repeats)} batches repeated",
        flush=True,
    )
    return seconds


def at_work(name, batches):
    """A process that imports these orders; its result: (how often it began something again,
    seconds that passed, seconds of them it waited for a processor)."""

    def work():
        started, waited = time.monotonic(), waiting(os.getpid())
        repeats = imported(name, batches)
        passed = time.monotonic() - started
        with environment_of(name) as env:
            env.cr.execute("SELECT pg_backend_pid()")
            (backend,) = env.cr.fetchone()
        return repeats, passed, waiting(os.getpid()) - waited + waiting(backend)

    return Fork(name, work)


def waiting(pid):
    """Seconds that a process was ready to run and did not."""
    _ran, waited, _slices = pathlib.Path(f"/proc/{pid}/schedstat").read_text().split()
    return int(waited) / 1e9


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
