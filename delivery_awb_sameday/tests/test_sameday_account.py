"""The account: connection, lists, token, secrets."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import file_open

from sameday_simulator import Simulator

from ..models import delivery_carrier
from .sameday_case import SamedayCase


@tagged("post_install", "-at_install")
class TestSamedayAccount(SamedayCase):
    def test_connection_is_tested_and_what_is_wrong_is_said(self):
        notice = self.carrier.action_sameday_test()
        self.assertIn("24H", notice["params"]["message"])
        self.carrier.sameday_password = "wrong"
        with self.assertRaisesRegex(UserError, "user name and password"):
            self.carrier.action_sameday_test()
        self.carrier.sameday_password = False
        with self.assertRaisesRegex(UserError, "no user name or password"):
            self.carrier.action_sameday_test()

    def test_lists_are_kept_and_what_is_gone_is_archived(self):
        lockers = self.env["sameday.locker"].search([("server", "=", self.courier.url)])
        self.assertEqual(len(lockers), 70)
        point = self.env["sameday.pickup.point"].search([("carrier_id", "=", self.carrier.id)])
        self.assertEqual(point.mapped("number"), [139, 1641])
        self.assertEqual(point[0].contact_ids.mapped("number"), [145, 146])
        gone, renamed = self.courier.contract.lockers[:2]
        services = self.courier.contract.services
        with (
            patch.object(self.courier.contract, "lockers", self.courier.contract.lockers[1:]),
            patch.dict(renamed, name="easybox Nou"),
            patch.object(self.courier.contract, "services", services[:1]),
        ):
            self.carrier.action_sameday_read()
        locker = lockers.filtered(lambda each: each.code == str(renamed["lockerId"]))
        self.assertEqual(locker.name, "easybox Nou")
        archived = lockers.filtered(lambda each: not each.active)
        self.assertEqual(archived.mapped("code"), [str(gone["lockerId"])])
        kept = self.env["sameday.service"].search([("carrier_id", "=", self.carrier.id)])
        self.assertEqual(kept.mapped("code"), ["24"])
        self.carrier.action_sameday_read()
        self.assertTrue(archived.active)

    def test_reading_twice_writes_no_locker_twice(self):
        self.env.cr.execute("SELECT id, xmin FROM sameday_locker ORDER BY id")
        before = self.env.cr.fetchall()
        self.carrier.action_sameday_read()
        self.env.cr.execute("SELECT id, xmin FROM sameday_locker ORDER BY id")
        self.assertEqual(before, self.env.cr.fetchall())

    def test_seven_thousand_lockers_are_kept_with_few_statements(self):
        with Simulator(lockers=7000) as courier:
            carrier = self.new_carrier(sameday_url=courier.url)
            before = self.env.cr.sql_log_count
            carrier.action_sameday_read()
            self.assertLess(self.env.cr.sql_log_count - before, 100)
            kept = self.env["sameday.locker"].search_count([("server", "=", courier.url)])
        self.assertEqual(kept, 7010)

    def test_a_form_chooses_among_what_the_contract_has(self):
        with Form(self.carrier) as form:
            form.sameday_pickup_point_id = self.env["sameday.pickup.point"].search(
                [("number", "=", 1641), ("carrier_id", "=", self.carrier.id)]
            )
            self.assertEqual(form.sameday_contact_id.number, 1740)

    def test_address_is_the_environment_s_unless_another_safe_one_is_given(self):
        carrier = self.new_carrier(sameday_url=False)
        self.assertEqual(carrier._sameday_server(), delivery_carrier.DEMO)
        carrier.prod_environment = True
        self.assertEqual(carrier._sameday_server(), delivery_carrier.LIVE)
        with self.assertRaises(ValidationError):
            carrier.sameday_url = "http://courier.example"

    def test_only_the_system_group_sees_the_secrets_and_others_use_them(self):
        clerk = new_test_user(self.env, "sameday_clerk", "stock.group_stock_user")
        carrier = self.carrier.with_user(clerk)
        for secret in ("sameday_username", "sameday_password"):
            with self.assertRaises(AccessError):
                carrier.read([secret])
        with self.assertRaises(AccessError):
            self.env["sameday.token"].with_user(clerk).search([])
        self.assertEqual(len(carrier._sameday_call("services")), 4)
        with self.assertRaises(AccessError):
            carrier.action_sameday_read()

    def test_token_is_kept_for_all_and_renewed_once(self):
        self.carrier._sameday_call("services")
        self.carrier._sameday_call("services")
        logged_in = len(self.courier.calls_of("POST", "/api/authenticate"))
        self.assertLessEqual(logged_in, 1)
        self.courier.expire_tokens()
        self.carrier._sameday_call("services")
        calls = self.courier.calls_of("POST", "/api/authenticate")
        self.assertEqual(len(calls), logged_in + 1)

    def test_a_copied_database_has_no_account(self):
        self.carrier._sameday_call("services")
        self.env.flush_all()
        self.env.cr.execute(file_open("delivery_awb_sameday/data/neutralize.sql").read())
        self.env.invalidate_all()
        self.assertFalse(self.carrier.sameday_username or self.carrier.sameday_password)
        self.assertEqual(self.carrier._sameday_server(), delivery_carrier.DEMO)

    def test_another_company_s_lists_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Alta"})
        self.carrier.product_id.company_id = self.env.company
        clerk = new_test_user(
            self.env,
            "sameday_other",
            "stock.group_stock_user",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for model in ("sameday.service", "sameday.pickup.point", "sameday.contact"):
            records = self.env[model].search([])
            mine = [each.id for each in records if each.company_id == self.carrier.company_id]
            self.assertTrue(mine)
            self.assertFalse(self.env[model].with_user(clerk).search([("id", "in", mine)]))
