"""How work that talks to a shop runs, and what its failures lead to.

Work runs as queue jobs. With `queue_job__no_delay` in the context it runs at
once, which is what scripts, tests and the crons' fallback do.
"""

import contextlib

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.queue_job.exception import RetryableJobError

from ..api import errors


class MerchantProJob(models.AbstractModel):
    _name = "merchantpro.job"
    _description = "Work that talks to a MerchantPro shop"

    def _at_once(self):
        return bool(self.env.context.get("queue_job__no_delay"))

    def _in_job(self):
        return bool(self.env.context.get("job_uuid"))

    @contextlib.contextmanager
    def _shop_failures(self, shop):
        """What the site refuses for good stops the shop, on its record, and is not repeated;
        what may pass is tried again later by the job runner, or told to the person waiting."""
        try:
            yield
        except errors.Refused as error:
            shop._stop_for(error)
        except errors.RateLimited as error:
            self._later(error, error.wait)
        except (errors.TransientError, errors.OutcomeUnknown) as error:
            self._later(error, None)

    def _later(self, error, seconds):
        if not self._in_job():
            raise UserError(str(error)) from error
        # A full budget is no failure of the job, so it does not use up its tries.
        raise RetryableJobError(
            str(error), seconds=seconds and int(seconds) + 1, ignore_retry=bool(seconds)
        ) from error
