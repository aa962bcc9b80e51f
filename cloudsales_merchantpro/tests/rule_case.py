"""A shop whose rules tell the site, which is the one action that is always installed."""

from unittest.mock import patch

from freezegun import freeze_time

from .order_case import OrderCase

SWITCHES = ("push_in_process", "push_cancelled", "push_shipped", "push_delivered")


class RuleCase(OrderCase):
    def prepare(self):
        super().prepare()
        self.shop.push_in_process = True

    def rule(self, event, **values):
        return self.env["merchantpro.rule"].create(
            {
                "name": event,
                "event": event,
                "action": "status",
                "site_status": "in_process",
                "shop_ids": self.shop.ids,
                **values,
            }
        )

    def sale(self, lines=({"product_id": 1, "quantity": 2},), **header):
        return self.assert_imported(self.read_order(lines, **header))

    def runs(self, rule):
        """What has run or waits by now, as when a transaction ends."""
        self.env.cr.flush()
        return self.env["merchantpro.rule.run"].search([("rule_id", "in", rule.ids)])

    def states(self, rule):
        return self.runs(rule).mapped("state")

    def acting(self, action):
        """Instead of telling the site, `action(rule, run)`."""
        return patch.object(type(self.env["merchantpro.rule"]), "_do_status", action)

    def picking(self, sale):
        return sale.picking_ids.filtered(lambda each: each.state not in ("done", "cancel"))

    def deliver(self, sale):
        picking = self.picking(sale)
        picking.button_validate()
        return picking

    def at(self, moment):
        return freeze_time(moment)
