"""Stock and price of a product go to the site together, and neither holds up the other."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields

from .price_case import PriceCase


class TestPushPrices(PriceCase):
    def prepare(self):
        super().prepare()
        self.set_stock(self.mug, 10)
        self.shop.write({"push_stock": True, "price_direction": "push"})
        self.push()
        self.site.clear_calls()

    def test_stock_and_price_go_in_one_call(self):
        self.set_stock(self.mug, 7)
        self.mug.lst_price = 30
        self.assertEqual(self.sent(), [{"stock": 7, "price_gross": 36.3, "old_price_gross": None}])
        self.assertEqual((self.row(1).stock, self.row(1).price_gross), (7, 36.3))
        self.assertEqual(self.sent(), [])

    def test_a_change_of_stock_alone_sends_no_price(self):
        self.set_stock(self.mug, 7)
        self.assertEqual(self.sent(), [{"stock": 7}])

    def test_prices_go_after_all_stock(self):
        spoon = self.erp_product("LINGURA", lst_price=5, stock=3, taxes_id=self.vat.ids)
        self.site.add_product(id=2, sku="LINGURA", price_gross=6.05, stock=3)
        self.import_catalog()
        self.push()
        self.site.clear_calls()
        self.mug.lst_price = 30
        self.set_stock(spoon, 9)
        self.push()
        paths = [call["path"] for call in self.site.calls_of("PATCH")]
        self.assertEqual(paths, ["/inventory/id/2", "/inventory/id/1"])

    def test_a_price_that_the_site_refuses_does_not_keep_the_stock_from_it(self):
        self.site.faults.set("refused", field="price_gross", words="Preț nepermis")
        self.set_stock(self.mug, 0)
        self.mug.lst_price = 30
        self.push()
        self.assertEqual(self.site.unit(1)["stock"], 0)
        self.assertIn("Preț nepermis", self.row(1).push_error)
        self.assertEqual((self.row(1).push_failures, self.row(1).price_failures), (0, 1))
        self.site.faults.clear()
        with freeze_time(fields.Datetime.now() + timedelta(minutes=2)):
            self.push()
        self.assertEqual(self.site.unit(1)["price_gross"], 36.3)
        self.assertFalse(self.row(1).push_error)
        self.assertFalse(self.env["merchantpro.change"].search([]))

    def test_a_price_that_is_paused_waits_and_the_stock_does_not(self):
        self.shop.price_paused = True
        self.set_stock(self.mug, 7)
        self.mug.lst_price = 30
        self.assertEqual(self.sent(), [{"stock": 7}])
        self.shop.price_paused = False
        self.assertEqual(self.sent_prices(), [36.3])

    def test_a_price_that_somebody_changed_on_the_site_is_put_right_by_the_comparison(self):
        later = fields.Datetime.now() + timedelta(hours=1)
        self.site.update("product", 1, price_gross=99, price_net=81.8182)
        with freeze_time(later, tick=True):
            comparison = self.shop._reconcile()
        line = comparison.line_ids
        self.assertEqual((line.difference, line.price, line.site_price), ("price", 24.2, 99))
        self.assertEqual(self.sent_prices(), [24.2])
