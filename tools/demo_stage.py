"""The demonstration's main job from an empty database to orders that are on their way, in the
order in which a merchant would do it. Orders flow through a running Odoo, its job runner and its
rules: nobody touches them."""

import json
import subprocess
import sys
import time

from . import database, demo_services, postgres, processes
from .scenario_documents import WAITING
from .steps import StepFailed

OPEN = "SELECT count(*) FROM purchase_need WHERE state = 'open'"
PATIENCE = 900  # seconds that the orders may take
DONE = "env.cr.commit()\n"
CALM = 3  # so many looks in a row at which nothing waits


def play(db, connection, suffix=""):
    """The figures of the table. `connection`: what the shop's record needs."""
    services = demo_services.start(suffix)
    _scene(db, f"scene.prepare({services!r})", connection)
    name = f"odoo-at-work{suffix}"
    port = processes.free_port()
    database.set_address(db, port)
    processes.start_odoo(name, db, port)
    try:
        _timed("orders read", lambda: _scene(db, "scene.read_orders()", connection))
        _timed("documents made", lambda: _wait(db))
        _scene(db, "scene.buy()", connection)
        _timed("needs ordered", lambda: _wait(db, f"{WAITING} + ({OPEN})"))
    finally:
        processes.stop(name)
    return _scene(db, "figures = scene.finish()", connection)


def _scene(db, call, connection):
    """Run a part of the scenario inside Odoo; its progress goes to the terminal, its figures come
    back."""
    code = (
        "import json, sys\n"
        "from tools.scenario import Scenario\n"
        "figures = {}\n"
        f"scene = Scenario(env, {connection!r},"
        " say=lambda line: print(line, file=sys.stderr, flush=True))\n"
        f"{call}\n"
        f"{DONE}"
        "print('FIGURES ' + json.dumps(figures))\n"
    )
    result = subprocess.run(
        database.shell_command(db),
        input=code.encode(),
        env=database.environment(),
        stdout=subprocess.PIPE,
        stderr=sys.stderr,
    )
    lines = [line for line in result.stdout.decode().splitlines() if line.startswith("FIGURES ")]
    if result.returncode or not lines:
        raise StepFailed("The demonstration failed; the error is above.")
    return json.loads(lines[-1].removeprefix("FIGURES "))


def _timed(name, work):
    started = time.monotonic()
    work()
    print(f"  {name:<24}{time.monotonic() - started:6.1f} s", file=sys.stderr, flush=True)


def _wait(db, waiting=WAITING):
    """Until nothing waits that can go on by itself. What still does after all patience is in the
    figures."""
    deadline, calm = time.monotonic() + PATIENCE, 0
    while calm < CALM and time.monotonic() < deadline:
        time.sleep(1)
        calm = calm + 1 if postgres.query(db, waiting).strip() == "0" else 0
