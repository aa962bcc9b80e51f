"""How work that talks to a shop runs, and what its failures lead to.

Work runs as queue jobs. With `queue_job__no_delay` in the context it runs at
once, which is what scripts, tests and the crons' fallback do.
"""

import contextlib

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools.translate import get_translation

from odoo.addons.queue_job.exception import RetryableJobError

from ..api import errors
from ..api.words import Words


class MerchantProJob(models.AbstractModel):
    _name = "merchantpro.job"
    _description = "Work that talks to a MerchantPro shop"

    def _at_once(self):
        return bool(self.env.context.get("queue_job__no_delay"))

    def _in_job(self):
        return bool(self.env.context.get("job_uuid"))

    def _delay_once(self, key, cron, **options):
        """`with_delay` of a job of which one is enough, for it does whatever waits when it begins.

        One that is enqueued already may begin, and miss what this transaction adds, before that is
        committed. Then `cron` (its name) looks for what waits, as soon as it is committed."""
        enqueued = [("identity_key", "=", key), ("state", "in", ("pending", "enqueued"))]
        if self.env["queue.job"].sudo().search_count(enqueued, limit=1):
            cron = self.env.ref(f"cloudsales_merchantpro.{cron}", raise_if_not_found=False)
            # Its own run looks at what is committed.
            if cron and self.env.context.get("cron_id") != cron.id:
                cron.sudo()._trigger()
        return self.with_delay(identity_key=key, **options)

    def _as_system(self, group="cloudsales_merchantpro.group_user"):
        """These records for work that needs more rights than the person who starts it (it makes
        products, VAT rates, outbox rows). Raises AccessError for who is not of `group` or may
        not see the records; the jobs of the result keep its rights."""
        if self.env.su:
            return self
        if not self.env.user.has_group(group):
            raise AccessError(self.env._("You need more rights in MerchantPro to do this."))
        self.check_access("read")
        records = self.sudo()
        company = records.company_id
        return records.with_company(company) if len(company) == 1 else records

    def _told(self, error):
        """What an exception says, in the language of the reader where it came from the API."""
        return self._in_words(error.args[0]) if error.args else str(error)

    def _in_words(self, text):
        """`text` in the language of the reader, if it is the API's Words; any other as it is."""
        if not isinstance(text, Words):
            return str(text)
        lang = self.env.lang or "en_US"
        return text.translated(
            lambda source, values: get_translation("cloudsales_merchantpro", lang, source, values)
        )

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
            raise UserError(self._told(error)) from error
        # A full budget is no failure of the job, so it does not use up its tries.
        raise RetryableJobError(
            self._told(error),
            seconds=seconds and int(seconds) + 1,
            ignore_retry=bool(seconds),
        ) from error
