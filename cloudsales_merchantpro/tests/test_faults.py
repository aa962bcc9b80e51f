"""Each fault of the site, one at a time, during a full import."""

from odoo.exceptions import UserError

from .common import ShopCase
from .order_case import SERVICES


class TestFaults(ShopCase):
    page_size = 2

    def prepare(self):
        super().prepare()
        # Two pages of products, and of orders; what is ordered is known to the ERP already.
        for number in range(1, 5):
            self.site.add_product(id=number, name=f"P{number}", sku=f"S{number}", price_gross=12.1)
        for number in range(1, 4):
            self.erp_product(f"S{number}", **SERVICES)
            self.site.add_order([{"product_id": number}])
        self.know_taxes(21)

    def full_import(self):
        self.import_catalog()
        self.shop.fetch_orders()

    def assert_complete(self, orders=3):
        rows = self.shop.variant_ids
        self.assertEqual(rows.mapped("match_state"), ["linked"] * 4)
        self.assertEqual(len(rows.product_id), 4)
        imported = self.env["merchantpro.order"].search([("shop_id", "=", self.shop.id)])
        self.assertEqual(imported.mapped("state"), ["done"] * orders)

    def assert_survives(self, name, **options):
        self.site.faults.set(name, **options)
        self.full_import()
        self.assert_complete()

    def test_a_busy_shop_with_500(self):
        self.assert_survives("busy_500", times=2)

    def test_a_busy_shop_with_400(self):
        self.assert_survives("busy_400", times=2)

    def test_a_busy_shop_now_and_then(self):
        self.assert_survives("busy_500", probability=0.2)

    def test_a_truncated_answer(self):
        self.assert_survives("truncated", times=1)

    def test_a_dropped_connection(self):
        self.assert_survives("dropped", times=1)

    def test_an_answer_of_wrong_types(self):
        self.assert_survives("wrong_types", times=1)

    def test_a_huge_answer(self):
        self.assert_survives("huge", times=1)

    def test_a_slow_shop(self):
        self.assert_survives("slow", seconds=0.05)

    def test_an_order_between_two_pages(self):
        self.site.faults.set("order_between_pages", times=1)
        self.full_import()
        self.shop.fetch_orders()
        self.assert_complete(orders=4)

    def test_a_redirect_stops_the_shop_and_says_where_it_is(self):
        self.site.faults.set("redirect", location="https://www.right.example")
        self.shop.fetch_catalog()
        self.assertEqual(self.shop.state, "error")
        self.assertIn("https://www.right.example", self.shop.state_message)
        self.site.faults.clear()
        self.shop.action_test_connection()
        self.full_import()
        self.assert_complete()

    def test_a_shop_that_stays_broken_is_told_and_completed_later(self):
        self.site.faults.set("truncated")
        with self.assertRaisesRegex(UserError, "cut off"):
            self.shop.fetch_catalog()
        self.site.faults.clear()
        self.full_import()
        self.assert_complete()
