"""Each event of rules happens once, for the right document."""

from .rule_case import RuleCase


class TestRuleEvents(RuleCase):
    def assert_happened(self, rule, *documents):
        runs = self.runs(rule)
        found = [run.picking_id or run.move_id or run.order_id for run in runs.sorted("id")]
        self.assertEqual(found, list(documents))

    # The order

    def test_imported_confirmed_and_reserved_when_an_order_comes_in(self):
        rules = [self.rule(event) for event in ("imported", "confirmed", "reserved", "delayed")]
        sale = self.sale()
        self.assert_happened(rules[0], sale)
        self.assert_happened(rules[1], sale)
        self.assert_happened(rules[2], sale.picking_ids)
        self.assert_happened(rules[3])

    def test_cancelled_once_though_it_is_confirmed_and_cancelled_again(self):
        cancelled, confirmed = self.rule("cancelled"), self.rule("confirmed")
        sale = self.sale()
        sale._action_cancel()
        sale.action_draft()
        sale.action_confirm()
        sale._action_cancel()
        self.assert_happened(cancelled, sale)
        self.assert_happened(confirmed, sale)

    def test_orders_of_no_shop_are_not_watched(self):
        rule = self.rule("confirmed", shop_ids=False)
        sale = self.env["sale.order"].create(
            {
                "partner_id": self.env.user.partner_id.id,
                "order_line": [(0, 0, {"product_id": self.mug.id})],
            }
        )
        sale.action_confirm()
        self.assert_happened(rule)
