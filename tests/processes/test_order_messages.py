"""Telling the site about its orders, killed at the worst moment or by two at once."""

import pytest
from waiting import wait_until

# As the job runner calls it, in a transaction of its own.
TELL = 'shop.with_context(job_uuid="x")._job_send_messages()'
FIRST = 'env["sale.order"].search([("merchantpro_order_id", "!=", False)])'


@pytest.fixture(scope="module")
def prepared(origin):
    """The number of an order that was cancelled here, of which the site was not told yet."""
    origin.site.add_product(id=1, sku="CANA", price_gross=24.2, stock=5)
    number = origin.site.add_order([{"product_id": 1}])["id"]
    origin.erp.run(
        f"""
env["product.product"].create({{"name": "Cană", "default_code": "CANA", "is_storable": True}})
shop.push_cancelled = True
now = shop.with_context(queue_job__no_delay=True)
now.fetch_catalog()
now.variant_ids.import_to_catalog()
now.fetch_orders()
{FIRST}._action_cancel()
"""
    )
    origin.site.clear_calls()
    return number


@pytest.fixture
def number(prepared):
    return prepared


def told(site):
    return [call["path"].rsplit("/")[-1] for call in site.calls_of("PATCH", "/orders")]


def state(erp):
    return erp.query("SELECT state FROM merchantpro_order_message")


def test_killed_after_the_site_did_it_the_next_one_asks_and_says_it_no_more(erp, site, number):
    site.faults.set("late", seconds=60, method="PATCH", path="/orders")
    worker = erp.start(TELL)
    wait_until(lambda: site.order(number)["shipping_status"] == "cancelled")
    worker.kill()
    assert state(erp) == "waiting"
    site.faults.clear()
    erp.run(TELL)
    assert state(erp) == "done"
    assert told(site) == ["cancelled"]  # the first one


def test_what_was_acknowledged_is_kept_when_the_job_dies_afterwards(erp, site):
    erp.run(f"{TELL}\nenv.cr.rollback()")
    assert (state(erp), told(site)) == ("done", ["cancelled"])


def test_of_two_at_once_one_tells_it(erp, site):
    site.faults.set("slow", seconds=15, method="PATCH", path="/orders")
    first = erp.start(TELL)
    wait_until(lambda: erp.query("SELECT unsure FROM merchantpro_order_message") == "t")
    raised = erp.run(
        f"""
from odoo.addons.queue_job.exception import RetryableJobError
try:
    {TELL}
except RetryableJobError as error:
    print(error.seconds, error.ignore_retry)
"""
    )
    site.faults.clear()
    first.finish()
    assert raised == "5 True\n"
    assert (state(erp), told(site)) == ("done", ["cancelled"])


def test_two_cancellations_at_once_are_told_once(erp):
    told = erp.run(
        f"""
from psycopg2.errors import SerializationFailure
env.cr.execute("DELETE FROM merchantpro_order_message")
env.cr.commit()
sale = {FIRST}
with env.registry.cursor() as other:
    sale.with_env(env(cr=other))._tell_site("cancelled")
try:
    sale._tell_site("cancelled")
except SerializationFailure:
    env.cr.rollback()
    print("begins again")
sale._tell_site("cancelled")
"""
    )
    assert told == "begins again\n"
    assert erp.query("SELECT count(*) FROM merchantpro_order_message") == "1"
