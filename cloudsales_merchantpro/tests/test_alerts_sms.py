"""What buyers are told by SMS: the number, the letters, the parts, and the service's answers."""

import contextlib

import requests
from urllib3.exceptions import MaxRetryError, ProtocolError

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from odoo.addons.cloudsales_merchantpro.models.alert_queues import _was_sent
from odoo.addons.cloudsales_merchantpro.models.rule_outcomes import NotNeeded
from odoo.addons.iap.tools import iap_tools

from .alert_case import BUYER, AlertCase

NUMBER = "+40722000111"
LOG = "odoo.addons.iap.tools.iap_tools"


class TestAlertsSms(AlertCase):
    def prepare(self):
        super().prepare()
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("sms.endpoint", self.mailbox.url)

    def setUp(self):
        super().setUp()
        self.mailbox.sms_answer, self.mailbox.pause = "success", 0
        # Odoo sends none in tests; ours go to a server of ours, as in life.
        self.patch(iap_tools.modules.module, "current_test", False)

    def run_sms_queue(self):
        self.env.flush_all()
        with mute_logger(LOG), self.no_commits():
            self.env["sms.sms"].sudo()._process_queue()
        self.env["merchantpro.alert"]._cron_follow()

    @contextlib.contextmanager
    def no_commits(self):
        self.patch(self.env.registry["ir.cron"], "_commit_progress", lambda *_, **__: 0)
        yield

    def test_an_sms_goes_to_the_number_of_the_delivery_once(self):
        alert = self.tell("paid", "sms")
        self.assertEqual((alert.address, alert.parts), (NUMBER, 1))
        with self.assertRaises(NotNeeded):
            self.tell("paid", "sms")
        self.run_sms_queue()
        (text,) = self.mailbox.texts()
        number = self.sale.merchantpro_number
        words = f"Ceramica: payment received for order {number}. Thank you!"
        self.assertEqual((text["number"], text["content"]), (NUMBER, words))
        self.assertEqual(alert.state, "sent")
        self.assertIn(words, "".join(self.sale.message_ids.mapped("body")))
        self.tell("paid", "mail")  # another channel is another message

    def test_letters_that_make_it_dear_fall_off_unless_the_shop_wants_them(self):
        self.shop.name = "Ceramică Țărănească"
        self.assertIn("Ceramica Taraneasca: ", self.tell("paid", "sms").text)
        self.shop.sms_plain = False
        alert = self.tell("confirmed", "sms")
        self.assertIn("Ceramică Țărănească: ", alert.text)
        self.assertEqual(alert.parts, 1)
        self.shop.alert_name = "Ș" * 60
        self.assertEqual(self.tell("received", "sms").parts, 2)

    def test_a_number_is_read_in_the_country_of_the_delivery(self):
        delivery = self.sale.partner_shipping_id
        for written, number in {
            "0722.000.111": NUMBER,
            "40722000111": NUMBER,
            "+36 20 123 4567": "+36201234567",
        }.items():
            delivery.phone = written
            self.assertEqual(self.sale._alert_address("sms", "paid")[1], number)
        delivery.phone = "12"
        with self.assertRaisesRegex(UserError, "“12” is no phone number"):
            self.tell("paid", "sms")

    def test_without_a_number_the_e_mail_is_enough_and_without_both_it_is_an_open_point(self):
        partners = self.buyer | self.sale.partner_shipping_id | self.sale.partner_invoice_id
        partners.write({"phone": False})
        with self.assertRaisesRegex(NotNeeded, "gave no phone number"):
            self.tell("paid", "sms")
        partners.write({"email": False})
        with self.assertRaisesRegex(UserError, "has no phone number"):
            self.tell("paid", "sms")

    def test_without_credit_it_waits_for_a_person(self):
        self.rule("paid", "sms")
        self.env["merchantpro.rule"]._happened("paid", self.sale)
        self.env.cr.flush()
        alert, run = self.sale.alert_ids, self.sale.merchantpro_run_ids
        self.mailbox.sms_answer = "insufficient_credit"
        self.run_sms_queue()
        self.assertEqual((alert.state, alert.problem), ("failed", "Insufficient Credit"))
        self.assertEqual((run.state, run.problem), ("failed", "Insufficient Credit"))
        self.mailbox.sms_answer = "success"
        run.action_retry()
        self.env.cr.flush()
        self.run_sms_queue()
        self.assertEqual((alert.state, run.state), ("sent", "done"))
        self.assertEqual(len(self.mailbox.texts()), 1)

    def test_a_service_that_is_down_is_tried_again_by_itself(self):
        alert = self.tell("paid", "sms")
        self.mailbox.sms_answer = "server_error"
        self.run_sms_queue()
        self.assertEqual((alert.state, alert.tries), ("waiting", 1))
        self.mailbox.sms_answer = "success"
        alert.next_try = "2020-01-01"
        self.env["merchantpro.alert"]._cron_follow()
        self.run_sms_queue()
        self.assertEqual((alert.state, len(self.mailbox.texts())), ("sent", 1))

    def test_what_the_service_got_without_answering_is_not_sent_again_by_itself(self):
        alert = self.tell("paid", "sms")
        self.mailbox.sms_answer = None
        self.run_sms_queue()
        self.assertEqual((alert.state, len(self.mailbox.texts())), ("failed", 1))
        self.assertIn("may have been sent", alert.problem)
        self.mailbox.sms_answer = "success"
        alert.action_retry()
        self.run_sms_queue()
        self.assertEqual((alert.state, len(self.mailbox.texts())), ("sent", 2))

    def test_whether_a_failed_request_was_acted_on(self):
        def answered(status):
            response = requests.Response()
            response.status_code = status
            return requests.HTTPError(response=response)

        never = MaxRetryError(None, "/", "refused")
        for error, sent in (
            (requests.ReadTimeout(), True),
            (requests.ConnectTimeout(never), False),
            (requests.ConnectionError(never), False),
            (requests.ConnectionError(ProtocolError("gone")), True),
            (answered(502), True),
            (answered(503), False),
            (UserError("no account"), False),
        ):
            self.assertEqual(_was_sent(error), sent, error)

    def test_a_masked_address_of_a_marketplace_and_the_first_of_several_will_do(self):
        self.buyer.email = "k3jh4.marketplace+42@reply.example.com"
        self.assertIn("k3jh4.marketplace+42@reply", self.tell("paid").address)
        self.buyer.email = f"{BUYER}, office@example.com"
        self.assertEqual(self.sale._alert_address("mail", "paid")[1], BUYER)
