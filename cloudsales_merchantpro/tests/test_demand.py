"""Pieces that the site has sold are not offered again while their order waits in the inbox."""

from .common import ShopCase

CARD = {"payment_method_code": "euplatesc"}


class TestDemand(ShopCase):
    def prepare(self):
        super().prepare()
        self.mug = self.erp_product("CANA", stock=18)
        self.site.add_product(id=1, name="Cană", sku="CANA", price_gross=24.2, stock=18)
        self.import_catalog()
        self.shop.push_stock = True
        self.push()

    def stock_on_site(self):
        self.push()
        return self.site.unit(1)["stock"]

    def unpaid_order(self, quantity=10):
        order = self.read_order([{"product_id": 1, "quantity": quantity}], **CARD)
        self.assertEqual(order.state, "new")
        return order

    def test_an_order_that_waits_for_its_payment_keeps_its_pieces(self):
        self.unpaid_order()
        self.set_stock(self.mug, 17)
        self.assertEqual(self.stock_on_site(), 7)

    def test_an_order_alone_is_reason_enough_to_look(self):
        self.unpaid_order()
        self.env.cr.flush()
        self.assertTrue(self.env["merchantpro.change"].search([]))

    def test_more_asked_for_than_there_is_makes_none(self):
        self.unpaid_order(quantity=100)
        self.assertEqual(self.stock_on_site(), 0)

    def test_a_held_order_keeps_its_pieces(self):
        order = self.read_order(
            [{"product_id": 1, "quantity": 4}, {"product_name": "Unknown", "missing": True}]
        )
        self.assertEqual(order.state, "held")
        self.assertEqual(self.stock_on_site(), 14)

    def test_an_order_that_cannot_be_read_keeps_the_pieces_of_its_readable_lines(self):
        order = self.unpaid_order(quantity=4)
        lines = order.payload["line_items"]
        lines = [*lines, {**lines[0], "quantity": "many"}, "no line at all"]
        self.site.update("order", order.external_id, line_items=lines)
        self.shop.fetch_orders()
        self.assertEqual(order.state, "error")
        self.assertEqual(self.stock_on_site(), 14)

    def test_an_imported_order_is_not_subtracted_twice(self):
        order = self.unpaid_order()
        self.push()
        self.site.update("order", order.external_id, payment_status="paid")
        self.shop.fetch_orders()
        self.assertEqual(order.state, "done")
        self.assertEqual(self.stock_on_site(), 8)

    def test_pieces_of_an_ignored_order_are_offered_again(self):
        order = self.unpaid_order()
        self.assertEqual(self.stock_on_site(), 8)
        order.action_ignore()
        self.assertEqual(self.stock_on_site(), 18)

    def test_pieces_of_an_order_cancelled_on_the_site_are_offered_again(self):
        order = self.unpaid_order()
        self.assertEqual(self.stock_on_site(), 8)
        self.site.update("order", order.external_id, shipping_status="cancelled")
        self.shop.fetch_orders()
        self.assertEqual(self.stock_on_site(), 18)

    def test_a_line_that_was_edited_away_on_the_site_is_offered_again(self):
        order = self.unpaid_order()
        self.assertEqual(self.stock_on_site(), 8)
        order.write({"payload": {**order.payload, "line_items": []}})
        self.assertEqual(self.stock_on_site(), 18)

    def test_a_deleted_order_keeps_nothing(self):
        order = self.unpaid_order()
        self.assertEqual(self.stock_on_site(), 8)
        order.unlink()
        self.assertEqual(self.stock_on_site(), 18)

    def test_another_shop_that_sells_from_the_same_shelf_offers_less_too(self):
        other = self.make_shop(name="Second", push_stock=True)
        other.fetch_catalog()
        other.variant_ids.import_to_catalog()
        self.unpaid_order()
        self.env.cr.flush()
        noted = self.env["merchantpro.change"].search([])
        self.assertEqual(noted.shop_id, self.shop | other)
        self.assertEqual(set(other._published_stock(other.variant_ids).values()), {8})

    def test_a_shop_that_sells_from_elsewhere_does_not(self):
        elsewhere = self.env["stock.warehouse"].create({"name": "Far", "code": "FAR"})
        other = self.make_shop(name="Second", order_warehouse_id=elsewhere.id)
        other.fetch_catalog()
        other.variant_ids.import_to_catalog()
        self.read_order([{"product_id": 1, "quantity": 10}], **CARD)
        self.assertNotIn(self.shop, other._demanding_shops())

    def test_orders_cost_nothing_while_nobody_sends_stock(self):
        self.shop.push_stock = False
        order = self.unpaid_order()
        with self.assertQueryCount(0):
            self.assertEqual(order._demanded(), set())
