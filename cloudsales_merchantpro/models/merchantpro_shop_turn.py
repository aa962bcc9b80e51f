"""A turn at sending something to a shop: one process at a time, and what the site acknowledged
is kept whatever happens next."""

import contextlib

from psycopg2.extensions import ISOLATION_LEVEL_READ_COMMITTED

from odoo import models

from odoo.addons.queue_job.exception import RetryableJobError

# A worker that takes two minutes is killed (limit_time_real), and others wait for their turn.
JOB_SECONDS = 20
CALL_TIMEOUT = (5, 20)  # seconds to connect and to read
BUSY_SECONDS = 5  # until a job that met another one of its shop looks again


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    @contextlib.contextmanager
    def _turn(self, lock):
        """The shop in a transaction to commit in (`_keep`), while no other job has a turn of this
        kind at it. `lock`: the class of the advisory lock, one for each kind of work."""
        self.env.cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (lock, self.id))
        if not self.env.cr.fetchone()[0]:
            # The other one may have looked before the change that woke us was there.
            raise RetryableJobError(
                self.env._("Another process is sending to this shop."),
                seconds=BUSY_SECONDS,
                ignore_retry=True,
            )
        with self._own_transaction() as shop:
            yield shop

    @contextlib.contextmanager
    def _own_transaction(self):
        """The shop in a transaction that may be committed midway, which a job's own may not:
        what the site acknowledged is kept whatever happens next. Not a snapshot: what changed
        meanwhile is seen, and a reading that wrote the same row is waited for."""
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
