import json
from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.cloudsales_merchantpro.api import webhook

from merchantpro_simulator import Simulator


@tagged("post_install", "-at_install")
class TestWebhook(HttpCase):
    def setUp(self):
        super().setUp()
        self.site = self.enterContext(Simulator())
        self.shop = self.env["merchantpro.shop"].create(
            {
                "name": "Test shop",
                "url": self.site.url,
                "api_key": self.site.key,
                "api_secret": self.site.secret,
                "webhook_secret": "a secret",
                "state": "connected",
            }
        )

    def notify(self, body, secret="a secret", token=None):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {
            "Content-Type": "application/json",
            webhook.HEADER: webhook.signature(body, secret),
        }
        path = f"/merchantpro/webhook/{token or self.shop.webhook_token}"
        return self.url_open(path, data=body, headers=headers, timeout=30).status_code

    def jobs(self, kind):
        return self.env["queue.job"].search(
            [("identity_key", "=", f"merchantpro.{kind}:{self.shop.id}")]
        )

    def readings(self):
        return len(self.jobs("orders.noticed") + self.jobs("orders"))

    def stored(self):
        return self.env["merchantpro.order.notice"].search([]).mapped("external_id")

    def test_a_signed_notice_is_stored_and_queues_one_reading_however_often_it_comes(self):
        self.assertEqual(self.notify({"id": "1"}), 200)
        self.assertEqual(self.notify({"id": "2"}), 200)
        self.assertEqual(self.notify({"id": "1"}), 200)
        self.assertEqual(self.stored(), ["1", "2", "1"])
        self.assertEqual(len(self.jobs("orders.noticed")), 1)

    def test_a_notice_that_names_no_order_queues_a_reading_of_the_list(self):
        self.assertEqual(self.notify({"hello": "world"}), 200)
        self.assertEqual(self.notify([1, "two", None]), 200)
        self.assertEqual(self.stored(), [])
        self.assertEqual(len(self.jobs("orders")), 1)

    def test_a_notice_that_cannot_be_stored_is_told_so_that_the_site_repeats_it(self):
        shop = type(self.env["merchantpro.shop"])
        with (
            patch.object(shop, "_read_noticed", side_effect=RuntimeError("disk full")),
            mute_logger("odoo.http"),
        ):
            self.assertEqual(self.notify({"id": "1"}), 500)
        self.assertEqual(self.stored(), [])

    def test_a_body_that_does_not_tell_its_length_is_refused(self):
        body = b'{"id": "1"}'
        answer = self.url_open(
            f"/merchantpro/webhook/{self.shop.webhook_token}",
            data=iter([body]),  # sent in chunks
            headers={webhook.HEADER: webhook.signature(body, "a secret")},
        )
        self.assertEqual(answer.status_code, 411)
        self.assertEqual(self.stored(), [])

    def test_a_shop_that_reads_no_orders_takes_the_notice_and_does_nothing(self):
        self.shop.order_interval = 0
        self.assertEqual(self.notify({"id": "1"}), 200)
        self.assertEqual(self.readings(), 0)

    def test_the_reading_speaks_the_shop_s_language(self):
        self.env["res.lang"]._activate_lang("ro_RO")
        self.shop.lang = "ro_RO"
        self.notify({"id": "1"})
        job = self.jobs("orders.noticed")
        self.assertEqual(job.records.env.context.get("lang"), "ro_RO")

    def test_the_reading_is_the_system_s_work_not_a_visitor_s(self):
        self.notify({"id": "1"})
        self.assertEqual(self.jobs("orders.noticed").user_id, self.env.ref("base.user_root"))

    def test_a_wrong_signature_is_refused(self):
        with self.assertLogs("odoo.addons.cloudsales_merchantpro", "WARNING"):
            self.assertEqual(self.notify({"id": "1"}, secret="guessed"), 401)
        self.assertEqual(self.readings(), 0)

    def test_a_shop_without_a_secret_takes_no_notice(self):
        self.shop.webhook_secret = False
        with self.assertLogs("odoo.addons.cloudsales_merchantpro", "WARNING"):
            self.assertEqual(self.notify({"id": "1"}, secret=""), 401)

    def test_an_unknown_address_is_not_found(self):
        self.assertEqual(self.notify({"id": "1"}, token="unknown"), 404)

    def test_a_body_that_is_not_json_is_refused(self):
        self.assertEqual(self.notify(b"{"), 400)

    def test_a_body_too_large_is_refused(self):
        self.assertEqual(self.notify(b"[" + b" " * 1024 * 1024 + b"]"), 413)
