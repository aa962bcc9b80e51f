"""Messages wait for working hours, in the company's time zone; what is no message does not."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo.tools import mute_logger

from .rule_case import RuleCase


class TestRuleHours(RuleCase):
    def prepare(self):
        super().prepare()
        self.company.partner_id.tz = "Europe/Bucharest"
        self.order_made = self.sale()

    def setUp(self):
        super().setUp()
        self.sent = []

        def send(rule, run):
            self.sent.append(rule.name)
            return "Sent."

        rules = type(self.env["merchantpro.rule"])
        self.enterContext(patch.object(rules, "_do_mail", send, create=True))

    def mail(self, **values):
        hours = {"hour_from": 9, "hour_to": 18}
        return self.rule("paid", **{"action": "mail", **hours, **values})

    def happen(self):
        self.env["merchantpro.rule"]._happened("paid", self.order_made)

    @mute_logger("odoo.addons.base.models.ir_cron")
    def test_what_happens_in_the_evening_is_told_in_the_morning(self):
        rule, other = self.mail(sequence=1), self.rule("paid", sequence=2)
        with freeze_time("2026-05-04 17:00:00") as clock:  # 20:00 in Bucharest
            self.happen()
            run = self.runs(rule)
            self.assertEqual((run.state, str(run.run_at)), ("waiting", "2026-05-05 06:00:00"))
            self.assertEqual(self.states(other), ["done"], "it keeps no other waiting")
            clock.move_to("2026-05-05 06:00:00")
            run._job_run()
        self.assertEqual((run.state, self.sent), ("done", ["paid"]))

    def test_a_delay_may_end_in_the_night_too(self):
        with freeze_time("2026-05-04 14:30:00"):  # 17:30
            rule = self.mail(delay=60)
            self.happen()
            self.assertEqual(str(self.runs(rule).run_at), "2026-05-05 06:00:00")

    def test_a_job_that_comes_late_waits_for_the_morning(self):
        with freeze_time("2026-05-04 14:30:00") as clock:
            rule = self.mail(delay=10)
            self.happen()
            clock.move_to("2026-05-04 18:00:00")
            run = self.runs(rule)
            run._job_run()
            self.assertEqual((run.state, str(run.run_at)), ("waiting", "2026-05-05 06:00:00"))

    def test_run_now_waits_for_nothing(self):
        with freeze_time("2026-05-04 20:00:00"):
            rule = self.mail(delay=600)
            self.happen()
            self.runs(rule).action_run_now()
            self.assertEqual((self.states(rule), self.sent), (["done"], ["paid"]))
