from odoo import fields
from odoo.tests import tagged
from odoo.tools import file_open

from odoo.addons.delivery_awb.models.awb_errors import AwbRefused, AwbUnavailable, AwbUncertain

from .awb_case import AwbCase


@tagged("post_install", "-at_install")
class TestCron(AwbCase):
    """What jobs left undone."""

    def later(self, minutes=30):
        """As if all of it had happened some time ago."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE delivery_awb SET "
            + ", ".join(
                f"{each} = {each} - %s * interval '1 minute'"
                for each in ("create_date", "write_date", "state_at", "try_after", "sent_at")
            ),
            [minutes] * 5,
        )
        self.env.invalidate_all()

    def tidy(self):
        self.env["delivery.awb"]._cron_tidy()

    def test_drafts_that_no_job_took_are_sent(self):
        queued, prepared = self.transfers[:2]
        prepared.action_prepare_awb()
        with self.trap_jobs():
            queued.with_context(queue_job__no_delay=False).action_make_awb()
        self.tidy()
        self.assertEqual(queued.awb_ids.state, "draft")
        self.later()
        self.tidy()
        self.assertEqual(queued.awb_ids.state, "issued")
        self.assertEqual(prepared.awb_ids.state, "draft")

    def test_work_that_was_interrupted_is_looked_up(self):
        made, not_made, numbered = (each._make_awb() for each in self.transfers)
        self.courier.made.pop(not_made.number)
        (made | not_made).write({"state": "sending", "number": False})
        numbered.state = "sending"
        self.later()
        self.tidy()
        self.assertEqual((made.state, numbered.state), ("issued", "issued"))
        self.assertEqual(not_made.state, "issued")
        self.assertEqual(self.courier.asked.count("create"), 4)

    def test_courier_that_came_back_makes_labels_and_cancels(self):
        self.courier.label_fails = self.courier.cancel_fails = AwbUnavailable("Away.")
        kept, unwanted = (each._make_awb() for each in self.transfers[:2])
        unwanted.action_cancel()
        self.courier.label_fails = self.courier.cancel_fails = None
        self.later()
        self.tidy()
        self.assertTrue(kept.label)
        self.assertEqual(unwanted.state, "cancelled")

    def test_what_waits_for_a_person_gets_one_activity_until_it_is_solved(self):
        self.courier.create_fails = AwbRefused("No such street.")
        refused = self.transfers[0]._make_awb()
        self.courier.create_fails = AwbUncertain("No answer.")
        unsure = self.transfers[1]._make_awb()
        self.tidy()
        self.assertFalse((refused | unsure).activity_ids)
        self.later(90)
        unsure.sent_at = fields.Datetime.now()
        self.tidy()
        self.tidy()
        self.assertEqual(len(refused.activity_ids), 1)
        self.assertEqual(len(unsure.activity_ids), 1)
        self.assertIn("No such street.", refused.activity_ids.note)
        self.assertTrue(refused.activity_ids.user_id.has_group("stock.group_stock_manager"))
        self.courier.create_fails = None
        refused.action_retry()
        self.assertFalse(refused.activity_ids)

    def test_copy_of_a_database_sends_nothing_by_itself(self):
        self.courier.create_fails = AwbUnavailable("Away.")
        waybill = self.transfers[0]._make_awb()
        self.courier.create_fails = None
        self.env.flush_all()
        with file_open("delivery_awb/data/neutralize.sql") as file:
            self.env.cr.execute(file.read())
        self.later()
        self.tidy()
        self.assertEqual(waybill.state, "draft")
        self.assertFalse(self.carrier.awb_tracking or self.carrier.awb_on_validate)
