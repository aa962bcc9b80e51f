"""What the site is told of its orders when something happens to them here."""

import pathlib

from odoo.tests import Form, new_test_user

from .order_case import OrderCase


class TestOrderTold(OrderCase):
    books = False

    def prepare(self):
        super().prepare()
        self.shop.write(dict.fromkeys(self.switches(), True))
        self.sale = self.sell()

    def switches(self):
        return [f"push_{kind}" for kind in ("cancelled", "shipped", "delivered", "awb")]

    def sell(self, **header):
        order = self.read_order([{"product_id": 1, "quantity": 2}], **header)
        self.site.clear_calls()
        return self.assert_imported(order)

    def told(self, sale):
        """What the site is told now: words and bodies of the calls that say something."""
        self.shop.send_messages()
        number = sale.merchantpro_order_id.external_id
        calls = self.site.calls_of("PATCH", f"/orders/{number}")
        self.site.clear_calls()
        return [call["body"] or call["path"].rsplit("/")[-1] for call in calls]

    def status(self, sale):
        return self.site.order(sale.merchantpro_order_id.external_id)["shipping_status"]

    def messages(self, sale):
        messages = sale.merchantpro_order_id.site_message_ids
        return [(each.kind, each.state) for each in messages]

    def deliver(self, sale, quantity=None, backorder=True):
        picking = sale.picking_ids.filtered(lambda each: each.state not in ("done", "cancel"))
        if quantity is not None:
            picking.move_ids.quantity = quantity
        picking.with_context(
            skip_backorder=True, picking_ids_not_to_backorder=[] if backorder else picking.ids
        ).button_validate()
        self.assertEqual(picking.state, "done")
        return picking

    # Cancelled

    def test_an_order_cancelled_here_is_cancelled_on_the_site_once(self):
        sale = self.sale
        sale._action_cancel()
        self.assertEqual(self.told(sale), ["cancelled"])
        self.assertEqual(self.status(sale), "cancelled")
        sale.action_draft()
        sale.action_confirm()
        sale._action_cancel()
        self.assertEqual(self.told(sale), [])
        self.assertEqual(self.messages(sale), [("cancelled", "done")])

    def test_what_the_site_itself_cancelled_is_not_told_back(self):
        sale = self.sale
        order = sale.merchantpro_order_id
        self.site.update("order", order.external_id, shipping_status="cancelled")
        order._read_again(self.shop)
        sale._action_cancel()
        self.assertEqual((self.told(sale), self.messages(sale)), ([], []))

    def test_an_order_of_which_goods_are_away_is_not_cancelled_on_the_site(self):
        sale = self.sale
        self.deliver(sale, quantity=1)
        sale._action_cancel()
        self.assertEqual(self.told(sale), ["shipped"])
        self.assertIn("goods have left", "".join(sale.message_ids.mapped("body")))

    # Shipped

    def test_an_order_is_shipped_when_its_goods_have_left_and_comes_back_as_no_change(self):
        sale = self.sale
        self.deliver(sale)
        self.assertEqual(self.told(sale), ["shipped"])
        self.assertEqual(self.told(sale), [])
        self.assertEqual(self.messages(sale), [("shipped", "done")])
        order = sale.merchantpro_order_id
        self.assertEqual(order.shipping_status, "shipped")
        self.shop.fetch_orders()
        order._read_again(self.shop)
        self.assertEqual((order.state, sale.state, self.told(sale)), ("done", "sale", []))

    def test_a_delivery_without_a_back_order_is_the_whole_of_it(self):
        sale = self.sale
        self.deliver(sale, quantity=1, backorder=False)
        self.assertEqual(self.told(sale), ["shipped"])

    def test_a_back_order_that_is_cancelled_leaves_a_shipped_order(self):
        sale = self.sale
        self.deliver(sale, quantity=1)
        sale.picking_ids.filtered(lambda each: each.state != "done").action_cancel()
        self.assertEqual(self.told(sale), ["shipped"])

    def test_goods_on_their_way_through_the_warehouse_have_not_left(self):
        self.warehouse.delivery_steps = "pick_ship"
        sale = self.sell()
        self.deliver(sale)
        self.assertEqual(self.told(sale), [])
        self.deliver(sale)
        self.assertEqual(self.told(sale), ["shipped"])

    def test_goods_that_come_back_are_no_shipment(self):
        sale = self.sale
        picking = self.deliver(sale)
        self.told(sale)
        wizard = Form(
            self.env["stock.return.picking"].with_context(
                active_id=picking.id, active_ids=picking.ids, active_model="stock.picking"
            )
        ).save()
        wizard.product_return_moves.quantity = 2
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        back.carrier_tracking_ref = "RETUR1"
        back.button_validate()
        self.assertEqual(self.told(sale), [])

    # Waybills

    def test_a_waybill_is_told_as_soon_as_it_is_known_and_of_two_the_newer_one(self):
        sale = self.sale
        sale.picking_ids.carrier_tracking_ref = "AWB1"
        self.assertEqual(self.told(sale), [{"shipping_awb": "AWB1"}])
        self.assertEqual(self.status(sale), "awaiting")
        sale.picking_ids.carrier_tracking_ref = "AWB2"
        sale.picking_ids.carrier_tracking_ref = "AWB3"
        self.assertEqual(self.told(sale), [{"shipping_awb": "AWB3"}])
        self.assertEqual(
            self.messages(sale), [("awb", "done"), ("awb", "skipped"), ("awb", "done")]
        )

    def test_the_waybill_goes_before_the_news_that_it_was_shipped(self):
        sale = self.sale
        sale.picking_ids.carrier_tracking_ref = "AWB1"
        self.deliver(sale)
        self.assertEqual(self.told(sale), [{"shipping_awb": "AWB1"}, "shipped"])

    # Delivered

    def test_a_user_of_merchantpro_says_that_it_was_delivered(self):
        user = new_test_user(
            self.env, "told_user", groups="base.group_user,cloudsales_merchantpro.group_user"
        )
        sale = self.sale
        self.deliver(sale)
        sale.with_user(user).action_mark_delivered()
        sale.with_user(user).action_mark_delivered()
        sale.merchantpro_order_id.site_message_ids.with_user(user).action_retry()
        self.assertEqual(self.status(sale), "delivered")
        self.assertEqual(self.told(sale), ["shipped", "delivered"])

    def test_an_order_is_shipped_and_delivered_with_the_last_of_its_parcels(self):
        sale = self.sale
        first = self.deliver(sale, quantity=1)
        self.assertEqual(self.told(sale), [])
        first._mark_delivered()
        self.assertFalse(sale.merchantpro_delivered_at)
        second = self.deliver(sale)
        self.assertEqual(self.told(sale), ["shipped"])
        second._mark_delivered()
        self.assertTrue(sale.merchantpro_delivered_at)
        self.assertEqual(self.told(sale), ["delivered"])

    # Switches, other orders, the way back

    def test_nothing_is_told_until_it_is_switched_on(self):
        shop = self.make_shop(name="New")
        self.assertFalse(any(shop[name] for name in self.switches()))

    def test_each_direction_has_its_switch(self):
        for sale, switch, others in (
            (self.sale, "push_shipped", "push_awb"),
            (self.sell(), "push_awb", "push_shipped"),
        ):
            self.shop.write({switch: True, others: False})
            sale.picking_ids.carrier_tracking_ref = "AWB1"
            self.deliver(sale)
            expected = ["shipped"] if switch == "push_shipped" else [{"shipping_awb": "AWB1"}]
            self.assertEqual(self.told(sale), expected)

    def test_what_waited_is_dropped_when_it_is_switched_off(self):
        sale = self.sale
        self.deliver(sale)
        self.shop.push_shipped = False
        self.shop.push_shipped = True
        self.assertEqual(self.told(sale), [])
        self.assertEqual(self.messages(sale), [("shipped", "skipped")])

    def test_orders_of_no_shop_are_nobody_s_business(self):
        sale = self.env["sale.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Ana"}).id,
                "order_line": [(0, 0, {"product_id": self.mug.id})],
            }
        )
        sale.action_confirm()
        sale.picking_ids.carrier_tracking_ref = "AWB1"
        self.deliver(sale)
        sale._mark_delivered()
        self.assertFalse(self.env["merchantpro.order.message"].search([]))

    def test_the_number_of_a_split_order_is_told_whole(self):
        sale = self.sell(id="95750870.3", parent_id=95750870)
        self.deliver(sale)
        self.assertEqual(self.told(sale), ["shipped"])

    def test_a_copied_database_tells_nothing(self):
        sale = self.sale
        self.deliver(sale)
        self.env.flush_all()
        script = pathlib.Path(__file__).parent.parent / "data" / "neutralize.sql"
        self.env.cr.execute(script.read_text())
        self.env.invalidate_all()
        self.assertFalse(any(self.shop[name] for name in self.switches()))
        self.assertFalse(self.messages(sale))

    def test_the_minute_s_cron_tells_it_before_stock(self):
        self.shop.push_stock = True
        self.push()
        sale = self.sale
        self.deliver(sale)
        self.env.cr.flush()
        self.site.clear_calls()
        self.env["merchantpro.shop"]._cron_push()
        paths = [call["path"] for call in self.site.calls]
        self.assertEqual(paths[0], f"/orders/{sale.client_order_ref}/shipped")
