"""A process that pushes, made by a fork of ours, so that it begins at once; it may be killed."""

import contextlib
import os
import signal
import time
import traceback

from . import _push_shop
from ._odoo import environment_of


def start(dbname, shop_id, endless=False):
    """The number of a new process that pushes until nothing waits, or for ever. Nobody may have a
    cursor open here: two processes that use one connection end both."""
    from odoo import sql_db

    sql_db.close_db(dbname)
    pid = os.fork()
    if pid:
        return pid
    try:
        while _pushed(dbname, shop_id) or endless:
            time.sleep(0.02)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def kill(pid):
    """As a power cut would. True if it was still at work."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    return wait(pid) == -signal.SIGKILL


def wait(pid):
    """How it ended: its exit code, or the signal as a negative number."""
    _pid, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _pushed(dbname, shop_id):
    """One turn. Whether there is another one: also where a killed process still has the lock,
    until the database notices."""
    with environment_of(dbname) as env:
        return _push_shop.push_job(env["merchantpro.shop"].browse(shop_id)) is not None
