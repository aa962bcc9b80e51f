"""Orders of a range of days are read without moving the start date."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user

from .order_case import SERVICES, OrderCase

MUG = [{"product_id": 1}]


class TestHistory(OrderCase):
    goods = SERVICES
    page_size = 10

    def prepare(self):
        super().prepare()
        self.shop.order_start_date = "2026-06-01 00:00:00"

    def place(self, date, **header):
        return self.site.add_order(MUG, date_created=date, **header)["id"]

    def history(self, first="2026-02-01", last="2026-02-28", purpose="open"):
        history = self.env["merchantpro.order.history"].create(
            {"shop_id": self.shop.id, "date_from": first, "date_to": last, "purpose": purpose}
        )
        history.action_start()
        return history

    def test_only_the_orders_of_the_range_are_read_by_the_site_s_own_days(self):
        before = self.place("2026-01-31T23:59:59+02:00")
        first = self.place("2026-02-01T00:00:01+02:00")  # still January in UTC
        last = self.place("2026-02-28T23:59:59+02:00")
        after = self.place("2026-03-01T00:00:01+02:00")  # still February in UTC
        history = self.history()
        self.assertEqual((history.state, history.read_count, history.new_count), ("done", 2, 2))
        self.assertTrue(self.order(first) and self.order(last))
        self.assertFalse(self.order(before) or self.order(after))

    def test_what_is_still_to_be_sent_comes_in_though_it_is_older_than_the_start_date(self):
        number = self.place("2026-02-10T10:00:00+02:00")
        self.history()
        self.assert_imported(self.order(number))
        self.assertEqual(str(self.shop.order_start_date), "2026-06-01 00:00:00")
        self.assertFalse(self.shop.order_read_until)

    def test_what_was_handled_elsewhere_is_kept_and_nobody_has_to_decide(self):
        sent = self.place("2026-02-10T10:00:00+02:00", shipping_status="delivered")
        back = self.place("2026-02-11T10:00:00+02:00", shipping_status="returned")
        failed = self.place("2026-02-12T10:00:00+02:00", payment_status="failed")
        never = self.place("2026-02-13T10:00:00+02:00", payment_status="temporary")
        over = self.place("2026-02-14T10:00:00+02:00", shipping_status="cancelled")
        self.history()
        kept = {number: self.order(number) for number in (sent, back, failed, never, over)}
        self.assertEqual({order.state for order in kept.values()}, {"ignored"})
        self.assertEqual(
            [order.ignored_because for order in kept.values()],
            ["history", "history", "history", "unfinished", "state"],
        )
        self.assertIn("history", kept[sent].held_reason)

    def test_only_keeping_imports_nothing(self):
        number = self.place("2026-02-10T10:00:00+02:00")
        self.history(purpose="keep")
        order = self.order(number)
        self.assertEqual((order.state, order.ignored_because), ("ignored", "history"))
        self.assertIn("elsewhere", order.held_reason)
        self.assertFalse(order.sale_order_id)
        self.site.update("order", number, payment_status="paid")
        self.history(purpose="keep")
        self.assertEqual(order.state, "ignored", "not even when the site changes it")

    def test_one_that_was_kept_comes_in_on_retry(self):
        number = self.place("2026-02-10T10:00:00+02:00")
        self.history(purpose="keep")
        self.order(number).action_retry()
        self.assert_imported(self.order(number))

    def test_those_that_were_kept_come_in_with_a_later_history(self):
        number = self.place("2026-02-10T10:00:00+02:00")
        self.history(purpose="keep")
        self.history()
        self.assert_imported(self.order(number))

    def test_orders_seen_before_stay_as_they_are(self):
        ignored = self.read_order(MUG, date_created="2026-07-01T10:00:00+03:00",
                                  shipping_status="delivered")  # fmt: skip
        done = self.read_order(MUG, date_created="2026-07-02T10:00:00+03:00")
        ignored.action_ignore()
        sale = self.assert_imported(done)
        with self.assert_nothing_written():
            for purpose in ("open", "keep"):
                history = self.history("2026-07-01", "2026-07-31", purpose)
                self.assertEqual((history.read_count, history.new_count), (2, 0))
        self.assertEqual((ignored.state, done.sale_order_id), ("ignored", sale))

    def test_pages_are_read_until_the_range_is_over(self):
        for number in range(1, 13):
            self.place(f"2026-02-10T10:{number:02}:00+02:00", id=str(number))
        for number in range(20, 40):
            self.place("2026-04-10T10:00:00+03:00", id=str(number))
        history = self.history(purpose="keep")
        self.assertEqual((history.state, history.new_count), ("done", 12))
        self.assertEqual(len(self.site.calls_of("GET", "/orders")), 3)

    def test_it_goes_on_where_it_was_interrupted(self):
        for number in range(1, 16):
            self.place("2026-02-10T10:00:00+02:00", id=str(number))
        history = self.env["merchantpro.order.history"].create(
            {
                "shop_id": self.shop.id,
                "date_from": "2026-02-01",
                "date_to": "2026-02-28",
                "purpose": "keep",
                "state": "running",
            }
        )
        self.assertTrue(history._step(0))
        self.assertFalse(history._step(0), "the page was read already")
        history._on_job_failed("The site was down")
        self.assertEqual((history.state, history.note), ("failed", "The site was down"))
        self.site.clear_calls()
        history.action_resume()
        self.assertEqual((history.state, history.new_count), ("done", 15))
        starts = [call["query"]["start"] for call in self.site.calls_of("GET", "/orders")]
        self.assertEqual(starts, ["10"])

    def test_a_site_that_refuses_interrupts_it_with_the_reason(self):
        self.site.faults.set("redirect", location="https://www.right.example")
        history = self.history()
        self.assertEqual(history.state, "failed")
        self.assertIn("right.example", history.note)

    def test_its_jobs_come_after_what_buyers_do_now(self):
        number = self.place("2026-02-10T10:00:00+02:00")
        self.shop = self.shop.with_context(queue_job__no_delay=False)
        history = self.env["merchantpro.order.history"].with_context(queue_job__no_delay=False)
        history = history.create(
            {"shop_id": self.shop.id, "date_from": "2026-02-01", "date_to": "2026-02-28"}
        )
        history.action_start()
        history._step(0)
        jobs = self.env["queue.job"].search(
            [("method_name", "in", ("_job_page", "_process_batch")), ("state", "=", "pending")]
        )
        self.assertEqual(set(jobs.mapped("method_name")), {"_job_page", "_process_batch"})
        self.assertEqual(set(jobs.mapped("priority")), {15})
        self.assertEqual(self.order(number).state, "new")

    def test_the_shop_is_told_how_many_came(self):
        self.place("2026-02-10T10:00:00+02:00")
        self.history()
        self.assertIn("1, of which 1 had never been seen", self.shop.message_ids[0].body)

    def test_a_range_not_chosen_yet_is_no_word_of_the_title(self):
        history = self.env["merchantpro.order.history"].new({"shop_id": self.shop.id})
        self.assertNotIn("False", history.display_name)

    def test_a_range_that_ends_before_it_begins_is_refused(self):
        with self.assertRaises(ValidationError):
            self.history("2026-02-02", "2026-02-01")

    def test_the_form_begins_with_its_shop_and_only_a_manager_starts_it(self):
        action = self.shop.action_read_history()
        model = self.env["merchantpro.order.history"].with_context(**action["context"])
        form = Form(model)
        form.date_from, form.date_to = "2026-02-01", "2026-02-28"
        history = form.save()
        self.assertEqual((history.shop_id, history.state), (self.shop, "draft"))
        user = new_test_user(
            self.env, "mp_user", groups="cloudsales_merchantpro.group_user,base.group_user"
        )
        with self.assertRaises(AccessError):
            history.with_user(user).action_start()

    def test_a_shop_that_is_not_connected_is_told_so(self):
        self.shop._stop_for(ValueError("No"))
        with self.assertRaisesRegex(UserError, "not connected"):
            self.shop.action_read_history()
