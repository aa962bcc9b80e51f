"""Where the parcels are: couriers are asked in batches, each waybill at its carrier's interval,
for a bounded time. A state goes only forward, and is told once to `_on_state`."""

import logging
import time

from odoo import api, fields, models
from odoo.tools import SQL

from .awb_states import FOLLOWED, may_become

_logger = logging.getLogger(__name__)

BATCH = 50
SECONDS = 60
DAYS = 60  # after which nothing new is expected of a waybill


class DeliveryAwb(models.Model):
    _inherit = "delivery.awb"

    tracked_at = fields.Datetime(readonly=True, copy=False, index=True)
    tracking_problem = fields.Char(readonly=True, copy=False)

    @api.model
    def _cron_track(self):
        stop_at = time.monotonic() + SECONDS
        for carrier in self._carriers_followed():
            due = self._due_of(carrier)
            for start in range(0, len(due), BATCH):
                if time.monotonic() > stop_at:
                    self.env.ref("delivery_awb.cron_track")._trigger()
                    return
                due[start : start + BATCH]._job_track()

    def _carriers_followed(self):
        carriers = self.env["delivery.carrier"].with_context(active_test=False)
        followed = carriers.search([("awb_tracking", "=", True)])
        return followed.filtered(lambda each: each._awb_can("status"))

    def _due_of(self, carrier):
        """Those to ask about now, the longest unasked first."""
        now = self._now()
        before = fields.Datetime.subtract(now, minutes=carrier.awb_tracking_minutes)
        domain = [
            ("carrier_id", "=", carrier.id),
            ("state", "in", FOLLOWED),
            ("detached", "=", False),
            ("issued_at", ">", fields.Datetime.subtract(now, days=DAYS)),
            "|",
            ("tracked_at", "=", False),
            ("tracked_at", "<=", before),
        ]
        return self.search(domain, order="tracked_at NULLS FIRST, id", limit=20 * BATCH)

    def action_track(self):
        """Ask about these now."""
        self.check_access("write")
        for carrier, waybills in self.grouped("carrier_id").items():
            if carrier._awb_can("status"):
                waybills._delayed()._job_track()

    def _job_track(self):
        """Ask the one carrier of these waybills about them."""
        with self._own_transaction() as waybills:
            waybills._claim()._track()

    def _claim(self):
        """Those that nobody else is at; for an interval nobody else will ask."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM delivery_awb WHERE id = ANY(%s) AND state = ANY(%s)"
                " FOR UPDATE SKIP LOCKED",
                list(self.ids),
                list(FOLLOWED),
            )
        )
        mine = self.browse([each for (each,) in self.env.cr.fetchall()])
        self.invalidate_recordset()
        mine.tracked_at = self._now()
        self._keep()
        return mine

    def _track(self):
        if not self:
            return
        try:
            with self.env.cr.savepoint():
                told = self.carrier_id._awb_status(self)
        except Exception as error:
            _logger.info("Following %s: %s", self.carrier_id.name, error)
            self.tracking_problem = str(error)
            self._keep()
            return
        for waybill in self:
            waybill._hear(told.get(waybill) or {})
            self._keep()

    def _hear(self, told):
        """Take over what the courier says of this one."""
        try:
            with self.env.cr.savepoint():
                if self._lock():
                    self._move_on(told)
                    self._check_amount()
        except Exception as error:
            # Of others' hooks: it is told again at the next turn, and keeps no other waybill.
            _logger.exception("State of waybill %s", self.number)
            self.tracking_problem = str(error)

    def _move_on(self, told):
        words = {"tracking_problem": False}
        if told.get("words"):
            words["courier_status"] = told["words"]
        if told.get("at"):
            words["courier_status_at"] = told["at"]
        state = told.get("state")
        if state and may_become(self.state, state):
            self._become(state, **words)
            if state == "cancelled":
                self._untell_transfer()
        else:
            changed = {name: value for name, value in words.items() if self[name] != value}
            if changed:
                self.write(changed)
