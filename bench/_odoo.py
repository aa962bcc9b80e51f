"""Odoo in the benchmark's own process, on a database that is made for it and dropped after."""

import contextlib
import itertools
import os
import threading

from tools import database, postgres

# A name is never used twice in one process: Odoo keeps what it knows of a database by its name.
NUMBERS = itertools.count(1)


@contextlib.contextmanager
def environment():
    """The superuser's Environment in a fresh copy of the template, with a cursor that commits."""
    name = f"bench_{os.getpid()}_{next(NUMBERS)}"
    database.fresh(name)
    try:
        with _environment(name) as env:
            yield env
    finally:
        postgres.drop(name)


@contextlib.contextmanager
def _environment(name):
    from odoo import SUPERUSER_ID, api, sql_db
    from odoo.modules.registry import Registry
    from odoo.tools import config

    from tools import paths

    # A library that Odoo imports tells at each start that it is old.
    quiet = ["--log-level=warn", "--log-handler=py.warnings:CRITICAL"]
    config.parse_config(["-c", str(paths.CONFIG), "-d", name, *quiet])
    threading.current_thread().dbname = name
    try:
        with Registry(name).cursor() as cursor:
            yield api.Environment(cursor, SUPERUSER_ID, {})
    finally:
        Registry.delete(name)
        sql_db.close_db(name)
