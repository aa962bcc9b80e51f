from odoo.addons.queue_job.exception import RetryableJobError

from ..models.merchantpro_order_reserve import LOCK
from .order_case import OrderCase


class TestReserving(OrderCase):
    def prepare(self):
        super().prepare()
        self.order_ = self.read_order([{"product_id": 1}], payment_status="temporary")
        self.order_.payload = {**self.order_.payload, "payment_status": "awaiting"}

    def in_job(self):
        """Import the order as a job does."""
        job = self.order_.with_context(job_uuid="x", queue_job__no_delay=False)
        job._process_batch()
        return job

    def states(self):
        return self.order_.sale_order_id.picking_ids.move_ids.mapped("state")

    def test_a_job_leaves_the_reserving_to_another_one(self):
        job = self.in_job()
        self.assert_imported(self.order_)
        self.assertEqual(self.states(), ["confirmed"])
        reserving = self.env["queue.job"].search([("method_name", "=", "_job_reserve")])
        self.assertEqual(reserving.records, self.order_)
        self.assertEqual(reserving.channel, "root.merchantpro.orders")
        job._job_reserve()
        self.assertEqual(self.states(), ["assigned"])

    def test_what_is_still_to_be_reserved_is_not_offered_again(self):
        product = self.env["merchantpro.variant"].search([("external_id", "=", "1")]).product_id
        self.set_stock(product, 10)
        self.shop.push_stock = True
        row = self.row(1)
        self.assertEqual(self.shop._published_stock(row)[row], 9)
        job = self.in_job()
        self.assertEqual(self.shop._published_stock(row)[row], 9)
        job._job_reserve()
        self.assertEqual(self.shop._published_stock(row)[row], 9)
        self.assertFalse(self.order_.to_reserve)

    def test_all_of_an_order_that_is_there_is_reserved_and_the_rest_waits(self):
        self.set_stock(self.book, 1)
        lines = [{"product_id": 1, "quantity": 2}, {"product_id": 2, "quantity": 3}]
        sale = self.assert_imported(self.read_order(lines))
        moves = {move.product_id: move for move in sale.picking_ids.move_ids}
        self.assertEqual((moves[self.mug].state, moves[self.mug].quantity), ("assigned", 2))
        self.assertEqual(
            (moves[self.book].state, moves[self.book].quantity), ("partially_available", 1)
        )

    def test_what_an_order_takes_and_frees_goes_to_every_shop(self):
        self.shop.push_stock = True
        other = self.make_shop(name="Second", push_stock=True)
        other.fetch_catalog()
        other.variant_ids.import_to_catalog()
        changes = self.env["merchantpro.change"]
        sale = self.assert_imported(self.read_order([{"product_id": 1, "quantity": 2}]))
        for stock in (7, 9):  # one mug is of the order that is not imported yet
            self.env.cr.flush()
            self.assertEqual(changes.search([]).shop_id, self.shop | other)
            for shop in self.shop | other:
                self.site.update("product", 1, stock=99)
                shop.variant_ids.must_send = True
                shop.push_changes()
                self.assertEqual(self.site.unit(1)["stock"], stock, shop.name)
            sale._action_cancel()

    def test_two_processes_never_reserve_in_one_warehouse_at_once(self):
        job = self.in_job()
        with self.registry.cursor() as other:
            other.execute("SELECT pg_advisory_xact_lock(%s, %s)", (LOCK, self.warehouse.id))
            with self.assertRaises(RetryableJobError):
                job._job_reserve()
        job._job_reserve()
        self.assertEqual(self.states(), ["assigned"])

    def test_what_was_cancelled_before_its_turn_is_not_reserved(self):
        job = self.in_job()
        self.order_.sale_order_id._action_cancel()
        job._job_reserve()
        self.assertEqual(self.states(), ["cancel"])
