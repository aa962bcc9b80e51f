"""The push beside people who work, and killed at the worst moment."""

import pytest
from waiting import wait_until

# As the job runner calls it, in a transaction of its own.
PUSH = 'shop.with_context(job_uuid="x")._job_push()'
LOCK = 0x4D50
MOVE = 'env["stock.quant"]._update_available_quantity(product, location, {})'
NAMES = """
row = shop.variant_ids
product, location = row.product_id, shop.order_warehouse_id.lot_stock_id
"""

# A piece less in the transaction of the cursor `other`.
SALE = """env(cr=other)["stock.quant"]._update_available_quantity(
        shop.variant_ids.product_id.with_env(env(cr=other)),
        shop.order_warehouse_id.lot_stock_id.with_env(env(cr=other)), -1)"""


@pytest.fixture(scope="module")
def prepared(origin):
    """A shop that is told the stock of one product, 5 pieces, of which one was just sold."""
    origin.site.add_product(id=1, sku="CANA", price_gross=24.2, stock=5)
    origin.erp.run(
        f"""
env["product.product"].create({{"name": "Cană", "default_code": "CANA", "is_storable": True}})
now = shop.with_context(queue_job__no_delay=True)
now.fetch_catalog()
now.variant_ids.import_to_catalog()
{NAMES}
{MOVE.format(5)}
shop.push_stock = True
now.push_changes()
env.cr.commit()
{MOVE.format(-1)}
"""
    )


def test_a_sale_that_began_before_the_push_does_not_conflict_with_it(erp, site):
    erp.run(
        f"""
with env.registry.cursor() as other:
    other.execute("SELECT 1 FROM merchantpro_variant")  # the sale's snapshot is taken
    {PUSH}
    {SALE}
"""
    )
    assert site.unit(1)["stock"] == 4
    erp.run(PUSH)
    assert site.unit(1)["stock"] == 3


def test_the_push_does_not_wait_for_a_sale_that_is_not_committed(erp, site):
    erp.run(
        f"""
other = env.registry.cursor()
{SALE}
other.flush()
env.cr.execute("SET lock_timeout = '5s'")
{PUSH}
other.commit()
other.close()
"""
    )
    assert site.unit(1)["stock"] == 4
    erp.run(PUSH)
    assert site.unit(1)["stock"] == 3


def test_killed_while_the_site_does_it_the_next_push_makes_sure(erp, site):
    site.faults.set("late", seconds=60, path="/inventory")
    worker = erp.start(PUSH)
    wait_until(lambda: site.unit(1)["stock"] == 4)
    worker.kill()
    # The customer changes their mind before anybody has looked again.
    erp.run(NAMES + MOVE.format(1))
    site.faults.clear()
    erp.run(PUSH)
    assert site.unit(1)["stock"] == 5


def test_a_job_that_meets_another_one_at_work_comes_back_later(erp, site):
    site.clear_calls()
    told = erp.run(
        f"""
from odoo.addons.queue_job.exception import RetryableJobError
with env.registry.cursor() as other:
    other.execute("SELECT pg_advisory_xact_lock({LOCK}, %s)", [shop.id])
    try:
        {PUSH}
    except RetryableJobError as error:
        print(error.seconds, error.ignore_retry)
"""
    )
    assert told == "5 True\n"
    assert site.calls == []
    erp.run(PUSH)
    assert site.unit(1)["stock"] == 4
