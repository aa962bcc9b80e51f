"""Rules with two workers at once, killed in the middle, and with nobody who runs jobs."""

import pytest
from hold import held
from test_two_workers import run_both
from waiting import wait_until

RUN = 'env["merchantpro.rule.run"].search([])'
# As the job runner calls it, in a transaction of its own.
WORK = f'{RUN}.with_context(job_uuid="x")._job_run()'
STATES = "SELECT state FROM merchantpro_rule_run ORDER BY id"
TOLD = "SELECT kind FROM merchantpro_order_message ORDER BY id"
SALE = 'env["sale.order"].search([("merchantpro_order_id", "!=", False)])'
HAPPENED = f"env['merchantpro.rule']._happened('paid', {SALE})"


@pytest.fixture
def sold(erp, site):
    """An imported order, and a rule for when it is paid."""
    site.add_product(id=1, sku="CANA", price_gross=24.2, stock=5)
    site.add_order([{"product_id": 1}])
    erp.run(
        """
env["product.product"].create({"name": "Cană", "default_code": "CANA", "is_storable": True})
now = shop.with_context(queue_job__no_delay=True)
now.fetch_orders()
shop.push_in_process = True
env["merchantpro.rule"].create({"name": "Paid", "event": "paid", "action": "status",
    "site_status": "in_process"})
"""
    )
    assert erp.query("SELECT state FROM merchantpro_order") == "done"
    return erp


def test_what_two_processes_see_happen_is_noted_and_enqueued_once(sold, tmp_path):
    run_both(sold, tmp_path, HAPPENED, HAPPENED)
    assert sold.query(STATES) == "waiting"
    jobs = "SELECT count(*) FROM queue_job WHERE method_name = '_job_run'"
    assert sold.query(jobs) == "1"


def test_of_two_workers_one_does_it(sold):
    sold.run(HAPPENED)
    with held(sold.db, "merchantpro_order_message", "NEW.kind = 'in_process'") as wait_until_held:
        first = sold.start(WORK)
        wait_until_held()
        sold.run(WORK)  # finds it taken
        assert sold.query(STATES) == "waiting"
    first.finish()
    assert (sold.query(STATES), sold.query(TOLD)) == ("done", "in_process")


def test_rules_of_one_order_do_not_run_at_the_same_time(sold):
    sold.run(f'env["merchantpro.rule"].search([]).copy({{"event": "invoiced"}})\n{HAPPENED}')
    sold.run(f"env['merchantpro.rule']._happened('invoiced', {SALE})")
    with held(sold.db, "merchantpro_order_message", "NEW.kind = 'in_process'") as wait_until_held:
        first = sold.start(f'{RUN}[0].with_context(job_uuid="x")._job_run()')
        wait_until_held()
        raised = sold.run(
            f"""
from odoo.addons.queue_job.exception import RetryableJobError
try:
    {RUN}[1].with_context(job_uuid="x")._job_run()
except RetryableJobError as error:
    print(error.seconds, error.ignore_retry)
"""
        )
    first.finish()
    assert raised == "5 True\n"


def test_a_rule_killed_in_the_middle_runs_once(sold):
    sold.run(HAPPENED)
    with held(sold.db, "merchantpro_order_message", "NEW.kind = 'in_process'") as wait_until_held:
        worker = sold.start(WORK)
        wait_until_held()
        worker.kill()
    assert (sold.query(STATES), sold.query(TOLD)) == ("waiting", "")
    sold.run(WORK)
    assert (sold.query(STATES), sold.query(TOLD)) == ("done", "in_process")


def test_a_server_killed_in_the_middle_of_a_rule_ends_it_after_its_start(sold):
    sold.run(HAPPENED)
    with held(sold.db, "merchantpro_order_message", "NEW.kind = 'in_process'") as wait_until_held:
        server = sold.serve()
        wait_until_held()
        sold.kill(server)
    assert sold.query(STATES) == "waiting"
    sold.serve()
    wait_until(lambda: sold.query(STATES) == "done", 150)
    assert sold.query(TOLD) == "in_process"


def test_a_lost_job_is_made_up_for_and_done_when_the_runner_is_down(sold):
    long_ago = "(now() AT TIME ZONE 'utc' - interval '10 minutes')"
    sold.run(HAPPENED)
    sold.query(f"DELETE FROM queue_job; UPDATE merchantpro_rule_run SET create_date = {long_ago}")
    sold.run('env["merchantpro.rule.run"]._cron_waiting_runs()')
    jobs = "SELECT count(*) FROM queue_job WHERE method_name = '_job_run'"
    assert sold.query(jobs) == "1"
    sold.run('env["merchantpro.rule.run"]._cron_waiting_runs()')
    assert sold.query(jobs) == "1"
    sold.query(f"UPDATE queue_job SET date_created = {long_ago}")
    sold.run('env["merchantpro.shop"]._cron_waiting_jobs()')
    assert sold.query(STATES) == "done"
