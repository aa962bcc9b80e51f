"""What became of a message: the server was down, refused it, or a person put something right."""

import datetime

from odoo import fields
from odoo.tools import mute_logger

from .alert_case import AlertCase

QUEUE = "odoo.addons.mail.models.mail_mail"


class TestAlertsFollowed(AlertCase):
    def prepare(self):
        super().prepare()
        self.rule("paid")

    def setUp(self):
        super().setUp()
        self.env["merchantpro.rule"]._happened("paid", self.sale)
        self.env.cr.flush()
        self.alert, self.run_of_rule = self.sale.alert_ids, self.sale.merchantpro_run_ids

    def later(self, minutes):
        """The cron, as if that much time had passed."""
        past = datetime.timedelta(minutes=minutes)
        if self.alert.next_try:
            self.alert.next_try -= past
        self.env["merchantpro.alert"]._cron_follow()

    @mute_logger(QUEUE)
    def test_a_mail_server_that_is_down_delays_the_message_and_it_arrives_once(self):
        self.mailbox.shut()
        try:
            self.run_queue()
            self.assertEqual((self.alert.state, self.alert.tries), ("waiting", 1))
            self.assertGreater(self.alert.next_try, fields.Datetime.now())
            words = "The mail server did not take it.\nConnection refused"
            self.assertEqual(self.alert.problem, words)
            self.assertEqual(self.run_of_rule.state, "failed")
            self.assertIn("tried again by itself", self.run_of_rule.problem)
            self.run_queue()
            self.assertEqual(self.alert.tries, 1)  # not before its time
            self.later(1)
            self.run_queue()
            self.assertEqual(self.alert.tries, 2)
        finally:
            self.mailbox.open()
        self.later(2)
        self.run_queue()
        self.run_queue()
        self.assertEqual((self.alert.state, self.alert.problem), ("sent", False))
        self.assertEqual((self.run_of_rule.state, self.mailbox.deliveries()), ("done", 1))

    @mute_logger(QUEUE)
    def test_an_address_the_server_refuses_waits_for_a_person_who_corrects_it(self):
        self.mailbox.refused.add("ana@example.com")
        self.run_queue()
        self.assertEqual(self.alert.state, "failed")
        self.assertIn("knows no “", self.alert.problem)
        self.assertEqual(self.run_of_rule.state, "failed")
        self.buyer.email = "ana.pop@example.com"
        self.run_of_rule.action_retry()
        self.env.cr.flush()
        self.run_queue()
        self.assertEqual((self.alert.state, self.run_of_rule.state), ("sent", "done"))
        self.assertEqual(len(self.mailbox.mails("ana.pop@example.com")), 1)

    @mute_logger(QUEUE)
    def test_the_order_shows_why_what_a_person_sent_did_not_arrive(self):
        self.assertFalse(self.sale.alert_problem)
        self.tell("delivered")
        self.mailbox.refused.add("ana@example.com")
        self.run_queue()
        self.assertEqual(self.sale.alert_problem, "The mail server knows no “ana@example.com”.")

    @mute_logger(QUEUE)
    def test_after_two_days_nobody_wants_to_read_it(self):
        self.mailbox.shut()
        try:
            self.alert.tries = 49
            self.run_queue()
        finally:
            self.mailbox.open()
        self.assertEqual(self.alert.state, "failed")
        self.alert.action_retry()
        self.run_queue()
        self.assertEqual((self.alert.state, self.alert.tries), ("sent", 0))

    def test_retry_of_what_has_left_sends_nothing(self):
        self.env["mail.mail"].process_email_queue()
        self.alert.action_retry()
        self.run_queue()
        self.assertEqual((self.alert.state, self.mailbox.deliveries()), ("sent", 1))

    def test_what_somebody_cancelled_or_deleted_in_the_queue_is_said(self):
        self.alert.mail_id.cancel()
        self.run_queue()
        self.assertEqual(self.alert.state, "cancelled")
        self.alert.action_retry()
        self.assertEqual((self.alert.state, self.alert.mail_id.state), ("waiting", "outgoing"))
        self.alert.mail_id.unlink()
        self.run_queue()
        self.assertIn("deleted before it was sent", self.alert.problem)
        self.alert.action_retry()
        self.run_queue()
        self.assertEqual((self.alert.state, self.mailbox.deliveries()), ("sent", 1))

    def test_the_queue_wakes_the_cron(self):
        cron = self.env.ref("cloudsales_merchantpro.cron_alerts")
        triggers = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self.env["mail.mail"].process_email_queue()
        self.assertEqual(
            self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)]), triggers + 1
        )
