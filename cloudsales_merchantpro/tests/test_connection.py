from odoo.exceptions import UserError, ValidationError

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

    def test_calls_are_logged_without_secrets(self):
        self.shop.fetch_orders()
        self.env.cr.flush()
        calls = self.env["merchantpro.call"].search([("shop_id", "=", self.shop.id)])
        self.assertIn("/orders", calls.mapped("path"))
        logged = str(calls.read())
        self.assertNotIn(self.site.secret, logged.replace("api_secret", ""))
        self.assertNotIn(self.site.key, logged)
