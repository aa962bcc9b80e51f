from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user

from .common import ShopCase


class TestConnection(ShopCase):
    def test_a_right_key_connects_with_one_request(self):
        self.shop.write({"api_secret": self.site.secret})
        self.assertEqual(self.shop.state, "draft")
        self.shop.action_test_connection()
        self.assertEqual(self.shop.state, "connected")
        self.assertEqual(len(self.site.calls), 1)

    def test_a_wrong_secret_makes_one_request_says_what_to_do_and_is_not_repeated(self):
        self.shop.api_secret = "wrong"
        self.shop.action_test_connection()
        self.assertEqual(self.shop.state, "error")
        self.assertIn("Copy both again", self.shop.state_message)
        self.assertEqual([call["status"] for call in self.site.calls], [401])
        self.env["merchantpro.shop"]._cron_orders()
        self.env["merchantpro.shop"]._cron_push()
        with self.assertRaises(UserError):
            self.shop.fetch_catalog()
        self.assertEqual(len(self.site.calls), 1)

    def test_a_secret_that_stops_working_stops_the_shop(self):
        self.site.gate.set_credentials(self.site.key, "changed in the panel")
        self.shop.fetch_orders()
        self.shop.fetch_orders()
        self.assertEqual(self.shop.state, "error")
        self.assertEqual(len(self.site.calls), 1)
        self.assertIn(self.shop.state_message, self.shop.message_ids[0].body)

    def test_a_redirect_is_a_wrong_address_with_the_right_one_named(self):
        self.site.faults.set("redirect", location="https://www.right.example")
        self.shop.action_test_connection()
        self.assertEqual(self.shop.state, "error")
        self.assertIn("https://www.right.example", self.shop.state_message)

    def test_the_address_is_reduced_to_the_shop_s_own(self):
        self.shop.url = f"{self.site.url}/api/v2/products"
        self.assertEqual(self.shop.url, self.site.url)

    def test_an_address_that_cannot_be_one_is_refused(self):
        with self.assertRaises(ValidationError):
            self.shop.url = "ftp://shop.example"

    def test_a_failure_that_may_pass_stops_no_shop(self):
        self.site.faults.set("busy_500")
        with self.assertRaisesRegex(UserError, "failed for the moment"):
            self.shop.action_test_connection()
        self.assertEqual(self.shop.state, "connected")

    def test_a_used_up_budget_stops_no_shop(self):
        self.shop._client()._limiter.close(300)
        with self.assertRaisesRegex(UserError, "budget is used up"):
            self.shop.with_context(queue_job__no_delay=False).action_test_connection()
        self.assertEqual(self.shop.state, "connected")

    def test_who_may_not_read_the_secret_cannot_have_it_sent_elsewhere(self):
        manager = new_test_user(
            self.env, "mover", groups="base.group_user,cloudsales_merchantpro.group_manager"
        )
        shop = self.shop.with_user(manager)
        with self.assertRaisesRegex(AccessError, "administrator of Odoo"):
            shop.url = "https://attacker.example"
        # The same address, typed otherwise.
        shop.write({"name": "Renamed", "url": f"{self.site.url}/admin"})
        self.assertEqual((shop.name, shop.url), ("Renamed", self.site.url))
        admin = new_test_user(
            self.env,
            "system",
            groups="base.group_system,cloudsales_merchantpro.group_manager",
        )
        self.shop.with_user(admin).url = "https://new.example"
        self.assertEqual(self.shop.url, "https://new.example")

    def test_a_manager_sets_up_a_shop_that_has_no_secret_yet(self):
        manager = new_test_user(
            self.env, "maker", groups="base.group_user,cloudsales_merchantpro.group_manager"
        )
        shops = self.env["merchantpro.shop"].with_user(manager)
        shop = shops.create({"name": "New", "url": "https://old.example"})
        shop.url = "https://new.example"
        self.assertEqual(shop.url, "https://new.example")

    def test_calls_are_logged_without_secrets(self):
        self.shop.fetch_orders()
        self.env.cr.flush()
        calls = self.env["merchantpro.call"].search([("shop_id", "=", self.shop.id)])
        self.assertIn("/orders", calls.mapped("path"))
        logged = str(calls.read())
        self.assertNotIn(self.site.secret, logged.replace("api_secret", ""))
        self.assertNotIn(self.site.key, logged)
