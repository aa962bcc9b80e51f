"""An imported order is cancelled on the site, or active again."""

import datetime

from odoo import fields
from odoo.exceptions import UserError

from .change_case import ChangeCase


class TestOrderCancelled(ChangeCase):
    def cancel(self):
        self.edit(shipping_status="cancelled")

    def test_it_is_cancelled_here_once_and_its_stock_is_free_and_told_to_the_shop(self):
        self.assertEqual(self.free(self.mug), 8)
        self.shop.push_stock = True
        self.push()
        self.assertEqual(self.site.unit(1)["stock"], 8)
        self.cancel()
        self.assertEqual(self.sale.state, "cancel")
        self.assertEqual(set(self.sale.picking_ids.mapped("state")), {"cancel"})
        self.assertEqual((self.free(self.mug), self.free(self.book)), (10, 10))
        self.assertFalse(self.sale.activity_ids | self.shop_order.change_activity_id)
        self.push()
        self.assertEqual(self.site.unit(1)["stock"], 10)
        with self.assert_nothing_written():
            self.shop.fetch_orders()
            self.shop_order._follow_batch()

    def test_an_invoice_in_draft_is_cancelled_too(self):
        invoice = self.invoice(post=False)
        self.cancel()
        self.assertEqual((self.sale.state, invoice.state), ("cancel", "cancel"))

    def test_what_has_left_is_told_once_until_it_is_active_again_or_settled_by_a_person(self):
        picking = self.deliver()
        self.cancel()
        self.assertEqual(self.sale.state, "sale")
        self.assert_told("cancelled on the site", picking.name)
        self.edit(tags=[{"id": 1, "name": "x"}])
        self.assert_told("cancelled on the site", picking.name)
        self.edit(shipping_status="shipped")
        self.assert_applied()
        self.cancel()
        self.assert_told("cancelled on the site", picking.name)
        self.shop_order.action_change_settled()
        self.assertFalse(self.sale.activity_ids)
        self.assertFalse(self.shop_order.change_state)
        self.edit(tags=[])
        self.assertFalse(self.sale.activity_ids)

    def test_what_is_invoiced_is_told(self):
        invoice = self.invoice()
        self.cancel()
        self.assertEqual((self.sale.state, invoice.state), ("sale", "posted"))
        self.assert_told("cancelled on the site", invoice.name)

    def test_a_parcel_with_a_waybill_is_told(self):
        self.sale.picking_ids.carrier_tracking_ref = "AWB77"
        self.cancel()
        self.assertEqual(self.sale.state, "sale")
        self.assert_told("AWB77")

    def test_a_sale_cancelled_here_is_no_change(self):
        self.sale._action_cancel()
        self.cancel()
        self.assertEqual((self.sale.state, self.shop_order.change_state), ("cancel", False))
        self.assertFalse(self.sale.activity_ids)

    def test_an_active_order_is_confirmed_and_reserved_again_with_the_lines_of_now(self):
        date = self.sale.date_order
        self.cancel()
        self.edit(shipping_status="awaiting")
        self.assertEqual((self.sale.state, self.sale.date_order), ("sale", date))
        self.assertEqual((self.free(self.mug), self.free(self.book)), (8, 9))
        self.assert_applied()
        self.cancel()
        self.edit([{"product_id": 1, "quantity": 5}], shipping_status="confirmed")
        self.assertEqual((self.free(self.mug), self.free(self.book)), (5, 10))
        self.assert_applied()

    def test_a_cancelled_payment_is_told_and_cancels_nothing(self):
        self.edit(payment_status="cancelled")
        self.assertEqual(self.sale.state, "sale")
        self.assertIn("payment was cancelled", self.sale.activity_ids.note)
        self.edit(tags=[])
        self.assertEqual(len(self.sale.activity_ids), 1)

    def test_a_shop_that_applies_no_changes_is_told_of_them(self):
        self.shop.apply_order_changes = False
        self.cancel()
        self.assertEqual(self.sale.state, "sale")
        self.assert_told("cancelled")

    def test_what_another_module_forbids_is_told_and_the_other_orders_go_on(self):
        other = self.read_order([{"product_id": 1}])
        refused = self.sale

        def forbid(sale):
            if sale == refused:
                raise UserError("Not on Sundays")
            return original(sale)

        original = type(self.sale)._action_cancel
        self.patch(type(self.sale), "_action_cancel", forbid)
        self.site.edit_order(other.external_id, shipping_status="cancelled")
        self.cancel()
        self.assert_told("Not on Sundays")
        self.assertEqual((self.sale.state, other.sale_order_id.state), ("sale", "cancel"))

    def test_an_old_order_is_watched_until_it_is_delivered(self):
        old = self.ago(days=9)
        self.site.edit_order(self.shop_order.external_id, date_created=old)
        self.shop_order.date_created = fields.Datetime.now() - datetime.timedelta(days=9)
        self.site.edit_order(self.shop_order.external_id, shipping_status="cancelled")
        self.shop.order_watch_days = 5
        self.read_all()
        self.assertEqual(self.sale.state, "sale")
        self.shop.order_watch_days = 30
        self.read_all()
        self.assertEqual(self.sale.state, "cancel")
        self.assertNotIn(self.shop_order, self.shop_order.search(self.shop._to_reread()))
