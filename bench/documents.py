"""Orders through all rules of both ready-made sets: a real Odoo with two workers, of which one is
killed now and then, makes invoices, waybills, labels, papers and mails of them, sends them off, and
hears that they arrived. In the end there is each document once, counted at Odoo, the courier, the
printer, the mailbox and the site."""

import contextlib
import logging
import os
import random
import time
from collections import Counter

from sameday_simulator import Simulator as Courier
from tools import cups, database, demo_services, paths, postgres, processes, scenario_documents
from tools.mailbox import Mailbox

from . import _orders_shop
from ._odoo import environment_of, fresh_database
from ._push_shop import figure

ORDERS, KILLS = int(os.environ.get("BENCH_ORDERS") or 200), 10
PATIENCE = 15 * ORDERS  # seconds, on a machine that does other things too
# Seconds until somebody is killed: so that all kills fall into the time that it takes.
LONGEST_LIFE = ORDERS / 10
PAYMENTS = (
    {"payment_method_code": "cash_delivery"},
    {"payment_method_code": "euplatesc", "payment_status": "paid"},
    {"payment_method_code": "wire"},
)
SERVER, PRINTER = f"bench-documents-{os.getpid()}", f"bench-printer-{os.getpid()}"


def run():
    """{figure: {"value", "goal", "ok"}}"""
    seed = int(os.environ.get("BENCH_SEED") or time.time_ns() % 10**6)
    print(f"documents: {ORDERS} orders, seed {seed}", flush=True)
    with outside() as (site, courier, mailbox, printer), fresh_database(glued=True) as name:
        prepare(name, site, courier, mailbox, printer)
        place(site)
        kills = flow(name, random.Random(seed), site, courier)
        return {
            "documents: processes killed": figure(kills, f"= {KILLS}"),
            **counted(name, site, courier, mailbox),
        }


@contextlib.contextmanager
def outside():
    """What orders meet outside Odoo, in our own process; the printer in one of its own."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # each word of SMTP
    record = cups.start(PRINTER, demo_services.QUEUES)
    try:
        with _orders_shop.site() as site, Courier() as courier, Mailbox() as mailbox:
            yield site, courier, mailbox, record
    finally:
        cups.remove(PRINTER)


def prepare(name, site, courier, mailbox, printer):
    with environment_of(name) as env:
        shop = _orders_shop.shop_of(env, site)
        services = {
            "courier": courier.url,
            "mailbox": mailbox.url,
            "smtp": mailbox.smtp_port,
            "printer": printer["port"],
        }
        scenario_documents.prepare(env, services)
        shop.print_invoice = True
        env["ir.cron"].search([("cron_name", "=like", "MerchantPro%")]).interval_number = 1


def place(site):
    with site.store.transaction():
        for number in range(1, ORDERS + 1):
            place = {"billing_city": "Sector 3"} if in_bucharest(number) else {}
            _orders_shop.place_one(site, number, **PAYMENTS[number % len(PAYMENTS)], **place)


def in_bucharest(number):
    """There couriers want the sector, and the buyers of the benchmarks name none."""
    return _orders_shop.place_of(number)[0] == "București"


# What happens, beside the kills

UNTOLD = "SELECT count(*) FROM merchantpro_order_message WHERE state = 'waiting'"


def flow(name, dice, site, courier):
    """All of it; how many processes were killed."""
    start(name)
    stages = [
        lambda: script(name, "env['merchantpro.shop'].search([]).fetch_orders()"),
        lambda: pay(site, name),
        lambda: script(name, SHIP),
        lambda: arrive(name, courier),
    ]
    try:
        kills = 0
        for number, stage in enumerate(stages, 1):
            stage()
            kills += kill_until_calm(name, dice, KILLS * number // len(stages) - kills)
        return kills
    finally:
        processes.stop(SERVER)


def start(name):
    """Odoo with the job runner, which does two jobs at once; more processes answer what jobs ask:
    the pages of documents fetch their styles from Odoo itself."""
    port, other = processes.free_port(), processes.free_port()
    command = [str(paths.PYTHON), "-W", "ignore", str(paths.ROOT / "bench" / "_odoo_server.py")]
    options = [*processes.server_options(name, port), "--workers=4", f"--gevent-port={other}"]
    command += ["server", *options, "-c", str(paths.CONFIG)]
    database.set_address(name, port)
    processes.start(SERVER, command, database.environment(), port=port)
    processes.wait_for(f"http://127.0.0.1:{port}/web/login")


SHIP = """
pickings = env["stock.picking"].search([("state", "=", "assigned"), ("sale_id", "!=", False)])
for picking in pickings:
    picking.move_ids.picked = True
    picking.with_context(skip_sms=True, skip_backorder=True).button_validate()
    assert picking.state == "done"
    env.cr.commit()
"""


def script(name, code):
    database.script(name, code + "\nenv.cr.commit()\n")


def pay(site, name):
    """Bank transfers arrive."""
    for order in site.store.all("order"):
        if order["payment_method_code"] == "wire":
            site.edit_order(order["id"], payment_status="paid")
    script(name, "env['merchantpro.shop'].search([]).fetch_orders()")


def arrive(name, courier):
    """The parcels do, and Odoo asks."""
    for waybill in courier.all():
        courier.move(waybill["number"], "picked_up", "delivered")
    script(name, "env['delivery.awb'].search([]).action_track()")


def kill_until_calm(name, dice, wanted):
    """Kill as many workers, at random moments, as long as there is work; how many were."""
    deadline, kills, calm = time.monotonic() + PATIENCE, 0, 0
    next_kill = time.monotonic() + dice.random() * LONGEST_LIFE / KILLS
    while calm < 5:
        assert time.monotonic() < deadline, f"not done after {PATIENCE} s"
        time.sleep(0.5)
        left = int(postgres.query(name, f"{scenario_documents.WAITING} + ({UNTOLD})"))
        calm = 0 if left else calm + 1
        if left and kills < wanted and time.monotonic() >= next_kill:
            kills += kill_one(dice)
            next_kill = time.monotonic() + dice.random() * LONGEST_LIFE / KILLS
    return kills


def kill_one(dice):
    """As a power cut would: a worker, or the process of the jobs or of the crons."""
    import psutil

    children = psutil.Process(processes.running(SERVER)["pid"]).children()
    if children:
        dice.choice(children).kill()
    return len(children[:1])


# What came of it


def counted(name, site, courier, mailbox):
    with environment_of(name) as env:
        orders = env["sale.order"].search([("merchantpro_order_id", "!=", False)])
        wires = len(range(2, ORDERS + 1, len(PAYMENTS)))
        papers = cups.documents(PRINTER)
        mails = Counter(mail["Message-Id"] for mail in mailbox.mails())
        alerts = env["merchantpro.alert"].search([("channel", "=", "mail")])
        expected_mails = 2 * (ORDERS + wires)  # invoice, shipped; proforma, paid
        runs = env["merchantpro.rule.run"].search([])
        unsettled = runs.filtered(lambda run: run.state in ("waiting", "failed"))
        for run in unsettled[:10]:
            print(run.order_id.name, run.rule_id.name, run.state, run.problem, run.result)
        return {
            "documents: orders": figure(len(orders), f"= {ORDERS}"),
            "documents: rules waiting or failed": figure(len(unsettled), "= 0"),
            "documents: invoices": figure(len(orders._merchantpro_invoices()), f"= {ORDERS}"),
            "documents: invoices not equal to their order": figure(unequal(orders), "= 0"),
            "documents: numbers missing or double": figure(gaps(orders), "= 0"),
            "documents: proformas": figure(
                len(set(orders.mapped("merchantpro_proforma_number")) - {False}), f"= {wires}"
            ),
            "documents: waybills at the courier": figure(courier.count(), f"= {ORDERS}"),
            "documents: waybills here": figure(
                len(set(orders.picking_ids.awb_ids.mapped("number"))), f"= {ORDERS}"
            ),
            "documents: waybills delivered": figure(
                len(orders.picking_ids.awb_ids.filtered(lambda awb: awb.state == "delivered")),
                f"= {ORDERS}",
            ),
            "documents: papers": figure(len(papers), f"= {3 * ORDERS}"),
            "documents: papers twice": figure(len(papers) - len(set(papers)), "= 0"),
            "documents: mails": figure(len(mails), f"= {expected_mails}"),
            "documents: mails handed over twice": figure(mailbox.deliveries() - len(mails), "= 0"),
            "documents: mails not noted as sent": figure(
                expected_mails - len(alerts.filtered(lambda alert: alert.state == "sent")), "= 0"
            ),
            "documents: sites' orders delivered": figure(
                sum(order["shipping_status"] == "delivered" for order in site.store.all("order")),
                f"= {ORDERS}",
            ),
        }


def unequal(orders):
    return sum(
        round(sum(order._merchantpro_invoices().mapped("amount_total")), 2)
        != round(order.amount_total, 2)
        for order in orders
    )


def gaps(orders):
    """Numbers that are missing between the first and the last, or that two invoices have."""
    numbers = sorted(orders._merchantpro_invoices().mapped("sequence_number"))
    return len(set(range(numbers[0], numbers[-1] + 1)) ^ set(numbers)) + (
        len(numbers) - len(set(numbers))
    )
