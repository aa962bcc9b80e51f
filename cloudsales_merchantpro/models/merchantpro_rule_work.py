"""Doing what a rule says: one job for each run.

    worker A                              worker B
    SELECT … FOR UPDATE (run)
                                          SKIP LOCKED: nothing to do
    makes the document
    writes the run as done, commits

A killed job leaves its run waiting, and the action finds what it had made. Of one document the
rules of an event run in their sequence: a run that ends wakes the next one. What fails says so on
its run, in words, and stops nothing else (see `continue_on_failure`); what a job lost, the cron
takes up."""

import datetime
import functools
import logging

from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError
from odoo.tools import SQL

from .concurrency import begin_again
from .merchantpro_order_process import AGAIN
from .rule_outcomes import NotNeeded, NotYet, TryLater

_logger = logging.getLogger(__name__)
LOCK = 0x4D50_5255  # advisory lock class: one rule of an order at a time
PENDING = "cloudsales_merchantpro.runs"
PAUSES = (1, 2, 5, 15, 60)  # minutes; the last one again and again
TRIES = 30  # a day and some hours
PRIORITY = 11  # after the orders (10)
PATIENCE = datetime.timedelta(minutes=2)  # a job is begun within seconds
TAKEN_UP = 500  # runs that the cron takes up at once


class MerchantProRuleRun(models.Model):
    _inherit = "merchantpro.rule.run"

    # Waking

    def _wake(self):
        """Have those of these runs done that wait for nothing but their time."""
        for run in self._unblocked():
            run._enqueue()

    def _unblocked(self):
        """Those of these waiting runs before which no other rule is to run: of the same event and
        document, earlier in sequence, and due."""
        self.env["merchantpro.rule"].flush_model(["event", "sequence", "continue_on_failure"])
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT r.id
                  FROM merchantpro_rule_run r JOIN merchantpro_rule u ON u.id = r.rule_id
                 WHERE r.id = ANY(%s) AND r.state = 'waiting' AND NOT EXISTS (
                       SELECT 1
                         FROM merchantpro_rule_run e JOIN merchantpro_rule v ON v.id = e.rule_id
                        WHERE e.order_id = r.order_id AND v.event = u.event
                          AND coalesce(e.picking_id, 0) = coalesce(r.picking_id, 0)
                          AND coalesce(e.move_id, 0) = coalesce(r.move_id, 0)
                          AND (v.sequence, v.id) < (u.sequence, u.id)
                          AND (e.state = 'waiting' AND e.unmatched IS NOT TRUE
                               AND (e.run_at IS NULL OR e.run_at <= %s)
                               OR e.state = 'failed' AND NOT v.continue_on_failure))
                 ORDER BY u.sequence, u.id, r.id
                """,
                self.ids,
                fields.Datetime.now(),
            )
        )
        return self.browse(row[0] for row in rows)

    def _enqueue(self):
        due = max(filter(None, (self.run_at, self.next_try)), default=None)
        if due and due <= fields.Datetime.now():
            due = None
        if not self._at_once():
            self.with_delay(
                description=self.env._(
                    "MerchantPro: %(rule)s, order %(order)s",
                    rule=self.rule_id.name,
                    order=self.order_id.name,
                ),
                identity_key=f"merchantpro.rule.run:{self.id}:{self.tries}:{due}",
                priority=PRIORITY,
                eta=due,
            )._job_run()
        elif not due:
            self._do_soon()

    def _do_soon(self):
        """At once, but not in the middle of what happened: when its transaction (or a savepoint)
        ends. What is not due yet is left to the cron."""
        hooks = self.env.cr.precommit
        if PENDING not in hooks.data:
            hooks.data[PENDING] = []
            hooks.add(functools.partial(self.browse()._do_pending))
        hooks.data[PENDING] += self.ids

    def _do_pending(self):
        for run_id in self.env.cr.precommit.data.pop(PENDING, ()):
            self.browse(run_id)._job_run()

    @api.model
    def _cron_waiting_runs(self):
        """Take up what waits though nothing keeps it waiting: its job was lost."""
        late = fields.Datetime.now() - PATIENCE
        runs = self.search(
            [
                ("state", "=", "waiting"),
                ("create_date", "<", late),
                "|",
                ("run_at", "=", False),
                ("run_at", "<", late),
                "|",
                ("next_try", "=", False),
                ("next_try", "<", late),
            ],
            order="id",
            limit=TAKEN_UP,
        )
        runs._wake()

    # Doing

    def _job_run(self):
        """Do what the rule says for its document, unless it is done or not its turn."""
        run = self._claimed()
        if run and run._is_due() and run._unblocked():
            run.sudo().with_company(run.company_id)._perform()

    def _is_due(self):
        times = filter(None, (self.run_at, self.next_try))
        return self.insist or all(time <= fields.Datetime.now() for time in times)

    def _claimed(self, states=("waiting",)):
        """This run, locked, if it is in one of `states` and no other process has it; else none."""
        self.flush_recordset()
        self.env.cr.execute(
            """
            SELECT order_id FROM merchantpro_rule_run
             WHERE id = ANY(%s) AND state = ANY(%s) FOR UPDATE SKIP LOCKED
            """,
            (self.ids, list(states)),
        )
        row = self.env.cr.fetchone()
        if not row:
            return self.browse()
        self.env.cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (LOCK, row[0]))
        if not self.env.cr.fetchone()[0]:
            begin_again(self.env, self.env._("Another rule of the same order is running."))
        self.invalidate_recordset()
        return self

    def _perform(self):
        rule = self.rule_id
        try:
            self._check_conditions()
            with self.env.cr.savepoint():
                # To open it ends what waited for a savepoint, which may have done this very run.
                if self.state == "waiting":
                    self._settle("done", result=rule._do(self))
        except TryLater as wait:
            self._try_later(str(wait))
        except NotYet:
            self._wait_for_match()
        except NotNeeded as reason:
            self._settle("skipped", result=str(reason))
        except AGAIN:
            raise
        except (UserError, RedirectWarning) as error:
            self._settle("failed", problem=self._told(error))
        except Exception as error:  # whatever another module raises: one run, nothing else
            _logger.error("Rule %s failed for order %s", rule.id, self.order_id.id, exc_info=error)
            self._settle("failed", problem=self._unforeseen(error))

    def _check_conditions(self):
        """Raises NotNeeded for an order that the rule is not for."""
        words = self.rule_id._why_not(self.order_id, self.picking_id)
        if words:
            raise NotNeeded(words)

    def _unforeseen(self, error):
        return self.env._(
            "It failed in a way nobody foresaw (%s). The server's log says where. Press Retry when"
            " the cause is gone.",
            type(error).__name__,
        )

    def _settle(self, state, result=False, problem=False):
        self.write(
            {
                "state": state,
                "result": result,
                "problem": problem,
                "settled_at": fields.Datetime.now(),
                "next_try": False,
            }
        )

    def write(self, vals):
        """Whoever ends a run (a courier's answer may come later), what waited for it goes on."""
        result = super().write(vals)
        if vals.get("state", "waiting") != "waiting":
            self._wake_next()
        return result

    def _try_later(self, words):
        """The reason passes by itself; after a day of it, it is for a person to look."""
        if self.tries + 1 >= TRIES:
            self._settle("failed", problem=words)
            return
        pause = PAUSES[min(self.tries, len(PAUSES) - 1)]
        self.write(
            {
                "tries": self.tries + 1,
                "problem": words,
                "insist": False,
                "next_try": fields.Datetime.now() + datetime.timedelta(minutes=pause),
            }
        )
        self._enqueue()

    def _wake_next(self):
        """The runs that may have waited for these."""
        same_orders = [("order_id", "in", self.order_id.ids), ("state", "=", "waiting")]
        others = self.search(same_orders) - self
        if others:
            others._wake()
