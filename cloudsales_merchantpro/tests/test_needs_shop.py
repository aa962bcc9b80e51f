"""Orders of a shop: what they could not reserve is needed, when the shop wants it."""

from .order_case import OrderCase


class TestNeedsOfShop(OrderCase):
    def prepare(self):
        super().prepare()
        self.supplier = self.env["res.partner"].create({"name": "Furnizor"})
        for product in self.mug, self.book:
            product.seller_ids = [(0, 0, {"partner_id": self.supplier.id, "price": 5})]

    def needs(self):
        self.env.cr.flush()
        return self.env["purchase.need"].search([])

    def test_nothing_is_needed_while_it_is_off(self):
        self.assert_imported(self.read_order([{"product_id": 2, "quantity": 13}]))
        self.assertFalse(self.needs())
        # Switched on, what waits already is needed.
        self.shop.make_purchase_needs = True
        self.assertEqual(self.needs().missing_qty, 3)
        self.shop.make_purchase_needs = False

    def test_what_could_not_be_reserved(self):
        self.shop.make_purchase_needs = True
        lines = [{"product_id": 1, "quantity": 12}, {"product_id": 2, "quantity": 13}]
        sale = self.assert_imported(self.read_order(lines))
        found = {need.product_id: need.missing_qty for need in self.needs()}
        self.assertEqual(found, {self.mug: 2, self.book: 3})
        need = self.needs()[0]
        self.assertEqual((need.shop_id, need.sale_order_id), (self.shop, sale))
        self.assertEqual(need.supplier_id, self.supplier)

    def test_an_order_of_no_shop_makes_none(self):
        self.shop.make_purchase_needs = True
        sale = self.env["sale.order"].create(
            {
                "partner_id": self.supplier.id,
                "order_line": [(0, 0, {"product_id": self.book.id, "product_uom_qty": 13})],
            }
        )
        sale.action_confirm()
        self.assertFalse(self.needs())
        # But what comes for it does not come for another.
        purchase = self.env["purchase.order"].create(
            {
                "partner_id": self.supplier.id,
                "order_line": [(0, 0, {"product_id": self.book.id, "product_qty": 4})],
            }
        )
        purchase.button_confirm()
        imported = self.assert_imported(self.read_order([{"product_id": 2, "quantity": 13}]))
        sale.date_order = "2020-01-01"
        self.env["purchase.need"]._balance_products(self.book)
        self.assertEqual(
            {need.state: need.missing_qty for need in self.needs()}, {"covered": 1, "open": 12}
        )
        self.assertEqual(self.needs().sale_order_id, imported)

    def test_in_jobs_nothing_is_needed_before_the_goods_are_reserved(self):
        self.shop.make_purchase_needs = True
        self.set_stock(self.book, 0)  # so that to reserve it writes nothing
        order = self.read_order([{"product_id": 2, "quantity": 2}], payment_status="temporary")
        order.payload = {**order.payload, "payment_status": "awaiting"}
        job = order.with_context(job_uuid="x", queue_job__no_delay=False)
        job._process_batch()
        self.assertFalse(self.needs())
        job._job_reserve()
        self.assertEqual(self.needs().missing_qty, 2)
