"""Reordering rules beside needs: all that is missing is ordered, and nothing twice."""

from .need_case import NeedCase


class TestReorderingRules(NeedCase):
    def setUp(self):
        super().setUp()
        self.rule = self.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": self.mug.id,
                "warehouse_id": self.warehouse.id,
                "location_id": self.warehouse.lot_stock_id.id,
                "product_min_qty": 2,
                "product_max_qty": 10,
                "trigger": "auto",
            }
        )

    def rule_needs(self):
        return self.needs.search([("orderpoint_id", "=", self.rule.id)])

    def test_what_a_rule_buys_itself_is_not_needed_again(self):
        sale = self.sell(5)
        bought = self.env["purchase.order.line"].search([("product_id", "=", self.mug.id)])
        self.assertEqual(bought.product_qty, 15)
        self.assertEqual(self.of(sale), {"covered": 5})

    def test_what_a_rule_asks_for_joins_the_list(self):
        self.company.purchase_needs_reordering = True
        sale = self.sell(5)
        self.assertEqual(self.of(sale), {"open": 5})
        self.assertEqual(self.rule_needs().quantity, 10)
        self.assertEqual(self.rule_needs().supplier_id, self.supplier)
        # Asked again, before and after it is ordered: no more of it.
        for _ in range(2):
            self.rule._procure_orderpoint_confirm(company_id=self.company)
            self.settle()
            self.assertEqual(sum(self.needs.search([]).mapped("quantity")), 15)
            order = self.consolidate()
        self.assertEqual(order.order_line.product_qty, 15)
        order.button_confirm()
        self.receive(order)
        self.assertEqual(self.of(sale), {"received": 5})
        self.assertEqual(self.rule_needs().state, "received")
        self.assertEqual(self.mug.free_qty, 10)

    def test_what_came_meanwhile_is_not_ordered(self):
        self.company.purchase_needs_reordering = True
        self.rule._procure_orderpoint_confirm(company_id=self.company)
        self.settle()
        self.assertEqual(self.rule_needs().quantity, 10)
        self.stock(4)
        self.assertEqual(self.rule_needs().state, "cancelled")
        self.assertFalse(self.consolidate())
