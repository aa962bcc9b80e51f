"""`./dev test`: plain tests, the addon's, Odoo's own with our addon installed, those
that start, stop and kill servers."""

import os
import re
import subprocess
import sys
import time

from . import database, paths, postgres, system
from .steps import report

PLAIN = ("tools/tests", "merchantpro_simulator/tests", "tests/api", "tests/packaging")
SERVERS = ("tests/processes", "tests/browser")
ODOO_MODULES = ("sale_stock", "stock_delivery")
COUNTS = re.compile(r"(\d+) (passed|failed|skipped|error)")


def test(arguments):
    """Run everything, or pytest with `arguments`; the last line adds all parts up."""
    if arguments and arguments != ["--odoo"]:
        return _chosen(arguments)
    system.browser()  # without one, Odoo leaves out its own tests that need it, and says little
    totals = {"passed": 0, "failed": 0, "skipped": 0}
    codes = []
    if not arguments:
        codes.append(_part("plain", _pytest(*_existing(PLAIN)), totals))
        codes.append(_part("addon", _odoo_pytest(f"{paths.ADDON}/tests"), totals))
    codes.append(_part("odoo's own", _odoo_pytest(*_own_tests(), *deselected()), totals))
    if not arguments:
        codes.append(_part("servers", _pytest(*_existing(SERVERS)), totals))
    line = f"{totals['passed']} passed, {totals['failed']} failed"
    print(line + (f", {totals['skipped']} skipped" if totals["skipped"] else ""))
    return 1 if any(codes) or totals["failed"] or not totals["passed"] else 0


def _chosen(arguments):
    if any(each.startswith(tuple(paths.ADDONS)) for each in arguments):
        command, db = _odoo_pytest(*arguments)
        try:
            return subprocess.run(command, cwd=paths.ROOT, env=database.environment()).returncode
        finally:
            postgres.drop(db)
    command, _db = _pytest(*arguments)
    return subprocess.run(command, cwd=paths.ROOT, env=database.environment()).returncode


def _existing(folders):
    return [folder for folder in folders if any((paths.ROOT / folder).glob("test_*.py"))]


def _pytest(*arguments):
    return [str(paths.PYTHON), "-m", "pytest", "-q", "-p", "no:odoo", *arguments], None


def _odoo_pytest(*arguments):
    """A copy of the template of its own for each run."""
    db = f"test_{os.getpid()}_{time.monotonic_ns() % 10**6}"
    database.fresh(db)
    options = [f"--odoo-config={paths.CONFIG}", f"--odoo-database={db}"]
    return [
        str(paths.PYTHON),
        "-W",
        "ignore",
        "-m",
        "pytest",
        "-q",
        "--odoo-http",
        *options,
        *arguments,
    ], db


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


def _part(name, prepared, totals):
    command, db = prepared
    started = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=paths.ROOT,
        env=database.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    last = ""
    for line in process.stdout:
        sys.stdout.write(line)
        sys.stdout.flush()
        if COUNTS.search(line):
            last = line
    code = process.wait()
    if db:
        postgres.drop(db)
    for number, word in COUNTS.findall(last):
        totals["failed" if word == "error" else word] += int(number)
    report(name, "tests run", time.monotonic() - started)
    return code
