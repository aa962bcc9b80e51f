"""What the jobs left undone, because the courier was away, or the job runner is down or was killed,
is done by a cron, for a bounded time. What waits for a person for an hour gets an activity."""

import time

from odoo import api, fields, models

from .awb_states import FOLLOWED

SECONDS = 60
LIMIT = 100
PATIENCE = 5  # minutes that are the jobs'
LABEL_DAYS = 3


class DeliveryAwb(models.Model):
    _inherit = "delivery.awb"

    @api.model
    def _cron_tidy(self):
        stop_at = time.monotonic() + SECONDS
        self._remind()
        for method, domain in self._undone():
            for waybill in self.search(domain, limit=LIMIT, order="write_date"):
                if time.monotonic() > stop_at:
                    self.env.ref("delivery_awb.cron_tidy")._trigger()
                    return
                getattr(waybill, method)()

    def _undone(self):
        """[(job, domain of the waybills that wait for it)]"""
        now = self._now()
        before = fields.Datetime.subtract(now, minutes=PATIENCE)
        due = ["|", ("try_after", "=", False), ("try_after", "<", before)]
        left = [("write_date", "<", before)]
        fresh = fields.Datetime.subtract(now, days=LABEL_DAYS)
        native = self._carriers_with_labels()
        return [
            ("_job_make", [("state", "=", "sending"), *left]),
            ("_job_find", [("state", "=", "uncertain"), *left, *due]),
            ("_job_make", [("state", "=", "draft"), ("queued", "=", True), *left, *due]),
            ("_job_cancel", [("state", "=", "issued"), ("cancel_wanted", "=", True), *left, *due]),
            (
                "_job_label",
                [
                    ("state", "in", FOLLOWED),
                    ("label_filename", "=", False),
                    ("carrier_id", "in", native.ids),
                    ("issued_at", ">", fresh),
                    *left,
                ],
            ),
        ]

    def _carriers_with_labels(self):
        unlabelled = [("state", "in", FOLLOWED), ("label_filename", "=", False)]
        groups = self._read_group(unlabelled, ["carrier_id"])
        carriers = self.env["delivery.carrier"].union(*(carrier for (carrier,) in groups))
        return carriers.filtered(lambda each: each._awb_native("label"))

    def _remind(self):
        """What nobody cared for within an hour."""
        hour_ago = fields.Datetime.subtract(self._now(), hours=1)
        waiting = self.search(
            [
                ("detached", "=", False),
                ("activity_ids", "=", False),
                ("create_date", "<", hour_ago),
                "|",
                "&",
                ("state", "in", ("error", "uncertain")),
                ("state_at", "<", hour_ago),
                "&",
                ("state", "=", "draft"),
                ("tries", ">", 5),
            ],
            limit=LIMIT,
        )
        for waybill in waiting:
            waybill._ask_person(waybill.problem or "")
