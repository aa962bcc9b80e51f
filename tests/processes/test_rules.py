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


@pytest.fixture(scope="module")
def prepared(origin):
    """An imported order, and a rule for when it is paid."""
    origin.site.add_product(id=1, sku="CANA", price_gross=24.2, stock=5)
    origin.site.add_order([{"product_id": 1}])
    origin.erp.run(
        """
env["product.product"].create({"name": "Cană", "default_code": "CANA", "is_storable": True})
now = shop.with_context(queue_job__no_delay=True)
now.fetch_orders()
shop.push_in_process = True
env["merchantpro.rule"].create({"name": "Paid", "event": "paid", "action": "status",
    "site_status": "in_process"})
"""
    )
    assert origin.erp.query("SELECT state FROM merchantpro_order") == "done"


@pytest.fixture
def erp(shared):
    """Where nothing happened yet."""
    return shared.forget("merchantpro_rule_run", "merchantpro_order_message", "queue_job")


def test_what_two_processes_see_happen_is_noted_and_enqueued_once(erp, tmp_path):
    run_both(erp, tmp_path, HAPPENED, HAPPENED)
    assert erp.query(STATES) == "waiting"
    jobs = "SELECT count(*) FROM queue_job WHERE method_name = '_job_run'"
    assert erp.query(jobs) == "1"


def test_of_two_workers_one_does_it(erp):
    erp.run(HAPPENED)
    with held(erp.db, "merchantpro_order_message", "NEW.kind = 'in_process'") as wait_until_held:
        first = erp.start(WORK)
        wait_until_held()
        erp.run(WORK)  # finds it taken
        assert erp.query(STATES) == "waiting"
    first.finish()
    assert (erp.query(STATES), erp.query(TOLD)) == ("done", "in_process")


def test_rules_of_one_order_do_not_run_at_the_same_time(erp):
    erp.run(f'env["merchantpro.rule"].search([]).copy({{"event": "invoiced"}})\n{HAPPENED}')
    erp.run(f"env['merchantpro.rule']._happened('invoiced', {SALE})")
    with held(erp.db, "merchantpro_order_message", "NEW.kind = 'in_process'") as wait_until_held:
        first = erp.start(f'{RUN}[0].with_context(job_uuid="x")._job_run()')
        wait_until_held()
        raised = erp.run(
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


def test_a_rule_killed_in_the_middle_runs_once(erp):
    erp.run(HAPPENED)
    with held(erp.db, "merchantpro_order_message", "NEW.kind = 'in_process'") as wait_until_held:
        worker = erp.start(WORK)
        wait_until_held()
        worker.kill()
    assert (erp.query(STATES), erp.query(TOLD)) == ("waiting", "")
    erp.run(WORK)
    assert (erp.query(STATES), erp.query(TOLD)) == ("done", "in_process")


def test_a_server_killed_in_the_middle_of_a_rule_ends_it_after_its_start(erp):
    erp.run(HAPPENED)
    with held(erp.db, "merchantpro_order_message", "NEW.kind = 'in_process'") as wait_until_held:
        server = erp.serve()
        wait_until_held()
        erp.kill(server)
    assert erp.query(STATES) == "waiting"
    erp.serve()
    wait_until(lambda: erp.query(STATES) == "done", 150)
    assert erp.query(TOLD) == "in_process"


def test_a_lost_job_is_made_up_for_and_done_when_the_runner_is_down(erp):
    long_ago = "(now() AT TIME ZONE 'utc' - interval '10 minutes')"
    erp.run(HAPPENED)
    erp.query(f"DELETE FROM queue_job; UPDATE merchantpro_rule_run SET create_date = {long_ago}")
    erp.run('env["merchantpro.rule.run"]._cron_waiting_runs()')
    jobs = "SELECT count(*) FROM queue_job WHERE method_name = '_job_run'"
    assert erp.query(jobs) == "1"
    erp.run('env["merchantpro.rule.run"]._cron_waiting_runs()')
    assert erp.query(jobs) == "1"
    erp.query(f"UPDATE queue_job SET date_created = {long_ago}")
    erp.run('env["merchantpro.shop"]._cron_waiting_jobs()')
    assert erp.query(STATES) == "done"
