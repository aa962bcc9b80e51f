from .order_case import OrderCase


class TestOrders(OrderCase):
    def test_an_ordinary_order_becomes_confirmed_and_reserved(self):
        # Also where people reserve by hand.
        self.warehouse.out_type_id.reservation_method = "manual"
        order = self.read_order(
            [{"product_id": 1, "quantity": 2}], shipping_amount=19.99, customer_note="Sunați!"
        )
        sale = self.assert_imported(order)
        goods = sale.order_line.filtered(lambda line: line.product_id == self.mug)
        self.assertEqual((goods.product_uom_qty, goods.price_total), (2, 48.4))
        self.assertEqual(sale.picking_ids.move_ids.mapped("state"), ["assigned"])
        self.assertEqual(sale.warehouse_id, self.warehouse)
        self.assertEqual(sale.client_order_ref, order.external_id)
        self.assertEqual(sale.date_order, order.date_created)
        self.assertIn("Sunați!", "".join(sale.message_ids.mapped("body")))

    def test_every_price_in_cents_is_kept_to_the_cent(self):
        # 10.00 with 21 % in it has no price without VAT in two decimals.
        placed = [
            self.site.add_order([{"product_id": 1, "quantity": 3, "unit_price_gross": price}])
            for price in (10.0, 9.99, 0.01, 12.1, 33.33)
        ]
        self.shop.fetch_orders()
        for each in placed:
            self.assert_imported(self.order(each["id"]))

    def test_an_order_read_and_delivered_twice_makes_one_sale(self):
        order = self.read_order([{"product_id": 1}])
        with self.assert_nothing_written():
            self.shop.fetch_orders()
        order.sudo().process()
        order._process_batch()
        self.assertEqual(
            self.env["sale.order"].search_count([("merchantpro_order_id", "=", order.id)]), 1
        )

    def test_an_unfinished_order_and_one_paid_by_card_wait_until_they_are_finished_and_paid(self):
        unfinished, card = self.read_orders(
            [{"product_id": 1}],
            {"payment_status": "temporary"},
            {"payment_method_code": "euplatesc", "payment_status": "awaiting"},
        )
        for order, status in ((unfinished, "awaiting"), (card, "paid")):
            self.assertEqual((order.state, bool(order.sale_order_id)), ("new", False))
            self.site.update("order", order.external_id, payment_status=status)
        self.assertIn("paid", card.held_reason)
        self.shop.fetch_orders()
        self.assert_imported(unfinished)
        self.assert_imported(card)

    def test_orders_cancelled_or_placed_before_the_start_date_are_left_alone(self):
        self.shop.order_start_date = "2026-01-01 00:00:00"
        cancelled, early = self.read_orders(
            [{"product_id": 1}],
            {"shipping_status": "cancelled"},
            {"date_created": "2025-12-31T10:00:00+02:00"},
        )
        self.assertEqual((cancelled.state, bool(cancelled.sale_order_id)), ("ignored", False))
        self.assertFalse(early.sale_order_id)

    def test_prices_are_the_shop_s_not_the_catalogue_s_also_of_a_changed_quantity(self):
        self.mug.list_price = 999
        order = self.read_order(
            [
                {"product_id": 1, "unit_price_gross": 9.99},
                {"product_id": 2, "unit_price_gross": 0},
                {"item_type": "discount", "amount": 1},
            ],
            shipping_amount=1,
        )
        sale = self.assert_imported(order)
        self.assertEqual(sale.amount_total, 9.99)
        for line in sale.order_line:
            price = line.price_unit
            line.product_uom_qty += 2
            self.assertEqual(line.price_unit, price, line.name)

    def test_who_presses_retry_sees_at_once_what_became_of_it(self):
        order = self.read_order([{"product_id": 1}], payment_status="temporary")
        order.payload = {**order.payload, "payment_status": "awaiting"}
        order.with_context(queue_job__no_delay=False).action_retry()
        sale = self.assert_imported(order)
        self.assertEqual(sale.picking_ids.move_ids.mapped("state"), ["assigned"])

    def test_an_order_is_reserved_where_reserving_waits_for_the_day(self):
        self.warehouse.out_type_id.write(
            {"reservation_method": "by_date", "reservation_days_before": 0}
        )
        self.mug.sale_delay = 5
        sale = self.assert_imported(self.read_order([{"product_id": 1, "quantity": 2}]))
        self.assertEqual(sale.picking_ids.move_ids.mapped("state"), ["assigned"])
