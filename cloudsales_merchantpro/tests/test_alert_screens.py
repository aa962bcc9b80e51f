"""What a person sees and does: the preview, the list, the order's button, the buyer's own page."""

import pathlib

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, new_test_user, tagged

from .alert_case import BUYER, AlertCase


class TestAlertScreens(AlertCase):
    def compose(self, moment, channel="mail"):
        action = self.shop.action_preview_alerts()
        form = Form(self.env["merchantpro.alert.compose"].with_context(**action["context"]))
        form.channel = channel
        form[f"{channel}_template_id"] = self.template(moment, channel)
        return form

    def test_the_preview_is_what_the_buyer_gets(self):
        action = self.shop.action_preview_alerts()
        form = Form(self.env["merchantpro.alert.compose"].with_context(**action["context"]))
        self.assertIn("is confirmed", form.subject)
        self.assertEqual((form.order_id, form.address), (self.sale, BUYER))
        self.assertFalse(self.sale.alert_ids)
        preview = form.save()
        preview.action_send()
        alert = self.sale.alert_ids
        self.assertEqual((alert.subject, alert.body), (preview.subject, preview.body))
        with self.assertRaisesRegex(UserError, "exists already"):
            preview.action_send()

    def test_the_preview_of_an_sms_tells_its_parts(self):
        self.shop.name = "Ceramică " + "ă" * 60
        self.assertIn("1 SMS", self.compose("paid", "sms").size)
        self.shop.sms_plain = False
        self.assertIn("2 SMS (with diacritics)", self.compose("paid", "sms").size)

    def test_the_preview_says_why_nothing_would_go_out(self):
        (self.buyer | self.sale.partner_invoice_id | self.sale.partner_shipping_id).email = False
        self.assertIn("no e-mail address", self.compose("paid").warning)
        self.buyer.merchantpro_no_alerts = True
        self.assertIn("does not want", self.compose("paid").warning)

    def test_a_salesperson_sees_the_messages_and_sends_them_again(self):
        user = new_test_user(
            self.env,
            "vanzari",
            groups="cloudsales_merchantpro.group_user",
            company_id=self.company.id,
        )
        self.compose("paid").save().with_user(user).action_send()
        sale = self.sale.with_user(user)
        self.assertEqual(sale.alert_count, 1)
        action = sale.action_open_alerts()
        alert = self.env["merchantpro.alert"].with_user(user).search(action["domain"])
        self.assertIn("Ana Pop", alert.body)
        self.assertEqual(alert.action_open_order()["res_id"], sale.id)
        alert.action_retry()
        with self.assertRaises(AccessError):
            alert.write({"state": "sent"})
        self.assertEqual(self.shop.with_user(user).unsent_count, 1)

    def test_other_companies_see_nothing(self):
        self.tell("paid")
        other = self.env["res.company"].create({"name": "Other"})
        user = new_test_user(
            self.env,
            "straina",
            groups="cloudsales_merchantpro.group_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assertFalse(self.env["merchantpro.alert"].with_user(user).search([]))
        with self.assertRaises(AccessError):
            self.sale.alert_ids.with_user(user).action_retry()

    def test_odoo_does_not_tell_of_the_delivery_what_a_rule_tells(self):
        template = self.env.ref("stock.mail_template_data_delivery_confirmation")
        self.company.write(
            {
                "stock_move_email_validation": True,
                "stock_mail_confirmation_template_id": template.id,
            }
        )
        self.assertTrue(self.shop.alert_doubled)
        picking = self.sale.picking_ids

        def told_by_odoo():
            before = len(picking.message_ids)
            picking._send_confirmation_email()
            return len(picking.message_ids) - before

        self.assertEqual(told_by_odoo(), 1)
        rule = self.rule("shipped")
        self.assertEqual(told_by_odoo(), 0)
        rule.action = "sms"
        self.assertEqual(told_by_odoo(), 1)
        rule.write({"action": "mail", "shop_ids": [(4, self.make_shop(name="Other").id)]})
        self.assertEqual(told_by_odoo(), 1)

    def test_a_copied_database_writes_to_nobody(self):
        self.tell("paid", "sms")
        self.env.flush_all()
        script = pathlib.Path(__file__).parent.parent / "data" / "neutralize.sql"
        self.env.cr.execute(script.read_text())
        self.env.invalidate_all()
        alert = self.sale.alert_ids
        self.assertEqual((alert.state, alert.sms_id.state), ("cancelled", "canceled"))


@tagged("-at_install", "post_install")
class TestNoMessages(HttpCase):
    def test_a_link_is_only_shown_and_the_button_ends_the_messages(self):
        partner = self.env["res.partner"].create({"name": "Ana Pop", "email": BUYER})
        url = f"/merchantpro/no-messages/{partner.id}/{partner._no_alerts_token()}"
        self.assertIn("No more messages", self.url_open(url).text)
        self.assertFalse(partner.merchantpro_no_alerts)
        answer = self.url_open(url, data={"List-Unsubscribe": "One-Click"})
        self.assertIn("no more about your orders", answer.text)
        self.assertTrue(partner.merchantpro_no_alerts)
        self.assertEqual(self.url_open(url[:-1] + "x").status_code, 404)
