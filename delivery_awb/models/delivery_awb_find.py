"""A waybill of which nobody knows whether the courier has it: asked for by our reference until
the answer is sure, then adopted or made again."""

import logging

from odoo import fields, models

from .awb_errors import AwbRefused, AwbUnavailable, AwbUncertain
from .delivery_awb_make import MAX_ATTEMPTS

_logger = logging.getLogger(__name__)

PAUSES = (15, 60, 180, 300)  # seconds from one question to the next


class DeliveryAwb(models.Model):
    _inherit = "delivery.awb"

    uncertain_since = fields.Datetime(readonly=True, copy=False)
    questions = fields.Integer(readonly=True, copy=False)

    def _doubt(self, words):
        now = self._now()
        self._become("uncertain", problem=words, uncertain_since=now, questions=0, queued=False)
        if self.carrier_id._awb_can("find"):
            self.try_after = fields.Datetime.add(now, seconds=PAUSES[0])
            self._delayed(eta=PAUSES[0])._job_find()
        else:
            self.problem = self.env._(
                "%s\nThis courier cannot be asked: look there whether it was made, then use"
                " “Type the Number” or “It Does Not Exist”.",
                words,
            )
        self._keep()

    def _job_find(self):
        self._do_alone(lambda waybill: waybill._find())

    def _find(self):
        if not self._lock():
            self._busy()
            return
        if self.state == "sending" or self.number:
            self._resume()
        elif self.state == "uncertain" and self.carrier_id._awb_can("find"):
            self._ask()

    def _ask(self):
        self.questions += 1
        self._keep()
        try:
            with self.env.cr.savepoint():
                answer = self.carrier_id._awb_find(self)
        except (AwbUncertain, AwbUnavailable, AwbRefused) as error:
            self._ask_later(error.args[0])
        except Exception as error:
            _logger.exception("Looking up waybill %s", self.id)
            self._ask_later(self.env._("No answer could be read: %s", error))
        else:
            if answer:
                self._adopt(answer)
            elif self._settled():
                self._not_made()
            else:
                self._ask_later(self.env._("The courier does not have it, or not yet."))

    def _ask_later(self, words):
        self._later(words, PAUSES[min(self.questions, len(PAUSES) - 1)])

    def _settled(self):
        """Whether a request that was on its way must have arrived by now."""
        settling = self.carrier_id.awb_settling_minutes
        return self._now() >= fields.Datetime.add(self.sent_at, minutes=settling)

    def _not_made(self):
        """The courier is sure not to have it."""
        if self.cancel_wanted or self.detached:
            self._become("draft")
            self._become("cancelled", problem=False)
        elif self.attempts < MAX_ATTEMPTS:
            self._become("draft")
            self._send()
        else:
            self._refuse(self.env._("It was sent %s times and never arrived.", self.attempts))
        self._keep()
