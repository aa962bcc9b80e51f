"""Odoo in the benchmark's own process, on a database that is made for it and dropped after."""

import contextlib
import itertools
import os
import threading

from tools import database, paths, postgres

# A name is never used twice in one process: Odoo keeps what it knows of a database by its name.
NUMBERS = itertools.count(1)


@contextlib.contextmanager
def environment(with_addon=True):
    """The superuser's Environment in a fresh copy of the template, with a cursor that commits. Or
    in one of the base, which has all that the addon needs but not the addon."""
    with fresh_database(with_addon) as name, environment_of(name) as env:
        yield env


@contextlib.contextmanager
def fresh_database(with_addon=True, glued=False):
    """The name of such a database, for who opens cursors by itself; with all addons if `glued`."""
    from odoo import sql_db
    from odoo.modules.registry import Registry
    from odoo.tools import config

    name = f"bench_{os.getpid()}_{next(NUMBERS)}"
    if with_addon:
        database.fresh(name, database.glued() if glued else None)
    else:
        postgres.copy(database.base(), name)
    # A library that Odoo imports tells at each start that it is old.
    quiet = ["--log-level=warn", "--log-handler=py.warnings:CRITICAL"]
    config.parse_config(["-c", str(paths.CONFIG), "-d", name, *quiet])
    threading.current_thread().dbname = name
    try:
        yield name
    finally:
        Registry.delete(name)
        sql_db.close_db(name)
        postgres.drop(name)


@contextlib.contextmanager
def environment_of(name):
    """The superuser's Environment in that database, committed at the end."""
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    with Registry(name).cursor() as cursor:
        yield api.Environment(cursor, SUPERUSER_ID, {})
