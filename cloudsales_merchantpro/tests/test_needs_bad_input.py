"""What cannot be ordered says why and waits; the others go on."""

from .need_case import NeedCase


class TestNeedsBadInput(NeedCase):
    def need_of(self, sale):
        return self.needs.search([("sale_order_id", "=", sale.id)])

    def assert_blocked(self, need, words):
        self.assertEqual(need.state, "blocked")
        self.assertIn(words, need.problem)

    def assert_the_others_go_on(self):
        fine = self.sell(2, self.book)
        self.consolidate()
        self.assertEqual(self.of(fine), {"ordered": 2})
        self.assert_true_to_stock()

    def test_without_a_supplier_until_somebody_chooses_one(self):
        pot = self.product("Oală")
        need = self.need_of(self.sell(3, pot))
        self.assert_the_others_go_on()
        self.assert_blocked(need, "No supplier")
        need.supplier_id = self.other
        self.assertEqual((need.state, need.problem), ("open", False))
        order = self.consolidate() & need.purchase_order_id
        self.assertEqual((order.partner_id, need.state), (self.other, "ordered"))

    def test_a_supplier_that_the_product_gets_later_is_found(self):
        pot = self.product("Oală")
        need = self.need_of(self.sell(3, pot))
        pot.seller_ids = [(0, 0, {"partner_id": self.supplier.id, "price": 2})]
        need.action_find_supplier()
        self.assertEqual(
            (need.state, need.supplier_id, need.price_unit), ("open", self.supplier, 2)
        )

    def test_with_a_supplier_or_of_a_product_archived_meanwhile(self):
        pot = self.product("Oală", self.other)
        unsupplied, gone = self.need_of(self.sell(3)), self.need_of(self.sell(3, pot))
        self.supplier.active = pot.active = False
        (unsupplied | gone).consolidate()
        self.assert_the_others_go_on()
        self.assert_blocked(unsupplied, "supplier is archived")
        self.assert_blocked(gone, "product is archived")

    def test_of_a_supplier_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.mug.seller_ids.company_id = other
        need = self.need_of(self.sell(3))
        self.assert_blocked(need, "No supplier")

    def test_in_the_supplier_s_currency(self):
        currency = self.env.ref("base.EUR")
        currency.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "name": "2020-01-01", "rate": 0.2}
        )
        self.mug.seller_ids.currency_id = currency
        need = self.need_of(self.sell(3))
        self.assertEqual((need.price_unit, need.currency_id, need.cost), (5, currency, 75))
        order = self.consolidate()
        self.assertEqual((order.currency_id, order.amount_untaxed), (currency, 15))

    def test_a_minimum_above_the_need_is_ordered(self):
        self.mug.seller_ids.min_qty = 12
        need = self.need_of(self.sell(3))
        self.assertEqual((need.supplier_id, need.minimum_qty), (self.supplier, 12))
        order = self.consolidate()
        self.assertEqual((order.order_line.product_qty, order.order_line.price_unit), (12, 5))
        self.assertEqual(self.of(self.mug), {"ordered": 3})
        # What is left over is counted for who comes next.
        self.assertEqual(self.of(self.sell(4)), {"covered": 4})

    def test_whole_packages_of_the_supplier_s_unit(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.mug.seller_ids.write({"product_uom_id": dozen.id, "price": 36, "delay": 0})
        need = self.need_of(self.sell(13))
        self.assertEqual((need.price_unit, need.multiple_qty, need.cost), (3, 12, 39))
        line = self.consolidate().order_line
        self.assertEqual((line.product_qty, line.product_uom_id, line.price_unit), (2, dozen, 36))
        self.assertEqual(line.date_planned.date(), line.order_id.date_order.date())
        self.assert_true_to_stock()

    def test_what_the_purchase_refuses_stays_on_the_list_in_words(self):
        sale, fine = self.sell(3), self.sell(2, self.book)
        self.warehouse.in_type_id.active = False
        self.consolidate()
        need = self.need_of(sale)
        self.assertEqual(need.state, "open")
        self.assertIn("receives nothing", need.problem)
        self.warehouse.in_type_id.active = True
        self.consolidate()
        self.assertEqual((need.state, need.problem), ("ordered", False))
        self.assertEqual(self.of(fine), {"ordered": 2})
