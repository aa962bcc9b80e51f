"""`./dev test`: plain tests, the addon's, those that start and kill processes, those in a browser;
`--odoo`: Odoo's own tests of the modules we extend, with our addon installed. Each part has
databases of its own and tells its results when it is done. They run beside each other: no test
may depend on how much else the machine has to do."""

import concurrent.futures
import functools
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

from . import cups_packages, database, paths, postgres, processes, system
from .steps import report

PLAIN = ("tools/tests", "*_simulator/tests", "tests/api", "tests/sameday", "tests/packaging")
ODOO_MODULES = ("sale_stock", "stock_delivery")
COUNTS = re.compile(r"(\d+) (passed|failed|skipped|error)")
# Ends when all is told: to take apart what Odoo has loaded would take Python a second.
PYTEST = """
import atexit, os, sys, pytest
atexit.register(lambda: (sys.stdout.flush(), os._exit(code)))
code = pytest.main()
"""
# Parts at a time: those with servers mostly wait.
BESIDE = 4
TELLING = threading.Lock()


def test(arguments):
    """Run all of ours, Odoo's own, or pytest with `arguments`; the last line adds the parts up."""
    if arguments and arguments != ["--odoo"]:
        return _chosen(arguments)
    _forget_compiled()
    system.browser()  # without one, Odoo leaves out its own tests that need it, and says little
    totals = {"passed": 0, "failed": 0, "skipped": 0}
    codes = [_part("odoo's own", _odoos_own, totals)] if arguments else _ours(totals)
    line = f"{totals['passed']} passed, {totals['failed']} failed"
    print(line + (f", {totals['skipped']} skipped" if totals["skipped"] else ""))
    return 1 if any(codes) or totals["failed"] or not totals["passed"] else 0


def _ours(totals):
    """The exit codes of our parts, which ask one program for Odoo's processes."""
    with (
        tempfile.TemporaryDirectory() as shared,
        warm() as asked,
        concurrent.futures.ThreadPoolExecutor(BESIDE) as beside,
    ):
        run = functools.partial(_part, totals=totals, asked=asked.fileno())
        return list(beside.map(lambda part: run(*part), _parts(shared).items()))


def _forget_compiled():
    """Tests import files that are gone afterwards; what Python compiled of them would stay."""
    place = pathlib.Path(tempfile.gettempdir()).relative_to("/")
    shutil.rmtree(paths.DEV / "pycache" / place, ignore_errors=True)


def _parts(shared):
    """{name: function that makes its command}, first what takes long and is one process, so that
    the end is not one part alone. The files of the longest are shared out as they are done."""
    share = ["-p", "tools.shares", f"--taken={shared}", f"--lasted={paths.DEV / 'lasted'}"]
    addon = [f"{paths.ADDON}/tests", *share]
    killing = ["tests/processes", *share]
    parts = {
        "browser": lambda: _pytest("tests/browser"),
        "plain": lambda: _pytest(*_existing(PLAIN)),
        "processes, one": lambda: _pytest(*killing),
        "addon, one": lambda: _odoo_pytest(*addon),
        "addon, other": lambda: _odoo_pytest(*addon),
        "processes, other": lambda: _pytest(*killing),
    }
    for name, addons in (("glue", cups_packages.available(paths.GLUE)), ("below", paths.BELOW)):
        # Without an argument pytest would run all there are.
        if folders := _existing(f"{addon}/tests" for addon in addons):
            parts[name] = lambda folders=folders: _odoo_pytest(*folders)
    return parts


def warm():
    """Start the program that Odoo's processes are forked from (tests/support/warm.py): a socket to
    ask it. It ends when nobody has that any more."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    program = paths.ROOT / "tests" / "support" / "warm.py"
    command = [str(paths.PYTHON), "-W", "ignore", str(program), str(theirs.fileno())]
    options = ["-c", str(paths.CONFIG), "--load=web,queue_job", *database.script_options("error")]
    with theirs:
        handed = [theirs.fileno()]
        subprocess.Popen([*command, *options], env=database.environment(), pass_fds=handed)
    return ours


def _odoos_own():
    return _odoo_pytest(*_own_tests(), *deselected())


def _chosen(arguments):
    if any(each.startswith(tuple(paths.ADDONS)) for each in arguments):
        command, db = _odoo_pytest(*arguments)
        try:
            return subprocess.run(command, cwd=paths.ROOT, env=database.environment()).returncode
        finally:
            postgres.drop(db)
    command, _db = _pytest(*arguments)
    return subprocess.run(command, cwd=paths.ROOT, env=database.environment()).returncode


def _existing(patterns):
    """The folders with tests in them."""
    found = [sorted(paths.ROOT.glob(f"{pattern}/test_*.py")) for pattern in patterns]
    folders = [file.parent.relative_to(paths.ROOT).as_posix() for files in found for file in files]
    return list(dict.fromkeys(folders))


def _pytest(*arguments):
    return [str(paths.PYTHON), "-m", "pytest", "-q", "-p", "no:odoo", *arguments], None


def _odoo_pytest(*arguments):
    """A copy of a database of its own for each run, the smallest with what is tested."""
    db = f"test_{os.getpid()}_{time.monotonic_ns() % 10**6}"
    database.fresh(db, _source(arguments))
    port = processes.free_port()
    options = [f"--odoo-config={paths.CONFIG}", f"--odoo-database={db}"]
    options.append(f"--odoo-extra=http-port={port}")
    # Warnings are ignored, so nobody need search all memory for the last of them.
    options += ["-p", "no:unraisableexception"]
    python = [str(paths.PYTHON), "-W", "ignore", "-c", PYTEST]
    return [*python, "-q", "--odoo-http", *options, *arguments], db


def _source(arguments):
    """What the addon is built on is tested without it; the glue addons with all of it."""
    addons = {each.partition("/")[0] for each in arguments} & set(paths.ADDONS)
    if addons & set(paths.GLUE):
        return database.glued()
    return database.lower() if addons and addons <= set(paths.BELOW) else database.template()


def _own_tests():
    folders = []
    for module in ODOO_MODULES:
        found = [path / module / "tests" for path in paths.odoo_addons()]
        folders += [str(path) for path in found if path.is_dir()]
    return folders


def deselected():
    """Odoo's tests that also fail without our addon, each with its reason in the file."""
    lines = (paths.ROOT / "tools" / "odoo_tests_skipped.txt").read_text().splitlines()
    names = [line.split("#")[0].strip() for line in lines]
    expression = " and ".join(f"not {name}" for name in names if name)
    return ["-k", expression] if expression else []


def _part(name, prepare, totals, asked=None):
    """Its exit code; `asked` is where its tests ask for processes."""
    started = time.monotonic()
    handed = {"WARM": str(asked)} if asked else {}
    command, db = prepare()
    result = subprocess.run(
        command,
        cwd=paths.ROOT,
        env={**database.environment(), **handed},
        pass_fds=[asked] if asked else [],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if db:
        postgres.drop(db)
    counted = [line for line in result.stdout.splitlines() if COUNTS.search(line)]
    with TELLING:
        sys.stdout.write(result.stdout)
        sys.stdout.flush()
        for number, word in COUNTS.findall(counted[-1] if counted else ""):
            totals["failed" if word == "error" else word] += int(number)
        report(name, "tests run", time.monotonic() - started)
    return result.returncode
