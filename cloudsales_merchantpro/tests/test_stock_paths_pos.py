"""What is sold over the counter reaches the shop; runs where point_of_sale is installed."""

from .stock_case import StockCase


class TestPointOfSale(StockCase):
    def setUp(self):
        super().setUp()
        if "pos.config" not in self.env:
            self.skipTest("point_of_sale is not installed")
        self.env.user.group_ids += self.env.ref("point_of_sale.group_pos_manager")
        cash = self.env["account.journal"].search(
            [("type", "=", "cash"), ("company_id", "=", self.company.id)], limit=1
        )
        self.method = self.env["pos.payment.method"].create(
            {"name": "Cash in Hand", "journal_id": cash.copy().id}
        )
        self.counter = self.env["pos.config"].create(
            {
                "name": "Counter",
                "picking_type_id": self.warehouse.pos_type_id.id,
                "payment_method_ids": [(6, 0, self.method.ids)],
            }
        )

    def open_counter(self):
        self.counter.open_ui()
        self.counter.current_session_id.set_opening_control(0, None)
        return self.counter.current_session_id

    def sell_over_the_counter(self, quantity):
        order = self.env["pos.order"].create(
            {
                "session_id": self.counter.current_session_id.id,
                "amount_total": 0,
                "amount_paid": 0,
                "amount_tax": 0,
                "amount_return": 0,
                "lines": [
                    (
                        0,
                        0,
                        {
                            "product_id": self.mug.id,
                            "qty": quantity,
                            "price_unit": 1,
                            "price_subtotal": quantity,
                            "price_subtotal_incl": quantity,
                        },
                    )
                ],
            }
        )
        order._compute_prices()
        payment = self.env["pos.make.payment"].with_context(active_id=order.id)
        payment.create({"payment_method_id": self.method.id}).check()
        self.assertEqual(order.state, "paid")
        return order

    def test_a_paid_order_lowers_it_and_a_refund_raises_it(self):
        self.company.point_of_sale_update_stock_quantities = "real"
        self.open_counter()
        order = self.sell_over_the_counter(3)
        self.assertEqual(self.sent(), [7])
        refund = self.env["pos.order"].browse(order.refund()["res_id"])
        payment = self.env["pos.make.payment"].with_context(active_id=refund.id)
        payment.create({"payment_method_id": self.method.id}).check()
        self.assertEqual(self.sent(), [10])

    def test_stock_that_waits_for_the_end_of_the_day_is_sent_then(self):
        self.company.point_of_sale_update_stock_quantities = "closing"
        session = self.open_counter()
        self.sell_over_the_counter(3)
        self.assertEqual(self.sent(), [])
        session.action_pos_session_closing_control()
        self.assertEqual(session.state, "closed")
        self.assertEqual(self.sent(), [7])
