"""The proforma of an order: its number, its series, its file."""

from odoo.exceptions import UserError
from odoo.tests import new_test_user

from odoo.addons.cloudsales_merchantpro.models.rule_outcomes import NotNeeded

from .document_case import DocumentCase
from .order_case import SERVICES


class TestProforma(DocumentCase):
    goods = SERVICES

    def test_a_rule_numbers_it_once_and_makes_its_file_but_no_entry_in_the_accounts(self):
        moves = self.env["account.move"].search_count([])
        words = self.do("proforma")
        number = self.sale.merchantpro_proforma_number
        self.assertEqual((words, number), (f"Proforma {number}", "PF-TEST-0001"))
        self.do("proforma", event="imported")
        self.assertEqual(self.sale.merchantpro_proforma_number, number)
        self.assertTrue(self.sale.merchantpro_proforma_date)
        self.assertEqual(self.env["account.move"].search_count([]), moves)
        file = self.sale.merchantpro_proforma_id
        self.assertEqual((file.res_model, file.res_id), ("sale.order", self.sale.id))
        self.assertEqual(file.name, "Proforma PF-TEST-0001.pdf")
        self.assertEqual(self.sale._merchantpro_proforma_pdf(), file)

    def test_a_changed_order_is_drawn_again_with_its_number(self):
        first = self.sale._merchantpro_proforma_pdf()
        number = self.sale.merchantpro_proforma_number
        self.edit([{"product_id": 1, "quantity": 1}])
        second = self.sale._merchantpro_proforma_pdf()
        self.assertNotEqual(second, first)
        self.assertFalse(first.exists())
        self.assertEqual(self.sale.merchantpro_proforma_number, number)

    def test_each_shop_has_a_series(self):
        self.do("proforma")
        other = self.make_shop(name="Test țară")
        self.assertEqual(self.shop.proforma_sequence_id.prefix, "PF-TEST-")
        self.assertEqual(other._proforma_sequence().prefix, f"PF-TEST{other.id}-")
        self.assertEqual(self.make_shop(name="Ștergar")._proforma_sequence().prefix, "PF-STER-")

    def test_none_for_a_cancelled_order(self):
        self.sale._action_cancel()
        with self.assertRaises(NotNeeded):
            self.do("proforma")
        with self.assertRaises(UserError):
            self.sale.action_merchantpro_proforma()

    def test_none_for_an_invoiced_order(self):
        self.do("invoice")
        with self.assertRaisesRegex(NotNeeded, self.invoices.name):
            self.do("proforma")

    def test_a_person_downloads_those_of_several_orders_as_one_file(self):
        user = new_test_user(
            self.env,
            "seller",
            "sales_team.group_sale_salesman_all_leads,cloudsales_merchantpro.group_user",
        )
        other = self.read_order([{"product_id": 1}]).sale_order_id
        orders = (self.sale + other).with_user(user).with_context(force_report_rendering=True)
        action = self.env.ref("cloudsales_merchantpro.action_proforma")
        self.assertEqual(action.group_ids, self.env.ref("cloudsales_merchantpro.group_user"))
        url = orders.action_merchantpro_proforma()["url"]
        file = self.env["ir.attachment"].browse(int(url.split("/")[-1].split("?")[0]))
        self.assertTrue(file.with_user(user).raw.startswith(b"%PDF"))
        self.assertEqual(other.merchantpro_proforma_number, "PF-TEST-0002")
