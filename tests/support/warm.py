"""Odoo, loaded once with the models of the template database, that forks a process for each piece
of code and for each server: they start in a tenth of a second instead of four, as the workers of
Odoo's own server do.

A request is what is wanted, as JSON, and descriptors: of the code, of the output (both streams),
and of where the number of the process and later its exit status are written. The program ends when
nobody can ask any more."""

import contextlib
import gc
import json
import logging
import os
import random
import signal
import socket
import sys
import threading
import traceback

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry
from odoo.service import server
from odoo.tools import config


def main(control):
    config.parse_config(sys.argv[2:], setup_logging=True)
    server.load_server_wide_modules()
    # What became of its children is told by the children.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        wanted, descriptors, _flags, _address = socket.recv_fds(control, 4096, 4)
        if not wanted:
            os._exit(0)  # Python would take a second to take apart what is loaded
        wanted = json.loads(wanted)
        load(wanted["source"])
        if not os.fork():
            control.close()
            watch(wanted, *descriptors)
        for each in descriptors:
            os.close(each)


def load(source):
    """The models of a database; all copies of it have them."""
    if source in Registry.registries:
        return
    registry = Registry(source)
    # What Odoo finds out of the models when it is needed, each process would find out anew.
    for field in registry._field_triggers:
        registry.is_modifying_relations(field)
        registry.get_field_trigger_tree(field)
    # Scripts tell nobody what they change, so what they start with knows nothing yet.
    registry.clear_all_caches()
    registry.cache_invalidated.clear()
    # Two processes must not use one connection, and none needs to look through what all share.
    sql_db.close_all()
    gc.collect()
    gc.freeze()


def watch(wanted, code, output, errors, told):
    """Fork once more, and tell what becomes of that process."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if pid := os.fork():
        os.write(told, b"%d\n" % pid)
        _pid, status = os.waitpid(pid, 0)
        with contextlib.suppress(BrokenPipeError):  # nobody listens any more
            os.write(told, b"%d\n" % os.waitstatus_to_exitcode(status))
        os._exit(0)
    # A group of its own, as of every server; who ends the tests may not end it.
    os.setsid()
    for number, each in enumerate((code, output, errors)):
        os.dup2(each, number)
    random.seed()
    status = 1
    try:
        adopt(wanted["source"], wanted["db"])
        status = serve(wanted["port"]) if "port" in wanted else work(wanted["db"])
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status or 0)


def adopt(source, db):
    """The models of a database serve its copy. Whether they changed there, `check_signaling` sees
    as it does in any process."""
    registry = Registry.registries[source]
    registry.db_name = db
    registry._db = sql_db.db_connect(db)
    Registry.registries.clear()
    Registry.registries[db] = registry
    config["db_name"] = [db]
    threading.current_thread().dbname = db


def work(db):
    """As Odoo's shell does it."""
    registry = Registry(db).check_signaling()
    with registry.cursor() as cr:
        context = api.Environment(cr, SUPERUSER_ID, {})["res.users"].context_get()
        env = api.Environment(cr, SUPERUSER_ID, context)
        cr.rollback()
        exec(sys.stdin.read(), {"__name__": "__main__", "env": env})
        cr.rollback()


def serve(port):
    """As Odoo's command does it, with crons and the job runner."""
    from odoo.addons.queue_job import jobrunner

    # It need not wait for workers that start beside it.
    jobrunner.START_DELAY = 0.1
    (db,) = config["db_name"]
    config["dbfilter"] = f"^{db}$"
    config["http_enable"] = True
    config["http_interface"], config["http_port"] = "127.0.0.1", port
    config["max_cron_threads"] = 2
    for name in ("odoo", "werkzeug"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return server.start(preload=[])


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
