"""What buyers are told by e-mail: in their language, once, and what becomes of it."""

import ast

from odoo.exceptions import UserError

from odoo.addons.cloudsales_merchantpro.models.rule_outcomes import NotNeeded

from .alert_case import BUYER, MOMENTS, AlertCase


class TestAlerts(AlertCase):
    def test_a_rule_writes_to_the_buyer_once_for_each_moment_whatever_rules_there_are(self):
        self.rule("confirmed")
        self.rule("confirmed", mail_template_id=self.template("confirmed").id)
        self.env["merchantpro.rule"]._happened("confirmed", self.sale)
        self.env.cr.flush()
        self.run_queue()
        (mail,) = self.received()
        self.assertEqual(mail["To"].addresses[0].addr_spec, BUYER)
        self.assertEqual(str(mail["From"]), "Ceramica <firma@example.com>")
        number = self.sale.merchantpro_number
        self.assertEqual(mail["Subject"], f"Your order {number} is confirmed")
        self.assertEqual(self.sale.alert_ids.mapped("state"), ["sent"])
        runs = self.sale.merchantpro_run_ids.sorted("id")
        self.assertEqual(runs.mapped("state"), ["done", "skipped"])

    def test_every_moment_has_its_messages(self):
        numbers = set()
        for moment in MOMENTS:
            if moment not in ("proforma", "invoice"):
                self.tell(moment)
            numbers.add(self.tell(moment, "sms").parts)
        self.run_queue()
        mails = self.received()
        self.assertEqual(len(mails), len(MOMENTS) - 2)
        for mail in mails:
            html = mail.get_body(("html",)).get_content()
            self.assertIn("Ana Pop", html)
            self.assertIn("Ceramica", html)
            self.assertIn(self.sale.merchantpro_number, mail["Subject"])
            # Many mail programs show plain text only, and what has none looks like spam.
            self.assertIn("Ana Pop", mail.get_body(("plain",)).get_content())
        self.assertEqual(numbers, {1})

    def test_an_order_shows_what_was_ordered_and_the_total(self):
        self.tell("confirmed")
        self.run_queue()
        html = self.received()[0].get_body(("html",)).get_content()
        self.assertIn("Cană", html)
        self.assertIn("48.40", html)

    def test_a_message_is_in_the_buyers_language_else_in_the_shops(self):
        self.env["res.lang"]._activate_lang("ro_RO")
        template = self.template("paid").with_context(lang="ro_RO")
        template.subject = "Am primit plata pentru comanda {{ object.alert_number }}"
        self.buyer.lang = "ro_RO"
        self.assertIn("Am primit plata", self.tell("paid").subject)
        self.buyer.lang = False
        self.shop.lang = "ro_RO"
        other = self.assert_imported(self.read_order([{"product_id": 1}]))
        other.partner_id.write({"email": BUYER, "lang": False})
        self.assertIn("Am primit plata", self.tell("paid", sale=other).subject)

    def test_the_shop_has_a_name_and_an_address_of_its_own(self):
        self.shop.write({"alert_name": "Olarul", "alert_sender": "comenzi@olarul.example.com"})
        self.tell("paid")
        self.run_queue()
        self.assertEqual(str(self.received()[0]["From"]), "Olarul <comenzi@olarul.example.com>")

    def test_two_transfers_are_told_twice_and_one_once(self):
        picking = self.sale.picking_ids
        other = picking.copy({"sale_id": self.sale.id})
        for each in (picking, other):
            self.tell("shipped", picking=each)
        with self.assertRaisesRegex(NotNeeded, "exists already"):
            self.tell("shipped", picking=picking)
        self.assertEqual(len(self.sale.alert_ids), 2)
        self.assertEqual(self.tell("paid", picking=picking).picking_id.ids, [])

    def test_a_template_of_your_own_is_told_once_too(self):
        own = self.template("paid").copy({"merchantpro_moment": False, "subject": "Promotion"})
        self.env["merchantpro.alert"]._send(self.sale, own)
        with self.assertRaises(NotNeeded):
            self.env["merchantpro.alert"]._send(self.sale, own)
        self.assertEqual(self.sale.alert_ids.subject, "Promotion")

    # Not wanted

    def test_who_wants_no_messages_gets_none(self):
        self.buyer.merchantpro_no_alerts = True
        with self.assertRaisesRegex(NotNeeded, "does not want"):
            self.tell("paid")
        self.buyer.merchantpro_no_alerts = False
        self.env["mail.blacklist"]._add(BUYER)
        with self.assertRaisesRegex(NotNeeded, "not to be written to"):
            self.tell("paid")
        self.env["phone.blacklist"].add("+40722000111")
        with self.assertRaisesRegex(NotNeeded, "not to be written to"):
            self.tell("paid", "sms")
        self.assertFalse(self.sale.alert_ids)

    def test_each_message_names_the_page_to_end_them(self):
        self.tell("paid")
        self.run_queue()
        (mail,) = self.received()
        self.assertIn(self.sale._no_alerts_url(), mail["List-Unsubscribe"])
        self.assertEqual(mail["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        self.assertIn(self.sale._no_alerts_url(), mail.get_body(("html",)).get_content())

    # What a person has to put right

    def test_a_buyer_without_an_address_is_an_open_point_and_retry_writes_it(self):
        self.rule("paid")
        self.buyer.email = self.sale.partner_shipping_id.email = False
        self.sale.partner_invoice_id.email = False
        self.env["merchantpro.rule"]._happened("paid", self.sale)
        self.env.cr.flush()
        run = self.sale.merchantpro_run_ids
        self.assertEqual(run.state, "failed")
        self.assertIn("has no e-mail address", run.problem)
        self.assertFalse(self.sale.alert_ids)
        self.buyer.email = BUYER
        run.action_retry()
        self.env.cr.flush()
        self.run_queue()
        self.assertEqual((run.state, len(self.received())), ("done", 1))

    def test_what_is_no_address_is_said(self):
        self.buyer.email = "ana at home"
        with self.assertRaisesRegex(UserError, "“ana at home” is no e-mail address"):
            self.tell("paid")
        self.buyer.email, self.company.email = BUYER, False
        with self.assertRaisesRegex(UserError, "to write from"):
            self.tell("paid")
        with self.assertRaisesRegex(UserError, "is no e-mail address"):
            self.shop.alert_sender = "nobody"

    def test_a_rule_that_says_no_message_and_has_none_of_its_own_fails_in_words(self):
        self.rule("reserved")
        self.env["merchantpro.rule"]._happened("reserved", self.sale)
        self.env.cr.flush()
        self.assertIn("does not say which message", self.sale.merchantpro_run_ids.problem)

    # Words

    def test_a_message_about_a_transfer_has_its_waybill(self):
        picking = self.sale.picking_ids
        carrier = self.env["delivery.carrier"].search([], limit=1)
        self.env["delivery.awb"].create(
            {
                "number": "1ONB42",
                "picking_id": picking.id,
                "carrier_id": carrier.id,
                "state": "issued",
                "locker_code": "4521",
                "cod_amount": 48.4,
                "tracking_url": "https://courier.example.com/1ONB42",
            }
        )
        self.tell("shipped", picking=picking)
        self.assertIn("1ONB42", self.tell("shipped", "sms", picking=picking).text)
        self.run_queue()
        html = self.received()[0].get_body(("html",)).get_content()
        for words in ("1ONB42", 'href="https://courier.example.com/1ONB42"', "48.40", carrier.name):
            self.assertIn(words, html)
        self.assertIn("4521", self.tell("at_point", "sms", picking=picking).text)

    def test_a_delayed_order_says_what_is_missing(self):
        late = self.assert_imported(self.read_order([{"product_id": 1, "quantity": 11}]))
        late.partner_id.email = BUYER
        self.assertEqual(late.alert_missing, "3 × [CANA] ERP CANA")
        self.tell("delayed", sale=late)
        self.run_queue()
        self.assertIn("3 × [CANA]", self.received()[0].get_body(("html",)).get_content())

    def test_headers_are_what_the_mail_queue_reads(self):
        headers = ast.literal_eval(self.tell("paid").mail_id.headers)
        self.assertEqual(set(headers), {"List-Unsubscribe", "List-Unsubscribe-Post"})
