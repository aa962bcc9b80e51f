"""The job runner is down: the cron does what waits, and what a killed process left."""

import pytest

CRON = 'env["merchantpro.shop"]._cron_waiting_jobs()'
LONG_AGO = "(now() AT TIME ZONE 'utc' - interval '10 minutes')"


@pytest.fixture
def erp(shared):
    """Each test looks at jobs of its own."""
    return shared


def enqueue(erp, name, call):
    erp.run(f'shop.with_delay(identity_key="{name}").{call}')
    erp.query(f"UPDATE queue_job SET date_created = {LONG_AGO} WHERE identity_key = '{name}'")


def take(erp, name, state):
    """As a process that is to do it leaves a job when it is killed."""
    enqueue(erp, name, "_job_read_orders(0, True)")
    its = f"WHERE identity_key = '{name}'"
    erp.query(f"UPDATE queue_job SET state = '{state}', date_enqueued = {LONG_AGO} {its}")
    if state == "started":
        locks = "INSERT INTO queue_job_lock (id, queue_job_id) SELECT id, id FROM queue_job"
        erp.query(f"{locks} {its}")


def state_of(erp, name):
    return erp.query(f"SELECT state FROM queue_job WHERE identity_key = '{name}'")


def test_a_job_that_fails_keeps_no_other_from_being_done(erp, site):
    enqueue(erp, "broken", "_job_read_orders()")
    enqueue(erp, "sound", "_job_read_orders(0, True)")
    erp.run(CRON)
    assert state_of(erp, "broken") == "failed"
    assert state_of(erp, "sound") == "done"
    assert len(site.calls_of("GET", "/orders")) == 1


@pytest.mark.parametrize("state", ["enqueued", "started"])
def test_a_job_that_a_killed_process_had_taken_is_done(erp, state):
    take(erp, state, state)
    erp.run(CRON)
    assert state_of(erp, state) == "done"


def test_a_job_that_somebody_is_doing_is_left_to_them(erp, site):
    take(erp, "busy", "started")
    site.clear_calls()
    erp.run(
        f"""
with env.registry.cursor() as worker:
    worker.execute("SELECT 1 FROM queue_job_lock FOR NO KEY UPDATE")
    {CRON}
"""
    )
    assert state_of(erp, "busy") == "started"
    assert site.calls == []
