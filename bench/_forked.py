"""Work in a process of its own, made by a fork of ours, so that it begins at once."""

import json
import os
import signal
import traceback


class Fork:
    """A process at `work()`, whose result is made of what JSON has. Nobody may have a cursor open
    on the database `dbname` here: two processes that use one connection end both."""

    def __init__(self, dbname, work):
        from odoo import sql_db

        sql_db.close_db(dbname)
        self._reader, writer = os.pipe()
        self.pid = os.fork()
        if self.pid:
            os.close(writer)
            return
        try:
            os.write(writer, json.dumps(work()).encode())
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)

    def kill(self):
        """As a power cut would. Whether it was still at work."""
        os.close(self._reader)
        os.kill(self.pid, signal.SIGKILL)
        _pid, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status) == -signal.SIGKILL

    def result(self):
        """(what `work` returned, its seconds of processor time), when it is done."""
        with os.fdopen(self._reader) as reader:
            told = reader.read()
        _pid, status, usage = os.wait4(self.pid, 0)
        assert status == 0, f"the process ended with {status}"
        return json.loads(told), usage.ru_utime + usage.ru_stime
