"""`./dev demo`: a shop and an Odoo that sells for it, and a table of what happened."""

import json
import os
import webbrowser

from . import database, demo_services, demo_stage, postgres, processes
from .scenario_table import print_table

DATABASE = "demo"
SHOP_FILE = demo_services.FOLDER / "shop.sqlite"
COMPLETE = "main-job-done"  # stands in the database's remark, behind the template's name
KEY, SECRET, NOTICES = "demo-key", "demo-secret", "demo-webhook-secret"


def demo(once):
    """0 when the counts add up. `once`: in a database of its own, and nothing stays open."""
    if once:
        return _once()
    return _open()


def _once():
    db, shop = "demo_once", "shop-once"
    database.fresh(db, database.glued(), lasting=True)
    port = processes.free_port()
    processes.start_shop(shop, ":memory:", port)
    try:
        figures = _work(db, port, "-once")
    finally:
        processes.stop(shop)
        demo_services.stop("-once")
        postgres.drop(db)
    print_table(figures)
    print(json.dumps(figures, ensure_ascii=False))
    return 1 if figures["problems"] else 0


def _open():
    if not database.exists(DATABASE) or not database.has_all(DATABASE):
        # The two belong together: a new ERP gets a new shop.
        processes.stop("shop")
        demo_services.forget()
        database.fresh(DATABASE, database.glued(), lasting=True)
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
    services = demo_services.start()
    connect(DATABASE, shop["port"], odoo["port"], services)
    print(
        f"\nOdoo      http://127.0.0.1:{odoo['port']}/odoo   login admin, password admin\n"
        f"Shop      http://127.0.0.1:{shop['port']}/\n"
        f"Courier   {services['courier']}/\n"
        f"Mailbox   {services['mailbox']}/\n"
        f"Printer   {services['papers']}\n"
        "Order something in the shop; it is in Odoo within a minute, and so are its documents."
        "  ./dev stop ends all."
    )
    _browse(f"http://127.0.0.1:{odoo['port']}/odoo", f"http://127.0.0.1:{shop['port']}/")
    return 1 if figures and figures["problems"] else 0


def _browse(*addresses):
    """Open the pages where a desktop can show them."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        for address in addresses:
            webbrowser.open(address)


def _work(db, port, suffix=""):
    connection = {
        "url": f"http://127.0.0.1:{port}",
        "api_key": KEY,
        "api_secret": SECRET,
        "webhook_secret": NOTICES,
    }
    return demo_stage.play(db, connection, suffix)


def connect(db, shop_port, odoo_port, services):
    """All sides learn where the others listen now."""
    code = (
        "from tools import scenario_documents\n"
        f"scenario_documents.connect(env, {services!r})\n"
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
