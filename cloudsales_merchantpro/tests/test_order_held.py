from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.tools import mute_logger

from .order_case import SERVICES, OrderCase

PROCESS = "odoo.addons.cloudsales_merchantpro.models.merchantpro_order_process"


class TestHeldOrders(OrderCase):
    goods = SERVICES
    books = False

    def test_an_unknown_product_holds_its_order_only_until_it_is_there(self):
        line = {"product_id": 99, "missing": True, "product_sku": "GONE", "product_name": "Vază",
                "unit_price_gross": 5}  # fmt: skip
        other = self.site.add_order([{"product_id": 1}])
        order = self.read_order([line])
        self.assert_held(order, "Vază")
        self.assert_imported(self.order(other["id"]))
        self.erp_product("X", extra=["GONE"], **self.goods)
        self.assert_imported(order)

    def test_codes_that_name_two_products_hold_the_order(self):
        self.erp_product("A")
        self.erp_product("B", barcode="5941234567899")
        self.site.add_product(id=3, name="Amestec", sku="A", ean="5941234567899", price_gross=5)
        self.assert_held(self.read_order([{"product_id": 3}]), "Amestec")

    def test_a_total_that_differs_holds_the_order_with_both_amounts(self):
        order = self.read_order([{"product_id": 1}], total_amount=1)
        self.assert_held(order, "24.20")
        self.assertIn("1.00", order.held_reason)

    def test_an_order_without_a_number_of_things_says_which(self):
        placed = self.site.add_order([{"product_id": 1}])
        lines = [{**placed["line_items"][0], "quantity": "două"}]
        self.site.update("order", placed["id"], line_items=lines)
        self.shop.fetch_orders()
        order = self.order(placed["id"])
        self.assertEqual(order.state, "error")
        self.assertIn("quantity", order.held_reason)

    def test_a_return_is_held_for_a_person(self):
        order = self.read_order([{"product_id": 1}], return_source_id="42")
        self.assert_held(order, "return")

    def test_nothing_half_made_is_left_behind(self):
        partners = self.env["res.partner"].search_count([])
        self.read_order([{"product_id": 1}], total_amount=1, billing_name="Nimeni Nicăieri")
        self.assertEqual(self.env["res.partner"].search_count([]), partners)

    def test_what_is_over_on_the_site_is_neither_reserved_nor_sent_again(self):
        shipped = ("shipped", "delivered", "returned")
        unpaid = ("failed", "rejected", "cancelled", "canceled", "refunded")
        orders = self.read_orders(
            [{"product_id": 1}],
            *({"shipping_status": status} for status in shipped),
            *({"payment_status": status} for status in unpaid),
        )
        for order in orders[:3]:
            self.assert_held(order, "goods")
        for order, status in zip(orders[3:], unpaid, strict=True):
            self.assert_held(order, status.replace("canceled", "cancelled"))

    def test_an_order_whose_payment_failed_comes_in_when_it_is_paid_after_all(self):
        card = {"payment_method_code": "euplatesc", "payment_status": "failed"}
        order = self.read_order([{"product_id": 1}], **card)
        self.assert_held(order, "failed")
        self.site.update("order", order.external_id, payment_status="paid")
        self.shop.fetch_orders()
        self.assert_imported(order)

    # What fails

    def confirm(self, result):
        """Every sales order's confirmation ends with `result`, an exception."""

        def fail(_sales):
            raise result

        patched = patch.object(type(self.env["sale.order"]), "action_confirm", fail)
        self.addCleanup(patched.stop)
        patched.start()
        return patched

    def test_an_error_of_another_module_is_on_its_order_and_in_the_log(self):
        broken = self.confirm(ZeroDivisionError("of another module"))
        with self.assertLogs(PROCESS, "ERROR") as log:
            order = self.read_order([{"product_id": 1}])
        self.assertEqual(order.state, "error")
        self.assertIn("ZeroDivisionError", order.held_reason)
        self.assertIn("of another module", log.output[0])
        self.assertFalse(
            self.env["sale.order"].search([("client_order_ref", "=", order.external_id)])
        )
        broken.stop()
        order.action_retry()
        self.assert_imported(order)

    def test_a_value_the_database_refuses_is_told_without_its_words(self):
        self.env.cr.execute(
            "ALTER TABLE sale_order ADD CONSTRAINT no_number"
            " CHECK (client_order_ref NOT LIKE '77%')"
        )
        with self.assertLogs(PROCESS, "ERROR"), mute_logger("odoo.sql_db"):
            order, other = self.read_orders([{"product_id": 1}], {"id": "7700"}, {})
        self.assertEqual(order.state, "error")
        self.assertNotIn("INSERT", order.held_reason)
        self.assert_imported(other)

    def test_two_transactions_at_once_are_no_error_of_the_order(self):
        order = self.read_order([{"product_id": 1}], payment_status="temporary")
        self.site.update("order", order.external_id, payment_status="awaiting")
        self.confirm(SerializationFailure())
        with self.assertRaises(SerializationFailure):
            self.shop.fetch_orders()

    # Retried

    def test_an_order_ignored_by_mistake_comes_in_on_retry_or_when_it_is_read_again(self):
        unfinished = {"payment_status": "temporary"}
        retried, reread = self.read_orders([{"product_id": 1}], unfinished, unfinished)
        for order in (retried, reread):
            order.action_ignore()
            self.site.update("order", order.external_id, payment_status="awaiting")
        reread.action_reread()
        self.assert_imported(reread)
        self.shop.fetch_orders()
        self.assertEqual(retried.state, "ignored")
        retried.action_retry()
        self.assert_imported(retried)

    def test_an_imported_order_comes_in_again_on_retry_only_if_its_sale_was_deleted(self):
        order = self.read_order([{"product_id": 1}])
        first = order.sale_order_id
        with self.assert_nothing_written():
            order.action_retry()
        self.assertEqual(order.sale_order_id, first)
        first._action_cancel()
        first.unlink()
        order.action_retry()
        self.assertNotEqual(self.assert_imported(order), first)

    def test_many_orders_are_left_to_the_jobs(self):
        rows = [
            self.site.add_order([{"product_id": 1}], notify=False, payment_status="temporary")
            for _each in range(21)
        ]
        orders = self.env["merchantpro.order"]._store(self.shop, rows)
        orders.with_context(queue_job__no_delay=False).action_retry()
        jobs = self.env["queue.job"].search([("method_name", "=", "_process_batch")])
        self.assertEqual([len(job.records) for job in jobs.sorted("id")], [20, 1])

    def test_a_new_mapping_does_not_try_what_waits_for_the_buyer(self):
        order = self.read_order([{"product_id": 1}], payment_status="temporary")
        order.payload = {**order.payload, "payment_status": "awaiting"}
        self.env["merchantpro.order"]._retry_held(self.shop)
        self.assertEqual(order.state, "new")

    def test_a_method_that_need_not_be_paid_first_lets_its_orders_in(self):
        order = self.read_order([{"product_id": 1}], payment_method_code="euplatesc")
        self.assertEqual(order.state, "new")
        method = self.env["merchantpro.payment.method"].search([("code", "=", "euplatesc")])
        method.wait_for_payment = False
        self.assert_imported(order)

    def test_many_mappings_at_once_make_one_job_of_the_shop(self):
        orders = self.env["merchantpro.order"].with_context(queue_job__no_delay=False)
        for _turn in range(3):
            orders._retry_held(self.shop.with_env(orders.env))
        jobs = self.env["queue.job"].search([("method_name", "=", "_job_retry_orders")])
        self.assertEqual(len(jobs), 1)
        self.assertEqual(jobs.channel, "root.merchantpro.orders")
