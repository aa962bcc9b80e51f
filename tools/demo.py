"""`./dev demo`: a shop and an Odoo that sells for it, and a table of what happened."""

import json
import os
import shutil
import subprocess
import sys
import webbrowser

from . import database, paths, postgres, processes
from .scenario_table import print_table

DATABASE = "demo"
SHOP_FILE = paths.DEV / "demo" / "shop.sqlite"
COMPLETE = "main-job-done"  # stands in the database's remark, behind the template's name
KEY, SECRET, NOTICES = "demo-key", "demo-secret", "demo-webhook-secret"


def demo(once):
    """0 when the counts add up. `once`: in a database of its own, and nothing stays open."""
    if once:
        return _once()
    return _open()


def _once():
    db, shop = "demo_once", "shop-once"
    database.fresh(db)
    port = processes.free_port()
    processes.start_shop(shop, ":memory:", port)
    try:
        figures = _work(db, port)
    finally:
        processes.stop(shop)
        postgres.drop(db)
    print_table(figures)
    print(json.dumps(figures, ensure_ascii=False))
    return 1 if figures["problems"] else 0


def _open():
    if not database.exists(DATABASE):
        # The two belong together: a new ERP gets a new shop.
        processes.stop("shop")
        shutil.rmtree(SHOP_FILE.parent, ignore_errors=True)
        database.fresh(DATABASE, lasting=True)
    elif database.outdated(DATABASE):
        for server in ("odoo", "shop"):
            processes.stop(server)  # they run what was there before
        database.upgrade(DATABASE)
    SHOP_FILE.parent.mkdir(exist_ok=True)
    shop = processes.running("shop") or processes.start_shop(
        "shop", SHOP_FILE, processes.free_port(8070)
    )
    figures = None
    remark = postgres.remark(DATABASE)
    if COMPLETE not in remark:
        # Nothing was done yet, or it was interrupted: what is done is not done again.
        figures = _work(DATABASE, shop["port"])
        postgres.set_remark(DATABASE, f"{remark} {COMPLETE}")
        print_table(figures)
    odoo = processes.running("odoo") or processes.start_odoo(
        "odoo", DATABASE, processes.free_port(8069)
    )
    connect(DATABASE, shop["port"], odoo["port"])
    print(
        f"\nOdoo   http://127.0.0.1:{odoo['port']}/odoo   login admin, password admin\n"
        f"Shop   http://127.0.0.1:{shop['port']}/\n"
        "Order something in the shop; it is in Odoo within a minute.  ./dev stop ends both."
    )
    _browse(f"http://127.0.0.1:{odoo['port']}/odoo", f"http://127.0.0.1:{shop['port']}/")
    return 1 if figures and figures["problems"] else 0


def _browse(*addresses):
    """Open the pages where a desktop can show them."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        for address in addresses:
            webbrowser.open(address)


def _work(db, port):
    """Run the scenario inside Odoo; its progress goes to the terminal, its figures come back."""
    code = (
        "import json, sys\n"
        "from tools import scenario\n"
        f"job = scenario.Scenario(env, 'http://127.0.0.1:{port}', {KEY!r}, {SECRET!r}, {NOTICES!r},"
        " say=lambda line: print(line, file=sys.stderr, flush=True))\n"
        "figures = job.run()\n"
        "figures['problems'] = scenario.problems(figures)\n"
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
        raise SystemExit("The demonstration failed; the error is above.")
    return json.loads(lines[-1].removeprefix("FIGURES "))


def connect(db, shop_port, odoo_port):
    """Both sides learn where the other one listens now."""
    code = (
        "shop = env['merchantpro.shop'].search([], limit=1)\n"
        f"address = 'http://127.0.0.1:{shop_port}'\n"
        "if shop.url != address:\n    shop.url = address\n    shop.action_test_connection()\n"
        f"env['ir.config_parameter'].set_param('web.base.url', 'http://127.0.0.1:{odoo_port}')\n"
        "env.cr.commit()\n"
        "import requests\n"
        f"requests.post(address + '/_simulator/webhook', timeout=10, json={{'url':"
        f" 'http://127.0.0.1:{odoo_port}/merchantpro/webhook/' + shop.webhook_token,"
        " 'secret': shop.webhook_secret}).raise_for_status()\n"
    )
    database.script(db, code)
