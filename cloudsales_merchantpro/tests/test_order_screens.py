import json

from lxml import etree

from odoo.tests import new_test_user
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .order_case import SERVICES, OrderCase


class TestOrderScreens(OrderCase):
    goods = SERVICES

    def user(self, login, groups=""):
        groups = f"base.group_user,cloudsales_merchantpro.group_user{groups}"
        return new_test_user(self.env, login, groups=groups)

    def test_states_are_in_words_and_an_unknown_one_as_the_site_says_it(self):
        order = self.read_order([{"product_id": 1}], payment_status="awaiting")
        self.assertEqual(order.payment_words, "Awaiting")
        order.shipping_status = "la_ambalare"
        self.assertEqual(order.shipping_words, "la_ambalare")
        self.assertEqual(order.sale_order_id.merchantpro_shipping_words, "la_ambalare")

    def test_the_sales_order_tells_where_it_came_from(self):
        order = self.read_order([{"product_id": 1}])
        sale = order.sale_order_id.with_user(self.user("seller"))
        self.assertEqual(sale.merchantpro_shop_id, self.shop)
        self.assertEqual(sale.merchantpro_number, order.external_id)
        self.assertTrue(sale.merchantpro_url.startswith(self.site.url))
        self.assertEqual(sale.merchantpro_payment_method, "Ramburs la curier")
        self.assertEqual(sale.merchantpro_shipping_method, "Curier rapid")
        self.assertEqual(sale.action_open_merchantpro_order()["res_id"], order.id)
        self.assertEqual(order.action_open_sale()["res_id"], sale.id)
        self.assertEqual(order.action_open_site()["url"], order.site_url)

    def test_an_address_that_would_run_a_script_is_no_link(self):
        order = self.read_order([{"product_id": 1}], info_url="javascript:alert(1)")
        self.assertFalse(order.site_url)

    def test_sales_orders_are_grouped_by_shop_and_state(self):
        orders = self.read_order([{"product_id": 1}], payment_status="paid")
        orders |= self.read_order([{"product_id": 1}])
        sales = self.env["sale.order"].with_user(self.user("seller"))
        domain = [("merchantpro_order_id", "in", orders.ids)]
        groups = sales._read_group(domain, ["merchantpro_payment_status"], ["__count"])
        self.assertEqual(sorted(groups), [("awaiting", 1), ("paid", 1)])
        self.assertEqual(
            sales._read_group(domain, ["merchantpro_shop_id"], ["__count"]), [(self.shop, 2)]
        )

    def test_only_administrators_see_the_order_as_received(self):
        order = self.read_order([{"product_id": 1}])
        seller, admin = self.user("seller"), self.user("boss", ",base.group_system")
        for record, field in ((order, "raw"), (order.sale_order_id, "merchantpro_raw")):
            views = {
                user: record.with_user(user).get_view(view_type="form")["arch"]
                for user in (seller, admin)
            }
            self.assertIn(f'name="{field}"', views[admin])
            self.assertNotIn(f'name="{field}"', views[seller])
        raw = order.with_user(admin).raw
        self.assertEqual(json.loads(raw)["id"], order.external_id)

    def test_the_states_of_the_kanban_are_in_their_sequence(self):
        self.read_order([{"product_id": 1}])
        orders = self.env["merchantpro.order"].with_context(read_group_expand=True)
        groups = orders.web_read_group([], ["state"], ["__count"])["groups"]
        states = [group["state"] for group in groups]
        self.assertEqual(states, ["new", "done", "held", "error", "ignored"])

    def test_every_filter_and_group_works(self):
        user = self.user("seller")
        self.read_order([{"product_id": 1}])
        for model, own in (("merchantpro.order", ""), ("sale.order", "merchantpro")):
            records = self.env[model].with_user(user)
            filters = etree.fromstring(records.get_view(view_type="search")["arch"]).iter("filter")
            mine = [each for each in filters if each.get("name").startswith(own)]
            self.assertGreater(len(mine), 4)
            for each in mine:
                with self.subTest(each.get("name")):
                    records.search(safe_eval(each.get("domain") or "[]", {"uid": user.id}))
                    group = safe_eval(each.get("context") or "{}").get("group_by")
                    self.assertTrue(not group or records._read_group([], [group], ["__count"]))

    @mute_logger("odoo.addons.base.models.ir_ui_view")
    def test_every_view_of_the_inbox_opens(self):
        user = self.user("seller")
        orders = self.env["merchantpro.order"].with_user(user)
        for kind in ("list", "kanban", "form", "search", "activity"):
            self.assertTrue(orders.get_view(view_type=kind)["arch"])
