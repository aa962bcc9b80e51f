"""Work with a courier: one process at a time for a waybill, in a transaction of its own.

What was decided and what was answered is committed at once (`_keep`), since the job's own
transaction may still fail. That a process is at work shows by a lock of its connection, which a
killed process loses: a waybill that is `sending` and not locked was left in the middle.

Where jobs are not delayed (scripts, tests) it happens in the caller's transaction, who commits.
"""

import contextlib

from psycopg2.extensions import ISOLATION_LEVEL_READ_COMMITTED

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.queue_job.exception import RetryableJobError

LOCK = 0x415742  # class of the advisory locks
BUSY_SECONDS = 5  # until a job looks again that met another one at the same waybill


class DeliveryAwb(models.Model):
    _inherit = "delivery.awb"

    @contextlib.contextmanager
    def _alone(self):
        """Yields the waybill for system's work, or None when another process is at it."""
        self.ensure_one()
        if self._at_once():
            lock = SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK, self.id)
            yield self._as_system() if self._took(lock) else None
            return
        with self._own_transaction() as waybill:
            if not waybill._took(SQL("SELECT pg_try_advisory_lock(%s, %s)", LOCK, self.id)):
                yield None
                return
            try:
                yield waybill if waybill.exists() else None
                waybill._keep()
            finally:
                # The connection goes back to the pool, and must not take the lock with it.
                own = waybill.env.cr
                own.rollback()
                own.execute("SELECT pg_advisory_unlock(%s, %s)", (LOCK, self.id))

    def _do_alone(self, work):
        """`work(waybill)`, for a job: who finds another process at it comes again."""
        if not self.exists():
            return
        with self._alone() as waybill:
            if waybill is None:
                self._busy()
            else:
                work(waybill)

    @contextlib.contextmanager
    def _own_transaction(self):
        """These waybills where `_keep` commits, for system's work. Not a snapshot: what others
        committed meanwhile is seen, and waited for."""
        if self._at_once():
            yield self._as_system()
            return
        with self.env.registry.cursor() as own:
            own._cnx.set_isolation_level(ISOLATION_LEVEL_READ_COMMITTED)
            waybills = self.with_env(self.env(cr=own)).with_context(awb_own_transaction=True)
            yield waybills._as_system()

    def _at_once(self):
        return bool(self.env.context.get("queue_job__no_delay"))

    def _took(self, lock):
        self.env.cr.execute(lock)
        return self.env.cr.fetchone()[0]

    def _as_system(self):
        waybills = self.sudo()
        return waybills.with_company(waybills.company_id[:1])

    def _keep(self):
        """Commit what was written until now, where that is ours to do. What is read from here on
        is what others have written since."""
        self.env.flush_all()
        if self.env.context.get("awb_own_transaction"):
            self.env.cr.commit()  # pylint: disable=invalid-commit

    def _later(self, words, seconds):
        """To be tried again by the job that does it now, and by the cron if that one is gone."""
        after = fields.Datetime.add(self._now(), seconds=seconds)
        self.write({"problem": words, "try_after": after})
        self._keep()
        if self._in_job():
            raise RetryableJobError(words, seconds=seconds, ignore_retry=True)

    def _busy(self):
        if self._in_job():
            words = self.env._("Another process is at this waybill.")
            raise RetryableJobError(words, seconds=BUSY_SECONDS, ignore_retry=True)

    def _in_job(self):
        return bool(self.env.context.get("job_uuid")) and not self._at_once()

    def _now(self):
        return fields.Datetime.now()
