"""Odoo in processes of its own, in a database of its own."""

import contextlib
import functools
import os
import re
import uuid

import psycopg2
from worker import Worker, serve

from tools import database, paths, postgres, processes

SHOP = """
shop = env["merchantpro.shop"].search([], limit=1)
"""

CONNECT = """
env["merchantpro.shop"].create({{
    "name": "Test", "url": {site.url!r}, "api_key": {site.key!r}, "api_secret": {site.secret!r},
    "order_start_date": "2020-01-01", "order_interval": 0,
}}).action_test_connection()
# Odoo's daily look at all stock fails, and logs it, where anybody else moves something meanwhile.
env.ref("stock.ir_cron_scheduler_action").active = False
"""

# As a request does it: what other processes have in their caches is told to be old.
END = """
env.cr.commit()
env.registry.signal_changes()
"""

# Workers keep their connections as a server does.
LEAVE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

# One file of Odoo is missing from Debian's package, which is told each time; and of a transaction
# that Odoo does again, its database layer tells before it does.
ERROR = re.compile(
    r"^\S+ \S+ \d+ (ERROR|CRITICAL) (?!.*selfie_segmentation)"
    r"(?!.* bad query: .*\nERROR: could not serialize access).*",
    re.MULTILINE,
)


def connected(site, source=None, original=None):
    """An Erp whose shop is connected to `site`; `source` is the template unless told."""
    erp = Erp(source or _template(), original)
    erp.run(CONNECT.format(site=site))
    return erp


class Erp:
    """A database with the models of `source`: a copy of it, or of a copy, `original`; it is made
    when it is first asked for."""

    def __init__(self, source, original=None):
        self.source = source
        self._original = original or source
        self._made = None
        self._connection = None
        self._servers = []

    @property
    def db(self):
        """Its name."""
        if not self._made:
            self._made = f"process_{uuid.uuid4().hex[:8]}"
            postgres.copy(self._original, self._made)
        return self._made

    def copy(self):
        """Another one with the same in it; nobody may be at work in this one."""
        if self._made:
            self.query(LEAVE)
            self._disconnect()
        return Erp(self.source, self._made or self._original)

    def run(self, code):
        """Run Python inside Odoo, `shop` at hand, and commit; returns what it printed."""
        out, _log = self.start(code).finish()
        return out

    def start(self, code):
        """The same in the background."""
        return Worker.start(self.db, self.source, f"{SHOP}{code}{END}")

    def serve(self):
        """Start Odoo with its crons and the job runner."""
        name = f"{self.db}-{len(self._servers)}"
        port = processes.free_port()
        paths.LOGS.mkdir(parents=True, exist_ok=True)
        pid = serve(self.db, self.source, port, paths.LOGS / f"{name}.log")
        self._servers.append(name)
        record = processes.note(name, pid, port=port)
        # Its login page would have scripts and styles made that no test looks at.
        processes.wait_for(f"http://127.0.0.1:{port}/web/health")
        return record

    def kill(self, record):
        """As a power cut would; the power was off for a minute, which spares us waiting for it:
        the runner takes nothing up that began less than ten seconds ago."""
        os.killpg(record["pid"], 9)
        self.query("UPDATE queue_job SET date_enqueued = date_enqueued - interval '1 minute'")

    def skip_waits(self):
        """What was to be tried again later is tried now."""
        self.query("UPDATE queue_job SET eta = NULL WHERE state = 'pending'")

    def errors(self):
        """What its servers logged from the first error on; empty when there was none."""
        for name in self._servers:
            log = (paths.LOGS / f"{name}.log").read_text(errors="replace")
            found = ERROR.search(log)
            if found:
                return log[found.start() :]
        return ""

    def query(self, sql):
        """A row a line, its values between bars, as psql prints them."""
        if not self._connection:
            self._connection = psycopg2.connect(dbname=self.db)
            self._connection.autocommit = True
        with self._connection.cursor() as cursor:
            cursor.execute(sql)
            rows = cursor.fetchall() if cursor.description else []
        return "\n".join("|".join(map(_printed, row)) for row in rows)

    def forget(self, *tables):
        """Itself, without the rows of these."""
        self.query("; ".join(f"DELETE FROM {table}" for table in tables))
        return self

    def stop(self):
        """End its servers. Their database is not needed: they need not end their work first."""
        for name in self._servers:
            if record := processes.running(name):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(record["pid"], 9)
            processes.stop(name)

    def close(self):
        self.stop()
        self._disconnect()
        if self._made:
            postgres.drop(self._made)

    def _disconnect(self):
        if self._connection:
            self._connection.close()
            self._connection = None


@functools.cache
def _template():
    return database.template()


def _printed(value):
    if isinstance(value, bool):
        return "t" if value else "f"
    return "" if value is None else str(value)
