"""Rules that tell the site how far an order is: once, and only where the shop's switch is on."""

from .rule_case import SWITCHES, RuleCase


class TestRuleStatus(RuleCase):
    def told(self, sale):
        self.env.cr.flush()
        self.site.clear_calls()
        self.shop.send_messages()
        number = sale.merchantpro_order_id.external_id
        calls = self.site.calls_of("PATCH", f"/orders/{number}")
        return [call["path"].rsplit("/")[-1] for call in calls]

    def test_each_state_is_told_at_the_moment_of_its_rule_and_once(self):
        self.shop.write(dict.fromkeys(SWITCHES, True))
        self.rule("reserved")
        self.rule("awb", site_status="shipped")
        self.rule("shipped", site_status="shipped")
        self.rule("delivered", site_status="delivered")
        sale = self.sale()
        self.assertEqual(self.told(sale), ["in_process"])
        picking = sale.picking_ids
        self.env["merchantpro.rule"]._happened("awb", picking)
        self.assertEqual(self.told(sale), ["shipped"])
        self.deliver(sale)
        picking._mark_delivered()
        self.assertEqual(self.told(sale), ["delivered"])
        order = sale.merchantpro_order_id
        self.assertEqual(self.site.order(order.external_id)["shipping_status"], "delivered")

    def test_a_cancelled_order_is_told(self):
        self.shop.push_cancelled = True
        self.rule("cancelled", site_status="cancelled")
        sale = self.sale()
        sale._action_cancel()
        self.assertEqual(self.told(sale), ["cancelled"])

    def test_what_the_shop_does_not_tell_is_not_told_by_rule(self):
        self.shop.push_in_process = False
        rule = self.rule("reserved")
        sale = self.sale()
        (run,) = self.runs(rule)
        self.assertEqual(run.state, "skipped")
        self.assertIn("Tell Work on Orders", run.result)
        self.assertEqual(self.told(sale), [])

    def test_what_the_site_has_passed_already_is_not_told_again(self):
        rule = self.rule("reserved")
        order = self.read_order([{"product_id": 1}], shipping_status="in_process")
        self.assertEqual((self.states(rule), self.told(order.sale_order_id)), (["done"], []))
        self.assertFalse(order.site_message_ids)
