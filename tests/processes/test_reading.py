"""A catalogue reading seen from two transactions at once: a job at work and a person, two jobs,
two people."""

import pytest
from meeting import codes
from waiting import wait_until

PAUSE = "env['merchantpro.catalog.fetch'].search([]).action_pause()"
WORK = """
import pathlib, time
from odoo.service.model import retrying
fetch = env["merchantpro.catalog.fetch"].search([])
def work():
    env.cr.execute("SELECT 1 FROM merchantpro_catalog_fetch")  # the snapshot is taken
    {before}
    print(fetch._step({start}))
    env.flush_all()
    {after}
retrying(work, env)
"""


@pytest.fixture(scope="module")
def prepared(origin):
    """Two pages of products."""
    for number in range(1, 102):
        origin.site.add_product(id=number, name=f"P{number}", sku=f"S{number}", price_gross=12.1)


@pytest.fixture
def erp(shared):
    """Where nothing was ever read."""
    return shared.forget("merchantpro_catalog_fetch", "merchantpro_product", "queue_job")


@pytest.fixture
def reading(erp):
    """Nothing is read yet, and nobody runs its jobs."""
    erp.run("shop.fetch_catalog()")


def touch(path):
    return f"pathlib.Path({str(path)!r}).touch()"


def wait_for(path):
    """Not for ever: who waits in vain must not outlive the test."""
    return (
        "\n    deadline = time.monotonic() + 100"
        f"\n    while not pathlib.Path({str(path)!r}).exists():"
        "\n        assert time.monotonic() < deadline"
        "\n        time.sleep(0.01)"
    )


def finish(worker, seconds=120):
    out, _log = worker.finish(seconds)
    return out


def at_once(erp, code):
    """What the code prints; it fails when it has to wait for a transaction that is held open."""
    return finish(erp.start(code), 60)


def state(erp):
    return erp.query("SELECT state FROM merchantpro_catalog_fetch")


def pages(erp):
    return erp.query("SELECT count(*) FROM merchantpro_catalog_fetch_page")


def test_a_pause_waits_for_no_page_and_the_page_is_not_lost(erp, reading, tmp_path):
    stored, paused = tmp_path / "stored", tmp_path / "paused"
    after = touch(stored) + wait_for(paused)
    job = erp.start(WORK.format(start=0, before="", after=after))
    wait_until(stored.exists)
    # The job has written its page and holds whatever it locks until we let it go.
    at_once(erp, PAUSE)
    assert state(erp) == "paused"
    assert pages(erp) == "0"
    paused.touch()
    assert finish(job) == "True\n"
    assert (state(erp), pages(erp)) == ("paused", "1")
    assert "False" in erp.run("print(env['merchantpro.catalog.fetch'].search([])._step(100))")
    assert pages(erp) == "1"


def test_a_pause_wins_over_the_end_of_the_reading(erp, reading, tmp_path):
    for start in (0, 100):
        erp.run(f"env['merchantpro.catalog.fetch'].search([])._step({start})")
    begun, paused = tmp_path / "begun", tmp_path / "paused"
    job = erp.start(WORK.format(start=None, before=touch(begun) + wait_for(paused), after=""))
    wait_until(begun.exists)
    erp.run(PAUSE)
    paused.touch()
    # Repeated, as the job runner would, it sees the pause.
    assert finish(job).endswith("False\n")
    assert state(erp) == "paused"


def test_two_jobs_of_one_page_read_it_once(erp, reading, tmp_path):
    stored, done = tmp_path / "stored", tmp_path / "done"
    job = erp.start(WORK.format(start=0, before="", after=touch(stored) + wait_for(done)))
    wait_until(stored.exists)
    second = """
from odoo.addons.queue_job.exception import RetryableJobError
try:
    env["merchantpro.catalog.fetch"].with_context(job_uuid="second").search([])._step(0)
except RetryableJobError as error:
    print(error.seconds, error.ignore_retry, error)
"""
    assert "11 True Another process is reading" in at_once(erp, second)
    done.touch()
    finish(job)
    assert "False" in erp.run("print(env['merchantpro.catalog.fetch'].search([])._step(0))")
    assert pages(erp) == "1"
    assert erp.query("SELECT count(*) FROM merchantpro_variant") == "100"


def test_a_job_that_began_before_another_stored_its_page_leaves_it_alone(erp, reading, tmp_path):
    """Its snapshot is older than what it would write again; repeated, it sees the page."""
    begun, stored = tmp_path / "begun", tmp_path / "stored"
    job = erp.start(WORK.format(start=0, before=touch(begun) + wait_for(stored), after=""))
    wait_until(begun.exists)
    erp.run("env['merchantpro.catalog.fetch'].search([])._step(0)")
    stored.touch()
    assert finish(job).endswith("False\n")
    assert pages(erp) == "1"
    assert erp.query("SELECT count(*) FROM merchantpro_variant") == "100"


def test_two_people_who_press_fetch_at_once_begin_one_reading(erp, tmp_path):
    click = """
from odoo.exceptions import ValidationError
from odoo.service.model import retrying
def click():
    with together():
        shop.fetch_catalog()
try:
    retrying(click, env)
except ValidationError as error:
    env.cr.rollback()
    print(error)
"""
    people = [erp.start(code) for code in codes(tmp_path, click, click)]
    told = "".join(finish(person) for person in people)
    assert "is being read already" in told
    assert erp.query("SELECT count(*) FROM merchantpro_catalog_fetch") == "1"
    jobs = "SELECT count(*) FROM queue_job WHERE method_name = '_job_fetch_page'"
    assert erp.query(jobs) == "1"
