"""Prices that are not sent, and that the list says why."""

from .price_case import PriceCase


class TestPriceGuards(PriceCase):
    def prepare(self):
        super().prepare()
        self.send()

    def assert_not_sent(self, *words):
        self.assertEqual(self.sent(), [])
        for word in words:
            self.assertIn(word, self.row(1).price_problem)
        listed = self.env["merchantpro.variant"].search([("price_problem", "!=", False)])
        self.assertEqual(listed, self.row(1))
        self.assertEqual(self.site.unit(1)["price_gross"], 24.2)

    def test_zero_is_never_sent(self):
        self.mug.lst_price = 0
        self.assert_not_sent("zero")

    def test_less_than_zero_is_never_sent(self):
        pricelist = self.pricelist()
        self.rule(pricelist, compute_price="formula", price_surcharge=-50)
        self.use(pricelist)
        self.assert_not_sent("zero")

    def test_a_price_below_cost_is_not_sent(self):
        self.mug.standard_price = 25
        self.mug.lst_price = 22
        self.assert_not_sent("below its cost", "22.00", "25.00")

    def test_the_cost_is_compared_with_the_price_without_vat(self):
        self.mug.lst_price = 22
        self.mug.standard_price = 22
        self.assertEqual(self.sent_prices(), [26.62])
        self.mug.write({"lst_price": 26.62, "taxes_id": self.included_tax().ids})
        self.assertFalse(self.problem())
        self.mug.standard_price = 22.01
        self.assertTrue(self.problem())

    def test_what_counts_is_the_price_that_would_be_sent(self):
        self.mug.write({"lst_price": 20.66, "standard_price": 20.66})
        self.assertFalse(self.problem())
        self.shop.price_rounding = "99"
        self.assertIn("20.65", self.problem())
        self.assertFalse(self.published())

    def test_the_markup_counts(self):
        self.mug.standard_price = 21
        self.shop.price_markup = 10
        self.assertFalse(self.problem())

    def test_below_cost_is_sent_where_allowed(self):
        self.mug.write({"lst_price": 22, "standard_price": 25})
        self.shop.price_below_cost = True
        self.assertEqual(self.sent_prices(), [26.62])

    def test_the_problem_goes_when_the_price_is_put_right(self):
        self.mug.lst_price = 0
        self.push()
        self.assertTrue(self.row(1).price_problem)
        self.mug.lst_price = 20
        self.push()
        self.assertFalse(self.row(1).price_problem)

    def test_the_problem_goes_when_odoo_decides_no_more(self):
        self.mug.lst_price = 0
        self.push()
        self.shop.price_direction = "none"
        self.assertFalse(self.row(1).price_problem)

    def test_one_product_without_price_keeps_no_other_back(self):
        spoon = self.erp_product("LINGURA", lst_price=5, taxes_id=False)
        self.site.add_product(id=2, sku="LINGURA", price_gross=4)
        self.import_catalog()
        self.mug.lst_price = 0
        spoon.lst_price = 6
        self.assertEqual(self.sent_prices(), [6])

    def test_the_cost_of_a_foreign_site_is_converted(self):
        self.mug.standard_price = 19
        self.shop.currency_id = self.foreign(rate=5)
        self.assertFalse(self.problem())
        self.mug.standard_price = 21
        self.assertIn("4.20", self.problem())

    def test_an_archived_pricelist_stops_the_prices_instead_of_being_replaced(self):
        pricelist = self.pricelist()
        self.fixed(pricelist, 15)
        self.use(pricelist)
        self.sent()
        pricelist.action_archive()
        self.mug.lst_price = 40
        self.assertEqual(self.sent(), [])
        self.assertIn("archived", self.row(1).price_problem)
        self.assertIn("archived", self.shop.price_setup_problem)

    def test_an_archived_product_is_told_no_price(self):
        self.mug.action_archive()
        self.assertEqual(self.shop._published_prices(self.row(1)), ({}, {}))

    def test_rows_that_are_not_linked_or_gone_are_told_no_price(self):
        self.row(1).on_site = False
        self.assertEqual(self.shop._published_prices(self.row(1)), ({}, {}))
        self.row(1).write({"on_site": True, "match_state": "unmatched"})
        self.assertEqual(self.shop._published_prices(self.row(1)), ({}, {}))
