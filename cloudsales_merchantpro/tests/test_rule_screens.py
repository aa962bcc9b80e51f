"""What people see of rules and do with their runs."""

from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user

from .order_case import SERVICES
from .rule_case import RuleCase


class TestRuleScreens(RuleCase):
    goods = SERVICES
    books = False

    def prepare(self):
        super().prepare()
        groups = "base.group_user,cloudsales_merchantpro.group_user"
        self.clerk = new_test_user(self.env, "rule_clerk", groups=groups)
        self.manager = new_test_user(
            self.env, "rule_manager", groups="base.group_user,cloudsales_merchantpro.group_manager"
        )

    def failed_sale(self):
        def fail(rule, run):
            raise UserError("The courier wants a phone number.")

        with self.acting(fail):
            sale = self.sale()
            self.env.cr.flush()
        return sale

    def test_a_manager_makes_a_rule(self):
        rules = self.env["merchantpro.rule"].with_user(self.manager)
        with Form(rules) as form:
            form.name = "Confirmed: tell the site"
            form.event = "confirmed"
            form.action = "status"
            form.site_status = "in_process"
            form.shop_ids.add(self.shop)
        rule = form.record
        self.assertEqual(rule.copy().name, "Confirmed: tell the site (copy)")
        self.assertEqual(rule.company_id, self.company)
        self.sale()
        self.assertEqual(self.states(rule), ["done"])
        self.assertIn(self.runs(rule), self.runs(rule).search(rule.action_open_runs()["domain"]))
        with self.assertRaises(AccessError):
            rule.with_user(self.clerk).active = False

    def test_a_filter_that_is_none_and_a_state_that_is_missing_are_refused(self):
        nonsense = "[('no_field', '=', 1)]"
        for values in ({"domain": nonsense}, {"wait_domain": nonsense}, {"site_status": False}):
            with self.assertRaises(ValidationError):
                self.rule("paid", **values)

    def test_the_sales_order_says_what_failed_and_retries_in_place(self):
        rule = self.rule("confirmed", name="Waybill")
        self.rule("paid", delay=10)
        self.rule("imported", delay=10)
        sale = self.failed_sale().with_user(self.clerk)
        failed = [("merchantpro_run_ids.state", "=", "failed"), ("id", "=", sale.id)]
        self.assertEqual(
            sale.merchantpro_rule_problem, "Waybill: The courier wants a phone number."
        )
        self.assertEqual(sale.merchantpro_run_words, "1 wait, 1 failed")
        self.assertEqual(sale.search(failed), sale)
        runs = self.env["merchantpro.rule.run"].with_user(self.clerk)
        open_points = self.env.ref("cloudsales_merchantpro.merchantpro_rule_run_failed_action")
        self.assertEqual(open_points.domain, "[('state', '=', 'failed')]")
        self.assertEqual(len(runs.search(sale.action_open_rule_runs()["domain"])), 2)
        sale.action_retry_rules()
        self.assertEqual((self.states(rule), sale.merchantpro_rule_problem), (["done"], ""))
        self.assertFalse(sale.search(failed))

    def test_a_run_is_skipped_by_name_and_retried_after_all(self):
        rule = self.rule("confirmed", continue_on_failure=False, sequence=1)
        behind = self.rule("confirmed", sequence=2)
        self.failed_sale()
        run = self.runs(rule).with_user(self.clerk)
        self.assertEqual(self.states(behind), ["waiting"])
        run.action_skip()
        self.assertEqual((run.state, run.result), ("skipped", f"Skipped by {self.clerk.name}."))
        self.assertEqual(self.states(behind), ["done"])
        run.action_retry()
        self.assertEqual(run.state, "done")
        self.assertEqual(run.action_open_order()["res_id"], run.order_id.id)

    def test_who_has_nothing_to_do_with_shops_sees_no_rules_on_a_sales_order(self):
        self.rule("confirmed")
        sale = self.failed_sale()
        seller = new_test_user(self.env, "rule_seller", groups="sales_team.group_sale_manager")
        arch = sale.with_user(seller).get_view(view_type="form")["arch"]
        self.assertNotIn("merchantpro_rule_problem", arch)
        self.assertTrue(sale.with_user(seller).merchantpro_rule_problem)
        with self.assertRaises(AccessError):
            sale.with_user(seller).action_retry_rules()

    def test_the_shop_counts_its_rules_and_open_points_and_its_page_has_a_place_for_each_part(self):
        self.rule("confirmed")
        self.rule("paid", shop_ids=False)
        self.rule("paid", shop_ids=self.make_shop(name="Other").ids)
        self.failed_sale()
        self.assertEqual((self.shop.rule_count, self.shop.rule_failed_count), (2, 1))
        rules, points = self.shop.action_open_rules(), self.shop.action_open_failed_runs()
        self.assertEqual(self.env["merchantpro.rule"].search_count(rules["domain"]), 2)
        self.assertEqual(self.env["merchantpro.rule.run"].search_count(points["domain"]), 1)
        arch = etree.fromstring(self.shop.get_view(view_type="form")["arch"])
        names = arch.xpath("//page[@name='documents']//group/@name")
        self.assertEqual(
            set(names), {"rules", "proforma", "invoice", "series", "printing", "alerts"}
        )

    # The dry run

    def preview(self, **values):
        wizard = self.env["merchantpro.rule.preview"].with_user(self.clerk).create(values)
        return wizard.line_ids.search(wizard.action_show()["domain"])

    def test_a_dry_run_says_what_would_happen_and_does_nothing(self):
        ran = self.rule("confirmed", name="ran")
        sale = self.sale()
        self.env.cr.flush()
        rules = ran | self.rule("invoiced", name="would")
        rules |= self.rule("paid", name="no", domain="[('amount_total', '<', 1)]")
        rules |= self.rule("paid", name="wait", wait_domain="[('amount_total', '<', 1)]")
        card = self.env["merchantpro.payment.method"]._for_codes(self.shop, {"c": "Card"})["c"]
        rules |= self.rule("paid", name="card", payment_method_ids=card.ids)
        before = self.env["merchantpro.rule.run"].search_count([])
        form = Form(self.env["merchantpro.rule.preview"].with_context(default_order_id=sale.id))
        self.assertEqual(form.scope, "order")
        lines = self.preview(scope="order", order_id=sale.id, rule_ids=rules.ids)
        found = {line.rule_id.name: (line.outcome, line.words) for line in lines}
        self.assertEqual(found["ran"][0], "ran")
        self.assertIn("Done: For the site: In process", found["ran"][1])
        self.assertEqual(found["would"], ("would", False))
        self.assertEqual(found["no"][0], "no")
        self.assertIn("filter", found["no"][1])
        self.assertEqual(found["wait"][0], "wait")
        self.assertEqual(found["card"], ("no", "Ramburs la curier is not among: Card."))
        self.assertEqual(self.env["merchantpro.rule.run"].search_count([]), before)

    def test_a_dry_run_of_yesterday_s_orders_by_the_company_s_clock(self):
        self.company.partner_id.tz = "Europe/Bucharest"
        rule = self.rule("invoiced")
        placed = ("04T23:30", "04T00:10", "03T23:50", "05T00:00")
        dates = ({"date_created": f"2026-05-{moment}:00+03:00"} for moment in placed)
        orders = self.read_orders([{"product_id": 1}], *dates)
        sales = [self.assert_imported(order) for order in orders]
        with self.at("2026-05-04 21:30:00"):  # half past midnight, the 5th
            lines = self.preview(scope="yesterday", rule_ids=rule.ids)
        self.assertEqual(lines.order_id, sales[0] | sales[1])
        with self.at("2027-01-04 21:30:00"), self.assertRaisesRegex(UserError, "no such order"):
            self.preview(scope="yesterday")
