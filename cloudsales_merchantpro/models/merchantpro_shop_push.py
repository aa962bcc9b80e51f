"""Sending stock to the site: at most one writer a shop, latest value only, riskiest first.

Values are absolute, so a push repeated after a crash does no harm. Outbox rows are
deleted in the transaction that records what the site acknowledged.
"""

import time

from odoo import fields, models
from odoo.exceptions import UserError

from ..api import errors

LOCK = 0x4D50  # advisory lock class of the pushes; the second key is the shop
# What one transaction sends. A worker that takes two minutes is killed (limit_time_real),
# after the calls and before the commit: the same calls would be made again, for ever.
BATCH = 40
BATCH_SECONDS = 40  # with the last call, at two tries of 35 s, still under two minutes
CALL_TIMEOUT = (5, 20)
ROWS = 5000
MAX_REFUSALS = 5


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    def push_changes(self):
        """Send what changed since the last push, stock only where the site's value differs.
        Shops that are not connected, or have the switch off, are left alone. Raises UserError
        for a shop without stock locations."""
        self.env["merchantpro.change"]._insert_collected()
        for shop in self._as_system()._usable().filtered("push_stock"):
            if shop._at_once():
                shop._check_publishes()
                while shop._push_batch():
                    pass
            else:
                shop.with_delay(
                    description=self.env._("MerchantPro: send stock to %s", shop.name),
                    identity_key=f"merchantpro.push:{shop.id}",
                )._job_push()
        return True

    def _check_publishes(self):
        if self.push_problem:
            raise UserError(self.push_problem)

    def _job_push(self):
        # Stopped or switched off since this was enqueued?
        if self._usable() and self.push_stock and self._push_batch():
            # The identity key belongs to this job until it is done.
            self.with_delay(identity_key=f"merchantpro.push.next:{self.id}")._job_push()

    def _push_batch(self):
        """Deal with a batch of the outbox. True when there is more to do."""
        if self.push_problem:
            return False  # the shop says why; the outbox keeps
        self.env.cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (LOCK, self.id))
        if not self.env.cr.fetchone()[0]:
            return False
        changes, full = self._take_changes()
        if not changes:
            return False
        wanted = self._published_stock(self.env["merchantpro.variant"].browse(changes))
        due = [(row, value) for row, value in wanted.items() if row._differs(value)]
        due.sort(key=lambda pair: pair[0]._push_risk(pair[1]))
        batch = due[:BATCH]
        later = {row.id for row, _value in due[BATCH:]}
        later |= self._send_stock(batch)
        done = [each for row_id, ids in changes.items() if row_id not in later for each in ids]
        self.env["merchantpro.change"].browse(done).unlink()
        return bool((later or full) and done) and self.state == "connected"

    def _take_changes(self):
        """({variant id: outbox ids}, whether there may be more); rows another transaction holds
        are left to it."""
        self.env.cr.execute(
            "SELECT id, variant_id FROM merchantpro_change WHERE shop_id = %s"
            " ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED",
            (self.id, ROWS),
        )
        rows = self.env.cr.fetchall()
        changes = {}
        for change_id, variant_id in rows:
            changes.setdefault(variant_id, []).append(change_id)
        return changes, len(rows) == ROWS

    def _send_stock(self, batch):
        """Send (row, value) pairs. Returns the ids of rows to try again later."""
        later = {row.id for row, _value in batch}
        client = self._client(timeout=CALL_TIMEOUT) if batch else None
        stop_at = time.monotonic() + BATCH_SECONDS
        sent = False
        for row, value in batch:
            try:
                client.patch_inventory(row.external_id, {"stock": value})
            except errors.NotFound as error:
                row.write({"on_site": False, "push_error": self._told(error)})
                later.discard(row.id)
            except errors.BadRequest as error:
                if row._refused(error):
                    later.discard(row.id)
            except errors.Refused as error:
                self._stop_for(error)
                break
            except errors.MerchantProError as error:
                if not sent:
                    self._later(error, getattr(error, "wait", None))
                break  # what was acknowledged is committed first; the rest comes next minute
            else:
                row._acknowledged(value)
                sent = True
                later.discard(row.id)
            if time.monotonic() > stop_at:
                break
        return later


class MerchantProVariant(models.Model):
    _inherit = "merchantpro.variant"

    must_send = fields.Boolean(
        string="Send Anyway", help="Send the stock also if the site seems to have it."
    )

    def _differs(self, value):
        return self.must_send or self.stock != value

    def _push_risk(self, value):
        """Sort key: what may be oversold first (to zero, then down), then what may be sold."""
        return (0 if value == 0 else 1 if value < self.stock else 2, self.id)

    def _acknowledged(self, value):
        self.write(
            {
                "stock": value,
                "must_send": False,
                "pushed_at": fields.Datetime.now(),
                "push_error": False,
                "push_failures": 0,
            }
        )

    def _refused(self, error):
        """Count a refusal with the site's words; True when a person has to look at it."""
        self.write({"push_error": self._told(error), "push_failures": self.push_failures + 1})
        return self.push_failures >= MAX_REFUSALS
