"""Taking a waybill back: at the courier first, then here; or here alone (detach)."""

import logging

from odoo import fields, models

from .awb_errors import AwbRefused
from .awb_states import UNDER_WAY, UNMADE

_logger = logging.getLogger(__name__)
PAUSE = 300  # seconds until the courier is asked again that gave no answer


class DeliveryAwb(models.Model):
    _inherit = "delivery.awb"

    cancel_wanted = fields.Boolean(readonly=True, copy=False, tracking=True)

    def _cancel_wanted(self):
        """Cancel: at once what the courier does not have; by a job what it has or may have."""
        self.filtered(lambda each: each.state in ("draft", "error"))._become(
            "cancelled", queued=False, problem=False
        )
        self.filtered(
            lambda each: each.state == "issued" and each.carrier_id._awb_here_only()
        )._cancelled()
        rest = self.filtered(lambda each: each.state in ("sending", "uncertain", "issued"))
        rest.cancel_wanted = True
        for waybill in rest.filtered(lambda each: each.state == "issued"):
            waybill.try_after = False
            waybill._delayed()._job_cancel()

    def _job_cancel(self):
        self._do_alone(lambda waybill: waybill._cancel())

    def _cancel(self):
        """Said twice it does no harm, so a time-out is simply tried again."""
        if not self._lock():
            self._busy()
            return
        if not self.cancel_wanted or self.state != "issued":
            return
        try:
            with self.env.cr.savepoint():
                self.carrier_id._awb_cancel(self)
        except AwbRefused as error:
            words = self.env._("The courier did not cancel it: %s", error.args[0])
            self.write({"cancel_wanted": False, "problem": words})
            self._ask_person(words)
        except Exception as error:
            _logger.info("Cancelling waybill %s: %s", self.number, error)
            self._later(self.env._("Not cancelled at the courier yet: %s", error), PAUSE)
        else:
            self._cancelled()
        self._keep()

    def _cancelled(self):
        self._become("cancelled", cancel_wanted=False, problem=False, try_after=False)
        self._untell_transfer()

    def _transfer_cancelled(self):
        """Their transfer is: so are they, unless the courier has the parcel."""
        early = self.filtered(lambda each: each.state in (*UNMADE, "issued"))
        early._cancel_wanted()
        for waybill in self.filtered(lambda each: each.state in UNDER_WAY):
            waybill._ask_person(
                self.env._("The transfer is cancelled, but the courier has the parcel.")
            )
