"""How rules run: in their order, once, later, and what a failure leads to."""

import psycopg2
from freezegun import freeze_time

from odoo.exceptions import RedirectWarning, UserError

from odoo.addons.cloudsales_merchantpro.models.rule_outcomes import NotNeeded, TryLater
from odoo.addons.queue_job.tests.common import trap_jobs

from .rule_case import RuleCase

WORK = "odoo.addons.cloudsales_merchantpro.models.merchantpro_rule_work"


class TestRuleWork(RuleCase):
    def prepare(self):
        super().prepare()
        self.order_made = self.sale()

    def happen(self, *events, times=1):
        for event in events:
            for _time in range(times):
                self.env["merchantpro.rule"]._happened(event, self.order_made)

    def outcome(self, rule):
        (run,) = self.runs(rule)
        return run.state, run.problem or run.result

    def failing(self, *rules, error=UserError):
        """These rules fail; what the others do is listed."""
        done = []

        def act(rule, run):
            if rule in rules:
                raise error("So it is.")
            done.append(rule.name)
            return "Done."

        self.enterContext(self.acting(act))
        return done

    # Once, in sequence

    def test_a_rule_runs_once_for_a_document_however_often_it_happens(self):
        done = self.failing()
        rule = self.rule("confirmed")
        self.happen("confirmed", times=3)
        self.assertEqual(self.outcome(rule), ("done", "Done."))
        self.happen("confirmed")
        self.assertEqual((len(self.runs(rule)), done), (1, ["confirmed"]))

    def test_rules_of_an_event_run_in_sequence(self):
        done = self.failing()
        rules = self.env["merchantpro.rule"].union(
            *(self.rule("paid", name=str(each), sequence=each) for each in (30, 10, 20))
        )
        self.happen("paid")
        self.assertEqual(set(self.states(rules)), {"done"})
        self.assertEqual(done, ["10", "20", "30"])

    def test_a_job_is_enqueued_for_the_first_rule_and_it_wakes_the_next(self):
        first, second = self.rule("paid", sequence=1), self.rule("paid", sequence=2)
        with trap_jobs() as trap:
            self.env["merchantpro.rule"].with_context(queue_job__no_delay=False)._happened(
                "paid", self.order_made
            )
            trap.assert_jobs_count(1)
            self.assertEqual(trap.enqueued_jobs[0].recordset, self.runs(first))
            trap.perform_enqueued_jobs()
            self.assertEqual(self.states(first | second), ["waiting", "done"])
            self.assertEqual([job.recordset for job in trap.enqueued_jobs], [self.runs(second)])

    # Failures

    def test_what_failed_is_on_its_run_and_the_next_rule_goes_on(self):
        first, second = self.rule("paid", sequence=1), self.rule("paid", sequence=2)
        self.failing(first)
        self.happen("paid")
        self.assertEqual(self.outcome(first), ("failed", "So it is."))
        self.assertEqual(self.outcome(second), ("done", "Done."))

    def test_odoo_s_warning_with_a_way_out_is_told_too(self):
        rule = self.rule("paid")
        self.failing(rule, error=lambda words: RedirectWarning(words, 1, "Settings"))
        self.happen("paid")
        self.assertEqual(self.outcome(rule), ("failed", "So it is."))

    def test_a_rule_may_make_the_next_ones_wait_until_it_is_mended(self):
        first = self.rule("paid", sequence=1, continue_on_failure=False)
        second = self.rule("paid", sequence=2)
        other = self.rule("invoiced")
        broken = self.acting(lambda rule, run: 1 / 0 if rule == first else "Done.")
        with broken, self.assertLogs(WORK, "ERROR"):
            self.happen("paid", "invoiced")
            self.env.cr.flush()
        self.assertEqual(self.states(first | second), ["waiting", "failed"])
        self.assertIn("ZeroDivisionError", self.outcome(first)[1])
        self.assertEqual(self.states(other), ["done"])
        self.runs(first).action_retry()
        self.assertEqual(self.states(first | second), ["done", "done"])

    def test_what_a_failed_rule_had_written_is_taken_back(self):
        rule = self.rule("paid")

        def act(rule, run):
            run.order_id.client_order_ref = "Half"
            raise UserError("No.")

        with self.acting(act):
            self.happen("paid")
            self.assertEqual(self.states(rule), ["failed"])
        self.assertNotEqual(self.order_made.client_order_ref, "Half")

    def test_what_is_not_needed_is_no_failure(self):
        rule = self.rule("paid")
        self.failing(rule, error=NotNeeded)
        self.happen("paid")
        self.assertEqual(self.outcome(rule), ("skipped", "So it is."))

    def test_a_database_that_is_busy_is_no_failure_of_the_rule(self):
        rule = self.rule("paid")
        self.failing(rule, error=psycopg2.errors.SerializationFailure)
        with self.assertRaises(psycopg2.OperationalError), self.env.cr.savepoint():
            self.happen("paid")

    # Later

    def test_what_passes_by_itself_is_tried_again_with_pauses_and_ends_with_a_person(self):
        rule = self.rule("paid")
        with freeze_time("2026-05-04 10:00:00") as clock:
            self.failing(rule, error=TryLater)
            self.happen("paid")
            run = self.runs(rule)
            self.assertEqual((run.state, run.problem, run.tries), ("waiting", "So it is.", 1))
            run._job_run()
            self.assertEqual(run.tries, 1, "not before its pause is over")
            for tries in range(2, 31):
                clock.move_to(run.next_try)
                run._job_run()
                self.assertEqual(run.tries, min(tries, 29))
            self.assertEqual(run.state, "failed")

    def test_a_delayed_rule_waits_and_keeps_no_other_waiting(self):
        with freeze_time("2026-05-04 10:00:00") as clock:
            late, next_one = self.rule("paid", delay=30, sequence=1), self.rule("paid", sequence=2)
            with trap_jobs() as trap:
                self.env["merchantpro.rule"].with_context(queue_job__no_delay=False)._happened(
                    "paid", self.order_made
                )
                trap.assert_jobs_count(2)
                self.assertEqual(str(trap.enqueued_jobs[0].eta), "2026-05-04 10:30:00")
                trap.perform_enqueued_jobs()
            self.assertEqual((self.states(late), self.states(next_one)), (["waiting"], ["done"]))
            clock.move_to("2026-05-04 10:30:00")
            self.runs(late)._job_run()
            self.assertEqual(self.states(late), ["done"])

    def test_the_cron_takes_up_what_no_job_runs(self):
        rule = self.rule("paid")
        with trap_jobs():
            self.env["merchantpro.rule"].with_context(queue_job__no_delay=False)._happened(
                "paid", self.order_made
            )
        run = self.runs(rule)
        run._cron_waiting_runs()
        self.assertEqual(self.states(rule), ["waiting"], "its job may still come")
        self.env.cr.execute(
            "UPDATE merchantpro_rule_run SET create_date = create_date - '1h'::interval"
        )
        run.invalidate_recordset()
        run._cron_waiting_runs()
        self.assertEqual(self.states(rule), ["done"])

    def test_whoever_ends_a_run_wakes_what_waited_for_it(self):
        first = self.rule("paid", sequence=1, continue_on_failure=False)
        second = self.rule("paid", sequence=2)
        self.failing(first)
        self.happen("paid")
        self.assertEqual(self.states(second), ["waiting"])
        self.runs(first).state = "done"
        self.assertEqual(self.states(second), ["done"])

    # Conditions

    def test_conditions_that_never_change_are_asked_when_it_happens(self):
        other = self.make_shop(name="Other")
        cash = self.order_made.merchantpro_payment_method_id
        card = self.env["merchantpro.payment.method"]._for_codes(self.shop, {"c": "Card"})["c"]
        courier = self.order_made.merchantpro_shipping_method_id
        self.assertEqual((cash.code, bool(courier)), ("cash_delivery", True))
        wrong = self.rule("paid", shop_ids=other.ids) | self.rule(
            "paid", payment_method_ids=card.ids
        )
        right = self.rule("paid", shop_ids=False) | self.rule(
            "paid", payment_method_ids=(card | cash).ids, shipping_method_ids=courier.ids
        )
        far = self.env["res.company"].create({"name": "Far"})
        wrong |= self.rule("paid", shop_ids=False, company_id=far.id)
        self.happen("paid")
        self.assertFalse(self.runs(wrong))
        self.assertEqual(self.states(right), ["done", "done"])

    def test_the_filter_and_the_order_s_state_are_asked_when_it_runs(self):
        filtered = self.rule("paid", domain="[('amount_total', '>', 1000)]")
        archived = self.rule("paid", delay=5)
        cancelled = self.rule("confirmed", delay=5)
        self.happen("paid", "confirmed")
        self.assertIn("filter", self.outcome(filtered)[1])
        archived.active = False
        self.order_made._action_cancel()
        runs = self.runs(archived) | self.runs(cancelled)
        runs.action_run_now()
        self.assertIn("archived", self.outcome(archived)[1])
        self.assertIn("cancelled", self.outcome(cancelled)[1])
        self.assertEqual(set(runs.mapped("state")), {"skipped"})

    def test_nothing_is_asked_of_the_database_while_no_rule_waits_for_an_event(self):
        self.rule("invoiced")
        self.env["merchantpro.rule"]._is_awaited("paid")
        with self.assertQueryCount(0):
            self.happen("paid")
