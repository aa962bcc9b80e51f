"""Reading the catalogue of a large shop: 20,000 products, 3,000 of them with several variants.

The shop is the simulator in a process of its own, without limits, and what is measured goes
through the HTTP client. A row is a merchantpro.variant; a page is a transaction, as in a job.
Memory is that of reading all of it and matching it with 30,000 products of the ERP, at its
highest, over what the process had before.
"""

import contextlib
import pathlib
import re
import time
from unittest import mock

from tools import processes

NAME = "bench-shop"
ERP_PRODUCTS, BATCH = 30_000, 1_000
ROWS_PER_SECOND, MEGABYTES = 1_000, 300


def run(odoo):
    """{figure: {"value", "goal", "ok"}}; `odoo` is the Environment of a database made for it."""
    from odoo.addons.cloudsales_merchantpro.api.limits import Limits

    env = odoo(context={**odoo.context, "tracking_disable": True})
    # Before anything else: memory that filling the ERP leaves behind would hide what we take.
    before = reset_peak()
    fill_erp(env)
    with shop_process() as url, mock.patch.object(Limits, "windows", lambda self: ((10**6, 1),)):
        shop = connect(env, url)
        reset_peak()
        started = time.monotonic()
        fetch = read(env, shop)
        seconds = time.monotonic() - started
    speed = round(fetch.variant_count / seconds)
    shop.with_context(queue_job__no_delay=True)._match_open()
    env.cr.commit()
    growth = round(peak() - before)
    return {
        "rows staged per second": {
            "value": speed,
            "goal": f">= {ROWS_PER_SECOND}",
            "ok": speed >= ROWS_PER_SECOND,
        },
        "memory of reading and matching, MB": {
            "value": growth,
            "goal": f"<= {MEGABYTES}",
            "ok": growth <= MEGABYTES,
        },
    }


def fill_erp(env):
    """As many products as are missing; they carry codes of the site."""
    templates = env["product.template"]
    for start in range(templates.search_count([]), ERP_PRODUCTS, BATCH):
        templates.create(
            [
                {"name": f"ERP {number}", "default_code": f"L-{number:05d}"}
                for number in range(start, min(start + BATCH, ERP_PRODUCTS))
            ]
        )
        env.cr.commit()
        env.invalidate_all()


@contextlib.contextmanager
def shop_process():
    """The address of the large shop in a process of its own."""
    port = processes.free_port()
    options = ("--seed", "large", "--no-limits", "--key", "bench", "--secret", "bench")
    processes.start_shop(NAME, ":memory:", port, *options)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        processes.stop(NAME)


def connect(env, url):
    shop = env["merchantpro.shop"].create(
        {"name": "Bench", "url": url, "api_key": "bench", "api_secret": "bench"}
    )
    shop.action_test_connection()
    env.cr.commit()
    return shop


def read(env, shop):
    """Do at once what the jobs of a reading do one after the other."""
    fetch = env["merchantpro.catalog.fetch"].create({"shop_id": shop.id})
    more = True
    while more:
        more = fetch._step(fetch._next_start())
        env.cr.commit()
        env.invalidate_all()
    return fetch


def reset_peak():
    """MB the process has now; `peak` counts from here on."""
    pathlib.Path("/proc/self/clear_refs").write_text("5")
    return peak()


def peak():
    """MB the process had at most since `reset_peak`."""
    status = pathlib.Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024
