"""Orders delivered twice and in any order, by two processes that are killed on the way."""

import random

from waiting import wait_until

ORDERS, BUYERS, KILLS = 16, 6, 3
DELIVERIES = """
from psycopg2.errors import SerializationFailure
from odoo.exceptions import ConcurrencyError
from odoo.addons.queue_job.exception import RetryableJobError

def again_and_again(work):
    # As the job runner does it.
    while True:
        try:
            work()
            env.cr.commit()
            return
        except (SerializationFailure, ConcurrencyError, RetryableJobError):
            env.cr.rollback()
            env.invalidate_all()

orders = env["merchantpro.order"].with_context(job_uuid="test")
def read(numbers):
    orders._store(shop, shop._client().orders_by_ids(numbers))
def take(numbers):
    orders.search([("external_id", "in", numbers)])._process_batch()
for numbers in {deliveries!r}:
    again_and_again(lambda: read(numbers))
    again_and_again(lambda: take(numbers))
"""
SALES = "SELECT count(*) FROM sale_order"
TOTALS = """
SELECT count(DISTINCT s.id), sum(s.amount_total), count(DISTINCT s.partner_id)
  FROM merchantpro_order o JOIN sale_order s ON s.merchantpro_order_id = o.id
 WHERE o.state = 'done' AND s.state = 'sale' AND s.amount_total = o.total::numeric
"""


def deliver(erp, numbers, dice):
    mixed = dice.sample(numbers, len(numbers))
    deliveries = [mixed[start : start + 4] for start in range(0, len(mixed), 4)]
    return erp.start(DELIVERIES.format(deliveries=deliveries))


def test_orders_in_chaos_make_one_sale_each_equal_to_the_cent(erp, site):
    dice = random.Random(5)
    for number in (1, 2, 3):
        site.add_product(id=number, name=f"P{number}", sku=f"S{number}", price_gross=9.99)
    numbers, total = [], 0
    for number in range(ORDERS):
        placed = site.add_order(
            [{"product_id": 1 + number % 3, "quantity": 3}, {"product_id": 1 + (number + 1) % 3}],
            notify=False,
            customer_id=number % BUYERS + 1,
            customer_email=f"buyer{number % BUYERS}@example.com",
            billing_phone=f"07221234{number % BUYERS:02}",
        )
        numbers.append(placed["id"])
        total += round(placed["total_amount"] * 100)
    erp.run(
        """
env["product.product"].create([
    {"name": f"P{n}", "default_code": f"S{n}", "is_storable": True} for n in (1, 2, 3)])
location = shop.order_warehouse_id.lot_stock_id
for product in env["product.product"].search([("default_code", "in", ["S1", "S2", "S3"])]):
    env["stock.quant"]._update_available_quantity(product, location, 1000)
"""
    )
    workers = [deliver(erp, numbers, dice) for _each in range(2)]
    for kill in range(1, KILLS + 1):
        # Both are at work until all is done.
        wait_until(lambda made=kill * 3: int(erp.query(SALES)) >= made)
        workers.pop(0).kill()
        workers.append(deliver(erp, numbers, dice))
    for worker in workers:
        worker.finish()
    sales, amount, buyers = erp.query(TOTALS).split("|")
    assert (int(sales), int(buyers)) == (ORDERS, BUYERS)
    assert round(float(amount) * 100) == total
    assert erp.query(SALES) == str(ORDERS)
    erp.run(
        """
for job in env["queue.job"].search([("method_name", "=", "_job_reserve")], order="id"):
    job.records._job_reserve()
"""
    )
    assert erp.query("SELECT DISTINCT state FROM stock_move") == "assigned"
    assert erp.query("SELECT sum(reserved_quantity)::int FROM stock_quant") == str(ORDERS * 4)
