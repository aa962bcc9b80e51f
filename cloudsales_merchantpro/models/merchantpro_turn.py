"""A turn at work that reaches outside: one process at a time, and what was done there is kept
whatever happens next."""

import contextlib

from psycopg2.extensions import ISOLATION_LEVEL_READ_COMMITTED

from odoo import models

from odoo.addons.queue_job.exception import RetryableJobError

BUSY_SECONDS = 5  # until a job that met another one looks again


class MerchantProTurn(models.AbstractModel):
    _name = "merchantpro.turn"
    _description = "One process at a time; beside merchantpro.job"

    @contextlib.contextmanager
    def _turn(self, lock):
        """The record in a transaction to commit in (`_keep`), while no other job has a turn of
        this kind at it. `lock`: the class of the advisory lock, one for each kind of work."""
        self.env.cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (lock, self.id))
        if not self.env.cr.fetchone()[0]:
            # The other one may have looked before the change that woke us was there.
            raise RetryableJobError(self._busy_words(), seconds=BUSY_SECONDS, ignore_retry=True)
        with self._own_transaction() as record:
            yield record

    def _busy_words(self):
        return self.env._("Another process is at it.")

    @contextlib.contextmanager
    def _own_transaction(self):
        """The record in a transaction that may be committed midway, which a job's own may not:
        what was done outside is kept whatever happens next. Not a snapshot: what changed
        meanwhile is seen, and who wrote the same row is waited for."""
        if not self._in_job():
            yield self
            return
        with self.env.registry.cursor() as own:
            own._cnx.set_isolation_level(ISOLATION_LEVEL_READ_COMMITTED)
            yield self.with_env(self.env(cr=own))

    def _keep(self):
        """Commit what was written until now, where that is ours to do. Whoever calls from a
        script or a test commits by himself."""
        self.env.flush_all()
        if self._in_job():
            self.env.cr.commit()  # pylint: disable=invalid-commit
