"""What differs between Odoo and the site is found, shown and repaired."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError

from .common import ShopCase


class TestReconciliation(ShopCase):
    page_size = 10

    def prepare(self):
        super().prepare()
        for number in range(1, 6):
            self.erp_product(f"P{number}", stock=10)
            self.site.add_product(id=number, sku=f"P{number}", stock=10, price_gross=12.1)
        self.import_catalog()
        self.shop.push_stock = True
        self.push()
        self.site.clear_calls()

    def setUp(self):
        super().setUp()
        self.enterContext(freeze_time(fields.Datetime.now() + timedelta(hours=1), tick=True))

    def compare(self, dry_run=True):
        return self.shop._reconcile(dry_run=dry_run)

    def sent(self):
        return [call["path"] for call in self.site.calls_of("PATCH")]

    def found(self, comparison):
        return {
            (line.variant_id.external_id, line.difference, line.stock, line.site_stock)
            for line in comparison.line_ids
        }

    def test_a_site_that_is_right_has_no_differences_and_gets_no_call(self):
        with self.assert_nothing_written(["merchantpro_variant", "merchantpro_change"]):
            comparison = self.compare(dry_run=False)
        self.assertEqual((comparison.state, comparison.compared_count), ("done", 5))
        self.assertFalse(comparison.line_ids)
        self.push()
        self.assertEqual(self.sent(), [])

    def test_only_comparing_shows_both_sides_and_sends_nothing(self):
        self.site.update("product", 2, stock=3)
        with self.assert_nothing_written(["merchantpro_variant", "merchantpro_change"]):
            comparison = self.compare()
        self.push()
        self.assertEqual(self.found(comparison), {("2", "stock", 10, 3)})
        self.assertEqual(comparison.line_ids.since, self.row(2).pushed_at)
        self.assertFalse(comparison.line_ids.waiting)
        self.assertEqual(self.sent(), [])

    def test_repair_sends_what_was_found(self):
        self.site.update("product", 2, stock=3)
        comparison = self.compare()
        comparison.action_repair()
        self.assertEqual(self.sent(), ["/inventory/id/2"])
        self.assertEqual(self.site.unit(2)["stock"], 10)
        self.assertTrue(comparison.line_ids.repaired)
        self.assertFalse(self.compare().line_ids)

    def test_the_nightly_comparison_repairs_by_itself_and_tells_the_shop(self):
        self.site.update("product", 2, stock=3)
        self.site.update("product", 4, stock=99)
        self.env["merchantpro.shop"].with_context(queue_job__no_delay=True)._cron_reconcile()
        self.push()
        self.assertEqual(self.site.unit(2)["stock"], 10)
        self.assertEqual(self.site.unit(4)["stock"], 10)
        self.assertIn("2 differences", self.shop.message_ids[0].body)

    def test_a_shop_that_does_not_want_it_is_not_compared_at_night(self):
        self.shop.reconcile_nightly = False
        self.env["merchantpro.shop"]._cron_reconcile()
        self.assertFalse(self.shop.reconciliation_ids)
        self.assertEqual(self.site.calls, [])

    def test_a_change_on_its_way_is_no_news(self):
        self.set_stock(self.row(1).product_id, 4)
        self.env.cr.flush()
        comparison = self.compare(dry_run=False)
        self.assertTrue(comparison.line_ids.waiting)
        self.assertEqual(
            comparison.line_ids.since, self.env["merchantpro.change"].search([])[0].changed_at
        )
        self.push()
        self.assertEqual(self.sent(), ["/inventory/id/1"])

    def test_what_the_site_no_longer_lists_is_found_and_the_push_makes_sure(self):
        self.site.remove("product", 3)
        comparison = self.compare()
        self.assertEqual(comparison.line_ids.mapped("difference"), ["gone"])
        self.assertTrue(self.row(3).on_site)
        comparison.action_repair()
        self.assertFalse(self.row(3).on_site)
        self.assertIn("/inventory/id/3", self.row(3).push_error)

    def test_a_row_acknowledged_after_the_page_was_asked_for_is_no_difference(self):
        self.site.update("product", 2, stock=3)
        self.row(2)._acknowledged({"stock": 10})
        self.assertFalse(self.compare().line_ids)

    def test_several_pages_are_compared_one_after_the_other(self):
        for number in range(10, 30):
            self.site.add_product(id=number, sku=f"X{number}")
        self.site.update("product", 5, stock=1)
        comparison = self.compare()
        self.assertEqual((comparison.state, comparison.compared_count), ("done", 5))
        self.assertEqual(len(self.site.calls_of("GET", "/products")), 3)
        self.assertEqual(self.found(comparison), {("5", "stock", 10, 1)})

    def test_a_page_that_fails_leaves_the_comparison_to_be_resumed(self):
        waiting = self.shop.with_context(queue_job__no_delay=False)._reconcile(dry_run=True)
        self.shop.write({"state": "error", "state_message": "refused"})
        waiting._job_page(0)
        self.assertEqual((waiting.state, waiting.note), ("failed", "refused"))
        self.assertEqual(self.site.calls, [])
        self.shop.state = "connected"
        waiting.with_context(queue_job__no_delay=True).action_resume()
        self.assertEqual((waiting.state, waiting.compared_count), ("done", 5))

    def test_a_second_job_for_a_page_changes_nothing(self):
        waiting = self.shop.with_context(queue_job__no_delay=False)._reconcile(dry_run=True)
        waiting._job_page(0)
        with self.assert_nothing_written():
            waiting._job_page(0)
        self.assertEqual(len(self.site.calls_of("GET", "/products")), 1)

    def test_one_comparison_of_a_shop_at_a_time(self):
        later = self.shop.with_context(queue_job__no_delay=False)
        self.assertEqual(later._reconcile(), later._reconcile())

    def test_a_shop_that_sends_nothing_is_not_compared(self):
        self.shop.stock_paused = True
        with self.assertRaisesRegex(UserError, "neither stock nor prices"):
            self.shop.action_compare()
