"""When nothing may be sent, and when a turn has to end."""

from odoo.exceptions import UserError, ValidationError

from odoo.addons.cloudsales_merchantpro.models import merchantpro_shop_push, push_run
from odoo.addons.cloudsales_merchantpro.models.push_run import PushRun

from .stock_case import StockCase


class TestPushStops(StockCase):
    def prepare(self):
        super().prepare()
        self.site.clear_calls()

    def patches(self):
        return self.site.calls_of("PATCH", "/inventory")

    def waiting(self):
        self.env.cr.flush()
        return self.env["merchantpro.change"].search([])

    def as_job(self):
        return self.shop.with_context(queue_job__no_delay=False)

    def make_rows(self, count):
        for number in range(2, 2 + count):
            self.erp_product(f"P{number}", stock=5)
            self.site.add_product(id=number, sku=f"P{number}", stock=1)
        self.import_catalog()

    # Without a location

    def test_a_shop_without_a_location_cannot_send(self):
        with self.assertRaisesRegex(ValidationError, "no stock location"):
            self.shop.order_warehouse_id = False

    def test_an_archived_location_stops_the_sending_and_the_shop_says_so(self):
        corner = self.env["stock.location"].create(
            {"name": "Corner", "location_id": self.warehouse.view_location_id.id}
        )
        self.env["stock.quant"]._update_available_quantity(self.mug, corner, 3)
        self.shop.stock_location_ids = corner
        self.push()
        self.assertEqual(self.site.unit(1)["stock"], 3)
        self.site.clear_calls()
        self.env["stock.quant"]._update_available_quantity(self.mug, corner, -3)
        self.env.cr.flush()
        corner.active = False
        self.assertIn("no stock location", self.shop.push_problem)
        self.as_job()._job_push()
        with self.assertRaises(UserError):
            self.push()
        self.assertEqual(self.patches(), [])
        corner.active = True
        self.assertFalse(self.shop.push_problem)
        self.push()
        self.assertEqual(self.site.unit(1)["stock"], 0)

    def test_a_second_location_that_is_archived_leaves_the_first(self):
        corner = self.env["stock.location"].create(
            {"name": "Corner", "location_id": self.warehouse.view_location_id.id}
        )
        self.shop.stock_location_ids = corner | self.warehouse.lot_stock_id
        corner.active = False
        self.assertEqual(self.shop._stock_locations(), self.warehouse.lot_stock_id)
        self.assertFalse(self.shop.push_problem)

    # Jobs that were enqueued before

    def test_a_waiting_job_sends_nothing_once_sending_is_switched_off(self):
        self.set_stock(self.mug, 7)
        self.env.cr.flush()
        self.shop.push_stock = False
        self.as_job()._job_push()
        self.assertEqual(self.site.calls, [])

    def test_waiting_jobs_of_a_stopped_shop_make_no_call(self):
        self.set_stock(self.mug, 7)
        self.env.cr.flush()
        self.shop.write({"state": "error", "state_message": "refused"})
        reading = self.env["merchantpro.catalog.fetch"].create({"shop_id": self.shop.id})
        self.as_job()._job_push()
        self.as_job()._job_read_orders(0, True)
        reading.with_context(queue_job__no_delay=False)._job_fetch_page(0)
        self.assertEqual(self.site.calls, [])
        self.assertTrue(self.waiting())

    # The end of a turn

    def test_a_turn_that_runs_out_of_time_leaves_the_rest_to_the_next(self):
        self.site.faults.set("slow", seconds=0.1, path="/inventory")
        self.make_rows(6)
        self.env.cr.flush()
        self.assertTrue(PushRun(self.shop, seconds=0.3).run())
        first = len(self.patches())
        self.assertIn(first, (1, 2, 3))
        self.assertEqual(len(self.waiting().variant_id), 6 - first)
        self.site.faults.clear()
        self.push()
        self.assertEqual(len(self.patches()), 6)

    def test_a_job_has_less_patience_than_a_script(self):
        script, job = self.shop._client(), self.as_job()._client()
        self.assertEqual((script._max_tries, script._max_wait), (4, 70.0))
        self.assertEqual((job._max_tries, job._max_wait), (2, 10.0))

    def test_the_longest_turn_ends_before_odoo_would_kill_it(self):
        client = self.as_job()._client(timeout=push_run.CALL_TIMEOUT)
        pauses = client._max_tries
        longest_call = client._max_tries * (client._max_wait + sum(client._timeout)) + pauses
        self.assertLess(merchantpro_shop_push.JOB_SECONDS + longest_call, 120)
