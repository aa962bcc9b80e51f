"""Printing on a real print server, killed at the worst moment or by two at once."""

import os
import signal
import textwrap

import pytest
from waiting import wait_until

from tools import cups, cups_packages, database

SET_UP = """
there = env["printing.server"].create(
    {{"name": "Test", "address": "127.0.0.1", "port": {port}, "user": "odoo"}}
)
there.update_printers(raise_on_error=True)
env["merchantpro.printer"].create(
    {{"name": {name!r}, "backend": "cups", "printing_printer_id": there.printer_ids.id}}
)
"""
DOCUMENT = """
printer = env["merchantpro.printer"].search([("name", "=", {name!r})])
attachment = env["ir.attachment"].create({{"name": "x.pdf", "raw": {content!r}}})
env["merchantpro.print.job"].create(
    {{"what": "other", "attachment_id": attachment.id, "printer_id": printer.id,
      "company_id": printer.company_id.id}}
)
"""
# As the job runner calls it, in a transaction of its own.
TURN = """
printer = env["merchantpro.printer"].search([("name", "=", {name!r})])
printer.with_context(job_uuid="x")._job_print()
"""
DIE = """
import os
from odoo.addons.cloudsales_merchantpro.models.print_run import PrintRun
PrintRun._take_in = lambda *arguments: os._exit(0)
"""
STATES = "SELECT state FROM merchantpro_print_job ORDER BY id"
TURNS = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = x'4D54'::int"


class Printer:
    """A print server with one printer, which `erp` knows under the server's name."""

    def __init__(self, erp, name):
        self.erp, self.name = erp, f"{name}-{os.getpid()}"
        self.record = cups.start(self.name)
        erp.run(SET_UP.format(port=self.record["port"], name=self.name))
        self.code = TURN.format(name=self.name)

    def add(self, content):
        self.erp.run(DOCUMENT.format(name=self.name, content=content))

    def print_until(self, states):
        """Turns of the printer until the documents of the database have these states."""

        def printed():
            self.erp.query("UPDATE merchantpro_print_job SET next_try = NULL")
            self.erp.run(self.code)
            return self.erp.query(STATES) == states

        wait_until(printed, 30)

    def signal(self, number):
        os.kill(self.record["pid"], number)

    def papers(self):
        return cups.documents(self.name)

    def close(self):
        self.signal(signal.SIGCONT)
        cups.remove(self.name)


@pytest.fixture(scope="module")
def source():
    if not cups_packages.ensure():
        pytest.skip("There is no CUPS here.")
    return database.glued()


@pytest.fixture
def erp(shared):
    """Where no printer is known."""
    return shared.forget("merchantpro_print_job", "merchantpro_printer", "printing_server")


@pytest.fixture
def printer(erp):
    """It has printed once, so CUPS is known to keep what it is done with, and has one to print."""
    printer = Printer(erp, "printer")
    printer.add(b"%PDF-1")
    printer.print_until("printed")
    printer.add(b"%PDF-2")
    yield printer
    printer.close()


def test_killed_while_the_printer_does_not_answer_the_document_comes_out_once(printer, erp):
    printer.signal(signal.SIGSTOP)
    worker = erp.start(printer.code)
    wait_until(lambda: erp.query(STATES) == "printed\nprinting")
    worker.kill()
    printer.signal(signal.SIGCONT)
    # Asked first: it got nothing, so the document waits again and is sent.
    erp.run(printer.code)
    printer.print_until("printed\nprinted")
    assert printer.papers() == [b"%PDF-1", b"%PDF-2"]


def test_killed_after_the_printer_has_it_the_document_is_not_sent_again(printer, erp):
    with pytest.raises(EOFError):
        erp.run(DIE + printer.code)
    assert erp.query(STATES) == "printed\nprinting"
    printer.print_until("printed\nprinted")
    assert printer.papers() == [b"%PDF-1", b"%PDF-2"]


def test_of_two_at_once_one_prints_and_a_printer_that_hangs_delays_no_other(printer, erp):
    printer.signal(signal.SIGSTOP)
    first = erp.start(printer.code)
    wait_until(lambda: erp.query(TURNS))
    raised = erp.run(
        f"""
from odoo.addons.queue_job.exception import RetryableJobError
try:
{textwrap.indent(printer.code, "    ")}
except RetryableJobError as error:
    print(error.seconds, error.ignore_retry)
"""
    )
    assert raised == "5 True\n"
    other = Printer(erp, "other")
    other.add(b"%PDF-3")
    erp.run(other.code)
    assert other.papers() == [b"%PDF-3"]
    other.close()
    printer.signal(signal.SIGCONT)
    first.finish()
    printer.print_until("printed\nprinted\nprinted")
    assert printer.papers() == [b"%PDF-1", b"%PDF-2"]


def test_two_workers_that_reserve_one_order_queue_its_picking_once(erp, site):
    site.add_product(id=1, sku="CANA", price_gross=24.2, stock=5)
    site.add_order([{"product_id": 1}])
    found = erp.run(
        """
from psycopg2.errors import SerializationFailure
env["product.product"].create({"name": "Cană", "default_code": "CANA", "is_storable": True})
now = shop.with_context(queue_job__no_delay=True)
now.fetch_catalog()
now.variant_ids.import_to_catalog()
now.fetch_orders()
shop.picking_printer_id = env["merchantpro.printer"].create({"name": "Depozit"})
env.cr.commit()
picking = env["sale.order"].search([("merchantpro_order_id", "!=", False)]).picking_ids
jobs = env["merchantpro.print.job"]
jobs.search_count([])
with env.registry.cursor() as other:
    jobs.with_env(env(cr=other))._queue_by_settings("picking", picking.with_env(env(cr=other)))
try:
    jobs._queue_by_settings("picking", picking)
except SerializationFailure:
    env.cr.rollback()
    print("begins again")
print(len(jobs._queue_by_settings("picking", picking)))
"""
    )
    assert found == "begins again\n1\n"
    assert erp.query("SELECT count(*) FROM merchantpro_print_job") == "1"
