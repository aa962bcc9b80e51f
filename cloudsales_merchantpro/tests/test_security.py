import pathlib
import re

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common import ShopCase


class TestSecurity(ShopCase):
    def prepare(self):
        super().prepare()
        self.user = new_test_user(
            self.env, "mp_user", groups="cloudsales_merchantpro.group_user,base.group_user"
        )
        self.manager = new_test_user(
            self.env, "mp_manager", groups="cloudsales_merchantpro.group_manager,base.group_user"
        )

    def our_models(self):
        records = self.env["ir.model"].search([("model", "=like", "merchantpro.%")])
        records |= self.env["ir.model"]._get("product.additional.code")
        return records.filtered(lambda model: not self.env[model.model]._abstract)

    def test_every_model_has_access_rights(self):
        for model in self.our_models():
            self.assertTrue(model.access_ids, model.model)

    def test_every_model_keeps_companies_apart(self):
        for model in self.our_models():
            rules = model.rule_ids.filtered(
                lambda rule: not rule.groups and "company_ids" in (rule.domain_force or "")
            )
            self.assertTrue(rules, f"{model.model} has no multi-company rule")

    def test_a_user_of_another_company_sees_nothing(self):
        self.site.add_product(id=1, sku="A")
        self.shop.fetch_catalog()
        other = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "stranger",
            groups="cloudsales_merchantpro.group_manager,base.group_user",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for model in self.our_models():
            self.assertFalse(self.env[model.model].with_user(stranger).search([]), model.model)

    def test_only_the_system_group_reads_secrets(self):
        for field in ("api_key", "api_secret", "webhook_secret", "webhook_token"):
            with self.assertRaises(AccessError):
                self.shop.with_user(self.manager).read([field])
        admin = new_test_user(
            self.env,
            "mp_admin",
            groups="base.group_system,cloudsales_merchantpro.group_manager",
        )
        self.assertEqual(self.shop.with_user(admin).api_key, self.site.key)

    def test_a_user_works_with_orders_but_changes_no_shop(self):
        self.shop.with_user(self.user).read(["name", "state"])
        with self.assertRaises(AccessError):
            self.shop.with_user(self.user).write({"push_stock": True})

    def test_a_manager_tests_the_connection_without_seeing_the_secret(self):
        self.shop.with_user(self.manager).action_test_connection()
        self.assertEqual(self.shop.state, "connected")

    def test_a_copied_database_cannot_reach_the_shop(self):
        script = pathlib.Path(__file__).parent.parent / "data" / "neutralize.sql"
        self.shop.write({"push_stock": True, "efactura": True})
        self.env.flush_all()
        self.env.cr.execute(script.read_text())
        self.env.invalidate_all()
        shop = self.shop.sudo()
        self.assertFalse(shop.api_key or shop.api_secret or shop.webhook_secret)
        self.assertFalse(shop._usable() or shop.push_stock or shop.order_interval)
        self.assertFalse(shop.efactura)

    def test_no_button_is_shown_to_who_may_not_use_it(self):
        view = self.env["merchantpro.shop"].with_user(self.user).get_view(view_type="form")
        self.assertFalse(re.search(r'name="api_(key|secret)"', view["arch"]))
