"""The minute's work, and what happens when the job runner is down: the cron does waiting
jobs itself, for a bounded time."""

import datetime
import time

from odoo import api, fields, models

from odoo.addons.queue_job.controllers.main import RunJobController
from odoo.addons.queue_job.job import Job
from odoo.addons.queue_job.jobrunner.runner import Database

PATIENCE = datetime.timedelta(minutes=2)  # a running job runner takes a job within seconds
SECONDS = 50


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    @api.model
    def _cron_push(self):
        changed = self.env["merchantpro.change"]._read_group([], ["shop_id"])
        for (shop,) in changed:
            shop._unattended().push_changes()

    @api.model
    def _cron_orders(self):
        shops = self.search([("state", "=", "connected"), ("order_interval", ">", 0)])
        for shop in shops._orders_due():
            shop._unattended().fetch_orders()
        for shop in self.search([("state", "=", "connected")])._noticed():
            shop._unattended()._read_noticed()

    @api.model
    def _cron_waiting_jobs(self):
        """Run our jobs that nobody has taken, one transaction each, as the runner would."""
        started = time.monotonic()
        self._revive_dead_jobs()
        while time.monotonic() - started < SECONDS:
            job = self._oldest_waiting_job()
            if not job:
                return
            job.set_enqueued()
            job.store()
            # The job's own cursor must see it as taken.
            self.env.cr.commit()  # pylint: disable=invalid-commit
            taken = RunJobController._acquire_job(self.env, job.uuid)
            if taken:
                self._run_job(taken)

    def _revive_dead_jobs(self):
        """Make waiting again what a process that was killed had taken, by the runner's own rule:
        nobody holds the job's lock. Otherwise its identity key would keep the next one away."""
        self.env.cr.execute(Database._query_requeue_dead_jobs(None))
        self.env["queue.job"].invalidate_model()

    def _run_job(self, job):
        try:
            RunJobController._runjob(self.env, job)
        except Exception:
            # It is failed, with the traceback on it and in the log; the next one may still do.
            self.env.cr.rollback()

    def _oldest_waiting_job(self):
        now = fields.Datetime.now()
        record = self.env["queue.job"].search(
            [
                ("state", "=", "pending"),
                ("channel", "=like", "root.merchantpro%"),
                ("date_created", "<", now - PATIENCE),
                "|",
                ("eta", "=", False),
                ("eta", "<", now - PATIENCE),
            ],
            order="priority, date_created",
            limit=1,
        )
        return Job.load(self.env, record.uuid) if record else None
