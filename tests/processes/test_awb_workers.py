"""Waybills where a process is killed, waits in vain, or is not alone."""

import contextlib

import pytest
from courier_server import CourierServer
from hold import held

TRANSFER = """
product = env["product.product"].create({"name": "Kettle", "is_storable": True, "weight": 2})
fee = env["product.product"].create({"name": "Courier", "type": "service"})
carrier = env["delivery.carrier"].create({"name": "Courier", "product_id": fee.id})
warehouse = env["stock.warehouse"].search([], limit=1)
places = {
    "location_id": warehouse.lot_stock_id.id,
    "location_dest_id": env.ref("stock.stock_location_customers").id,
}
move = {"product_id": product.id, "product_uom_qty": 1, **places}
env["stock.picking"].create({
    "picking_type_id": warehouse.out_type_id.id, "carrier_id": carrier.id, **places,
    "partner_id": env["res.partner"].create({"name": "Ana"}).id, "move_ids": [(0, 0, move)],
}).action_confirm()
"""
CLICK = """
from odoo.service.model import retrying
retrying(env["stock.picking"].search([("carrier_id", "!=", False)]).action_make_awb, env)
"""
AS_JOB = """
from odoo.addons.queue_job.exception import RetryableJobError
try:
    env["delivery.awb"].search([]).with_context(job_uuid="1").{method}()
except RetryableJobError as error:
    print("again in", error.seconds, error.ignore_retry)
"""
MAKE = 'env["delivery.awb"].search([])._job_make()'
FIND = 'env["delivery.awb"].search([])._job_find()'
# The runner does a job again when it lost its process; so do we, by hand.
STATE = "SELECT state, number IS NOT NULL, label_filename IS NOT NULL FROM delivery_awb"


@pytest.fixture
def courier():
    with contextlib.closing(CourierServer()) as courier:
        yield courier


@pytest.fixture
def erp(shared):
    """With a transfer; nobody sends those of the tests before."""
    shared.forget("delivery_awb", "queue_job")
    shared.query("UPDATE stock_picking SET carrier_id = NULL")
    shared.run(TRANSFER)
    return shared


@pytest.fixture
def asked(erp):
    erp.run(CLICK)


def work(erp, courier, code, **options):
    return erp.start(courier.install(**options) + code)


def test_killed_after_the_courier_accepted_ends_with_one_waybill(erp, courier, asked):
    courier.answers.clear()
    worker = work(erp, courier, MAKE)
    assert courier.has_made.wait(60)
    worker.kill()
    assert erp.query(STATE) == "sending|f|f"
    courier.answers.set()
    work(erp, courier, MAKE).finish()
    assert erp.query(STATE) == "uncertain|f|f"
    work(erp, courier, FIND).finish()
    assert erp.query(STATE) == "issued|t|t"
    assert len(courier.made) == 1


def test_answer_that_comes_too_late_is_asked_for(erp, courier, asked):
    courier.answers.clear()
    work(erp, courier, MAKE, timeout=1).finish()
    assert erp.query(STATE) == "uncertain|f|f"
    assert erp.query("SELECT count(*) FROM queue_job WHERE method_name = '_job_find'") == "1"
    courier.answers.set()
    work(erp, courier, FIND + "\n" + MAKE).finish()
    assert erp.query(STATE) == "issued|t|t"
    assert len(courier.made) == 1


def test_courier_that_is_away_is_tried_again_by_the_job(erp, courier, asked):
    courier.close()
    out, _err = work(erp, courier, AS_JOB.format(method="_job_make")).finish()
    assert out.strip() == "again in 60 True"
    tried = "SELECT state, queued, tries, attempts, problem FROM delivery_awb"
    assert erp.query(tried) == "draft|t|1|0|Nobody is there."


def test_only_one_process_is_at_a_waybill(erp, courier, asked):
    courier.answers.clear()
    first = work(erp, courier, MAKE)
    assert courier.has_made.wait(60)
    work(erp, courier, f"{MAKE}\n{FIND}").finish()
    out, _err = work(erp, courier, AS_JOB.format(method="_job_find")).finish()
    assert out.strip() == "again in 5 True"
    assert erp.query(STATE) == "sending|f|f"
    courier.answers.set()
    first.finish()
    assert erp.query(STATE) == "issued|t|t"
    assert len(courier.made) == 1


def test_transfer_cancelled_while_the_courier_is_asked_cancels_what_was_made(erp, courier, asked):
    courier.answers.clear()
    worker = work(erp, courier, MAKE)
    assert courier.has_made.wait(60)
    erp.run('env["stock.picking"].search([("carrier_id", "!=", False)]).action_cancel()')
    courier.answers.set()
    worker.finish()
    assert erp.query(STATE) == "issued|t|f"
    work(erp, courier, 'env["delivery.awb"].search([])._job_cancel()').finish()
    assert erp.query("SELECT state FROM delivery_awb") == "cancelled"
    assert courier.cancelled == courier.made


def test_number_is_kept_when_the_process_is_killed_before_the_rest(erp, courier, asked):
    with held(erp.db, "mail_tracking_value", "NEW.new_value_char = 'Issued'") as wait:
        worker = work(erp, courier, MAKE)
        wait()
        worker.kill()
    assert erp.query(STATE) == "sending|t|f"
    work(erp, courier, MAKE).finish()
    work(erp, courier, FIND).finish()
    assert erp.query(STATE) == "issued|t|t"
    assert len(courier.made) == 1


def test_two_clicks_at_once_make_one(erp, courier):
    with held(erp.db, "delivery_awb", "NEW.state = 'draft'") as wait:
        first = erp.start(CLICK)
        wait()
        second = erp.start(CLICK)
    first.finish()
    second.finish()
    assert erp.query("SELECT count(*) FROM delivery_awb") == "1"
    assert erp.query("SELECT count(*) FROM queue_job WHERE method_name = '_job_make'") == "1"
