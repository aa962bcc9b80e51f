"""A rule that waits, after its event, until the order matches a second filter."""

from freezegun import freeze_time

from .rule_case import RuleCase

PAID = "[('merchantpro_payment_status', '=', 'paid')]"


class TestRuleWaits(RuleCase):
    def waiting_rule(self, event="reserved", **values):
        return self.rule(event, wait_domain=PAID, **values)

    def pay(self, sale):
        self.site.update("order", sale.merchantpro_order_id.external_id, payment_status="paid")
        sale.merchantpro_order_id._read_again(self.shop)

    def test_it_runs_once_as_soon_as_the_order_matches_and_keeps_no_other_waiting(self):
        rule, other = self.waiting_rule(sequence=1), self.rule("reserved", sequence=2)
        sale = self.sale()
        (run,) = self.runs(rule)
        self.assertEqual((run.state, run.unmatched), ("waiting", True))
        self.assertIn("matches the second filter", run.result)
        self.assertEqual(self.states(other), ["done"])
        self.pay(sale)
        self.assertEqual((self.states(rule), run.unmatched), (["done"], False))
        self.pay(sale)
        self.assertEqual(self.states(rule), ["done"])

    def test_an_order_that_matches_already_waits_for_nothing(self):
        rule = self.waiting_rule()
        self.sale(payment_status="paid")
        self.assertEqual(self.states(rule), ["done"])

    def test_what_is_paid_before_it_is_reserved_runs_when_it_is_reserved(self):
        rule = self.waiting_rule()
        sale = self.sale([{"product_id": 1, "quantity": 12}])
        self.pay(sale)
        self.assertFalse(self.runs(rule))
        self.set_stock(self.mug, 30)
        sale.picking_ids.action_assign()
        self.assertEqual(self.states(rule), ["done"])

    def test_it_ends_when_the_order_is_cancelled(self):
        rule = self.waiting_rule()
        sale = self.sale()
        self.runs(rule)
        sale._action_cancel()
        (run,) = self.runs(rule)
        self.assertEqual((run.state, run.result), ("skipped", "The order is cancelled."))

    def test_a_filter_on_what_no_event_tells_is_asked_each_hour_for_two_months(self):
        with freeze_time("2026-05-04 10:00:00") as clock:
            rules = self.waiting_rule() | self.waiting_rule()
            sale = self.sale()
            first, second = self.runs(rules)
            self.env.cr.execute("UPDATE merchantpro_rule_run SET create_date = '2026-05-04 10:00'")
            (first | second).invalidate_recordset()
            clock.move_to("2026-05-04 11:05:00")
            second.rule_id.wait_domain = [("id", "=", sale.id)]
            self.cron()
            self.assertEqual((first.state, second.state), ("waiting", "done"))
            clock.move_to("2026-07-20 11:05:00")
            self.cron()
            self.assertEqual(first.state, "skipped")

    def cron(self):
        self.env["merchantpro.rule.run"]._cron_waiting_runs()
        self.env.cr.flush()
