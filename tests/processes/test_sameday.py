"""Waybills of Sameday for orders of a shop: two at once, killed, answered too late, by rule."""

import pytest
import sameday_orders
from hold import held
from waiting import wait_until

from sameday_simulator import Simulator
from tools import database

CLICK = """
from odoo.service.model import retrying
retrying(env["sale.order"].search([("merchantpro_order_id", "!=", False)]).action_make_awb, env)
"""
MAKE = 'env["delivery.awb"].search([])._job_make()'
FIND = 'env["delivery.awb"].search([])._job_find()'
STATE = "SELECT state, number, label_filename IS NOT NULL FROM delivery_awb ORDER BY id"
CREATED = {"method": "POST", "path": "/api/awb"}
RULE = """
env["merchantpro.rule"].create({
    "name": "AWB", "event": "reserved", "action": "awb", "shop_ids": shop.ids})
"""


@pytest.fixture(scope="module")
def source():
    return database.glued()


@pytest.fixture(scope="module")
def sameday():
    with Simulator(lockers=20) as courier:
        yield courier


@pytest.fixture(scope="module")
def prepared(origin, sameday):
    """A shop that sends with Sameday."""
    sameday_orders.sell(origin.site)
    sameday_orders.prepare(origin.erp, sameday)


@pytest.fixture
def erp(shared):
    """Where nobody has ordered yet."""
    inbox = ("merchantpro_order", "merchantpro_order_reading")
    return shared.forget("delivery_awb", *inbox, "queue_job", "merchantpro_rule")


@pytest.fixture
def courier(sameday):
    """It knows the shop, and has no waybills."""
    sameday.faults.clear()
    sameday.store.forget_waybills()
    return sameday


@pytest.fixture
def ask(erp, site):
    """A function that has waybills asked for, of so many new orders of so many pieces."""

    def ask(count=1, quantity=2, first=""):
        sameday_orders.order(site, count, quantity)
        erp.run(f"shop.with_context(queue_job__no_delay=True).fetch_orders()\n{first}\n{CLICK}")

    return ask


def only(courier):
    """The number of the one waybill at the courier."""
    (kept,) = courier.all()
    return kept["number"]


def test_killed_after_sameday_accepted_ends_with_one_here_and_there(erp, site, courier, ask):
    ask()
    courier.faults.set("late", seconds=90, **CREATED)
    worker = erp.start(MAKE)
    wait_until(lambda: courier.count() == 1)
    worker.kill()
    courier.faults.clear()
    assert erp.query(STATE) == "sending||f"
    erp.run(MAKE)
    assert erp.query(STATE) == "uncertain||f"
    erp.run(FIND)
    assert erp.query(STATE) == f"issued|{only(courier)}|t"
    # And the site is told once.
    erp.run('shop.with_context(job_uuid="x")._job_send_messages()')
    assert [call["body"] for call in site.calls_of("PATCH", "/orders")] == [
        {"shipping_awb": only(courier)}
    ]


def test_answer_that_breaks_off_and_a_second_sending_make_no_second_one(erp, courier, ask):
    ask()
    courier.faults.set("truncated", times=1, **CREATED)
    erp.run(MAKE)
    assert erp.query(STATE) == "uncertain||f"
    # Somebody says that it does not exist, and is wrong: the reference is taken at Sameday.
    erp.run(f'env["delivery.awb"].search([]).action_not_there()\n{MAKE}')
    erp.run('env["delivery.awb"].search([])._again()')
    erp.run(MAKE)
    assert erp.query(STATE) == f"issued|{only(courier)}|t"


def test_two_workers_at_one_order_make_one(erp, courier, ask):
    ask()
    courier.faults.set("slow", seconds=3, **CREATED)
    workers = [erp.start(MAKE) for _each in range(2)]
    for worker in workers:
        worker.finish()
    assert erp.query(STATE) == f"issued|{only(courier)}|t"


def test_two_who_find_the_token_ended_log_in_once(erp, courier, ask):
    ask(2)
    courier.expire_tokens()
    before = len(courier.calls_of("POST", "/api/authenticate"))
    courier.faults.set("slow", seconds=1, path="/api/authenticate")
    each = 'env["delivery.awb"].search([], order="id", limit=1, offset={})._job_make()'
    workers = [erp.start(each.format(number)) for number in range(2)]
    for worker in workers:
        worker.finish()
    assert courier.count() == 2
    assert len(courier.calls_of("POST", "/api/authenticate")) == before + 1


def test_two_parcels_of_one_order_at_once_collect_its_total_once(erp, courier, ask):
    ask(
        quantity=4,
        first="""
picking = env["sale.order"].search([("merchantpro_order_id", "!=", False)]).picking_ids
picking.move_ids.quantity = 1
picking.carrier_id.awb_on_validate = False
picking.with_context(skip_backorder=True, skip_sms=True).button_validate()
""",
    )
    assert erp.query("SELECT count(*) FROM delivery_awb") == "2"
    courier.faults.set("slow", seconds=2, **CREATED)
    each = 'env["delivery.awb"].search([], order="id", limit=1, offset={})._job_make()'
    workers = [erp.start(each.format(number)) for number in range(2)]
    for worker in workers:
        worker.finish()
    collected = [awb["cod"] for awb in courier.all()]
    assert (len(collected), round(sum(collected), 2)) == (2, 96.8)


def test_orders_become_waybills_by_rule_though_the_server_is_killed(erp, site, courier):
    erp.run(RULE)
    sameday_orders.order(site, 6)
    server = erp.serve()
    courier.faults.set("late", seconds=60, after=2, **CREATED)
    erp.run("shop._read_orders(0, True)")
    # Two jobs run at a time, and now each of them has asked and waits.
    wait_until(lambda: courier.count() == 4, 150)
    erp.kill(server)
    courier.faults.clear()
    erp.serve()

    def done():
        erp.skip_waits()
        return erp.query("SELECT count(*) FROM delivery_awb WHERE state = 'issued'") == "6"

    wait_until(done, 240)
    numbers = set(erp.query("SELECT number FROM delivery_awb").split())
    assert {awb["number"] for awb in courier.all()} == numbers
    assert len(courier.all()) == 6
    runs = "SELECT state, count(*) FROM merchantpro_rule_run GROUP BY state"
    assert erp.query(runs) == "done|6"


def test_two_who_read_the_lists_at_once_keep_each_locker_once(erp, courier):
    erp.query("DELETE FROM sameday_locker")
    read = (
        'env["delivery.carrier"].search([("delivery_type", "=", "sameday")]).action_sameday_read()'
    )
    code = f"""
from odoo.service.model import retrying
def work():
    {read}
retrying(work, env)
"""
    with held(erp.db, "sameday_locker", "NEW.code = '7'") as wait:
        first = erp.start(code)
        wait()
        second = erp.start(code)
    first.finish()
    second.finish()
    assert erp.query("SELECT count(*), count(DISTINCT code) FROM sameday_locker") == "30|30"
