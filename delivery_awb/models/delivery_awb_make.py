"""Making a waybill at the courier, never twice.

    1. `sending` is committed;
    2. the request leaves;
    3. the number is committed, before anything else may fail;
    4. the transfer, the hooks, the label.

Killed between 1 and 3, or without a usable answer, nobody knows whether it was made: it becomes
`uncertain` and is looked up (delivery_awb_find.py). Killed after 3, the number is there and the
rest is done by the next who comes.
"""

import logging

from psycopg2 import OperationalError
from psycopg2.errors import UniqueViolation

from odoo import fields, models

from odoo.addons.queue_job.job import identity_exact

from .awb_errors import AwbRefused, AwbUnavailable, AwbUncertain
from .awb_states import UNMADE

_logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3  # times a waybill is sent that was lost before, without a person
FIRST_PAUSE = 60  # seconds
LONGEST_PAUSE = 1800


class DeliveryAwb(models.Model):
    _inherit = "delivery.awb"

    queued = fields.Boolean(readonly=True, copy=False, help="Waits to be sent to the courier.")
    sent_at = fields.Datetime(readonly=True, copy=False)
    attempts = fields.Integer(readonly=True, copy=False, help="How often it was sent.")
    tries = fields.Integer(readonly=True, copy=False, help="Times the courier was not there.")
    try_after = fields.Datetime(readonly=True, copy=False)

    def _send(self, now=False):
        """Have these drafts made at the courier, a job each."""
        drafts = self.filtered(lambda each: each.state == "draft")
        drafts.write({"queued": True, "problem": False, "try_after": False, "tries": 0})
        for waybill in drafts:
            waybill._delayed(now)._job_make()

    def _delayed(self, now=False, **options):
        """A job of these waybills. `now`: a person asks, so no job that waits for its hour is
        enough."""
        one = len(self) == 1
        words = self.env._("Waybill of %s", self.picking_id.name) if one else None
        return self.with_delay(
            description=words or self.env._("%s waybills", len(self)),
            identity_key=None if now else identity_exact,
            **options,
        )

    def _job_make(self):
        """One waybill, from whatever point the last one who was at it left it."""
        self._do_alone(lambda waybill: waybill._make())

    def _make(self):
        if not self._lock():
            self._busy()
            return
        if self.state == "sending" or self.number:
            self._resume()
        elif self.state == "draft" and self.queued and self._ready():
            self._request()

    def _resume(self):
        """Somebody was killed at it."""
        if self.number:
            if self.state in UNMADE:
                self._issued()
        else:
            self._doubt(self.env._("The work was interrupted while the courier was asked."))

    def _ready(self):
        """Set what is known only now; tell what is missing."""
        if self.picking_id.state == "cancel":
            self._become("cancelled", queued=False)
            return False
        self._prepare()
        words = self._missing()
        if words:
            self._refuse(words)
        return not words

    def _prepare(self):
        values = {}
        if not self.cod_by_hand:
            values["cod_amount"] = self.picking_id._awb_cod_amount()
        if self.weight <= 0:
            values["weight"] = self.picking_id._awb_weight(self.carrier_id)
        self.write(values)

    def _missing(self):
        """Words for what no courier would take, or nothing."""
        if self.weight <= 0:
            return self.env._(
                "The weight is zero. Type it here, on the products, or as the courier's default."
            )
        if not self.picking_id.partner_id:
            return self.env._("The transfer has no delivery address.")
        return ""

    def _request(self):
        self._become(
            "sending",
            sent_at=self._now(),
            attempts=self.attempts + 1,
            queued=False,
            problem=False,
            try_after=False,
        )
        self._keep()
        try:
            with self.env.cr.savepoint():
                answer = self.carrier_id._awb_create(self)
        except AwbRefused as error:
            self._refuse(error.args[0])
        except AwbUnavailable as error:
            self._wait_for_courier(error.args[0])
        except AwbUncertain as error:
            self._doubt(error.args[0])
        except Exception as error:
            # A fault of ours or of the way there: the request may have left before it.
            _logger.exception("Waybill %s of %s", self.id, self.picking_id.name)
            self._doubt(self.env._("No answer could be read: %s", error))
        else:
            self._adopt(answer)

    def _refuse(self, words):
        self._become("error", problem=words, queued=False)
        self._keep()

    def _wait_for_courier(self, words):
        """It was not made, and may be tried again by itself."""
        pause = min(FIRST_PAUSE * 2**self.tries, LONGEST_PAUSE)
        self._become("draft", queued=True, tries=self.tries + 1, attempts=self.attempts - 1)
        self._later(words, pause)

    def _adopt(self, answer):
        """Keep what the courier answered, then everything that follows from it."""
        try:
            with self.env.cr.savepoint():
                self.write(self._answer_values(answer))
        except UniqueViolation:
            self._refuse(
                self.env._(
                    "The courier answered with number %s, which is here already.", answer["number"]
                )
            )
            return
        self._number_parcels(answer.get("parcels") or [])
        self._keep()
        self._issued()

    def _answer_values(self, answer):
        values = {"number": answer["number"], "queued": False, "problem": False}
        for name in ("cost", "tracking_url"):
            if answer.get(name):
                values[name] = answer[name]
        if self._is_label(answer.get("label")):
            values |= self._label_values(answer["label"])
        return values

    def _issued(self):
        """It has its number: the transfer and who wants to know are told, the label is fetched."""
        values = {"issued_at": self.issued_at or self._now(), "try_after": False}
        try:
            with self.env.cr.savepoint():
                self._become("issued", **values)
                self._tell_transfer()
        except OperationalError:
            raise  # of the database, and passes: done again from here
        except Exception as error:
            # Whatever others make of it, the parcel has its waybill and needs its label.
            _logger.exception("After waybill %s", self.number)
            words = self.env._("The waybill is made, but not all that follows from it: %s", error)
            self.write({"state": "issued", "problem": words, **values})
        self._keep()
        if self.cancel_wanted:
            self._delayed()._job_cancel()
        elif not self.label and self.carrier_id._awb_can("label"):
            self._fetch_label()
        self._keep()
