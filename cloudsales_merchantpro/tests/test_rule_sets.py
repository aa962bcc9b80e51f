"""The ready-made sets, switched on by one click."""

from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .rule_case import SWITCHES, RuleCase


class TestRuleSets(RuleCase):
    def rules(self, kind=""):
        rules = self.env["merchantpro.rule"].with_context(active_test=False)
        return rules.search([("set_shop_id", "=", self.shop.id), ("set_key", "=like", f"{kind}%")])

    def test_a_set_is_made_once_and_what_somebody_changed_stays(self):
        self.shop.write(dict.fromkeys(SWITCHES, False))
        action = self.shop.action_use_cash_set()
        made = self.rules()
        self.assertTrue(made)
        self.assertEqual(made, self.rules("cash:"))
        self.assertEqual(made, self.env["merchantpro.rule"].search(action["domain"]) | made)
        self.assertEqual([self.shop[switch] for switch in SWITCHES], [True] * 4)
        made[0].active = False
        made[1].name = "Mine"
        made[2].unlink()
        self.shop.action_use_cash_set()
        self.assertEqual(len(self.rules()), len(made))
        self.assertLess(made[:2], self.rules())
        self.assertEqual((made[0].active, made[1].name), (False, "Mine"))

    def test_messages_are_in_it_when_their_templates_are(self):
        for rule in self.env["merchantpro.rule"].search([("action", "in", ("mail", "sms"))]):
            self.assertTrue(rule[f"{rule.action}_template_id"])
        self.shop.action_use_cash_set()
        self.rules().unlink()
        name = "mail_template_shipped"
        template = self.env.ref(f"cloudsales_merchantpro.{name}", raise_if_not_found=False)
        if not template:
            template = self.env["mail.template"].create(
                {"name": "Shipped", "model_id": self.env["ir.model"]._get_id("sale.order")}
            )
            self.env["ir.model.data"]._update_xmlids(
                [{"xml_id": f"cloudsales_merchantpro.{name}", "record": template}]
            )
        self.shop.action_use_cash_set()
        rule = self.rules("cash:mail_shipped")
        self.assertEqual((rule.event, rule.mail_template_id), ("shipped", template))
        self.assertEqual((rule.hour_from, rule.hour_to), (9, 20))
        off = self.rules().filtered(lambda each: not each.active)
        self.assertLessEqual(set(off.mapped("action")), {"sms", "print_invoice"})
        self.assertFalse(self.rules().filtered(lambda each: each.active and each.action == "sms"))

    def test_a_warehouse_that_picks_first_makes_the_waybill_after_that(self):
        self.shop.action_use_cash_set()
        self.assertEqual(self.rules("cash:awb").event, "reserved")
        self.warehouse.delivery_steps = "pick_ship"
        self.shop.action_use_transfer_set()
        self.assertEqual(self.rules("before:awb").event, "picked")

    def test_cash_and_what_is_paid_before_go_their_own_ways(self):
        self.shop.action_use_cash_set()
        self.shop.action_use_transfer_set()
        cash, before = (self.rules(f"{kind}:in_process") for kind in ("cash", "before"))
        self.sale()
        self.assertEqual((self.states(cash), self.states(before)), (["done"], []))
        self.sale(payment_method_code="euplatesc", payment_status="paid")
        self.assertEqual(self.states(before), ["done"])

    def test_a_bank_transfer_gets_a_proforma_and_is_packed_when_it_is_paid(self):
        self.shop.action_use_transfer_set()
        made = []

        def act(rule, run):
            made.append(rule.action)
            return "Done."

        rules = type(self.env["merchantpro.rule"])
        for action in ("proforma", "print_picking", "awb", "status"):
            self.enterContext(patch.object(rules, f"_do_{action}", act, create=True))
        sale = self.sale(payment_method_code="wire")
        self.env.cr.flush()
        self.assertEqual(made, ["proforma"])
        self.site.update("order", sale.merchantpro_order_id.external_id, payment_status="paid")
        sale.merchantpro_order_id._read_again(self.shop)
        self.env.cr.flush()
        self.assertEqual(made, ["proforma", "status", "print_picking", "awb"])

    def test_only_a_manager_switches_a_set_on(self):
        clerk = new_test_user(
            self.env, "set_clerk", groups="base.group_user,cloudsales_merchantpro.group_user"
        )
        with self.assertRaises(AccessError):
            self.shop.with_user(clerk).action_use_cash_set()
