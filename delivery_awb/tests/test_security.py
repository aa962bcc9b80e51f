from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .awb_case import AwbCase


@tagged("post_install", "-at_install")
class TestSecurity(AwbCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.packer = new_test_user(cls.env, "packer", "stock.group_stock_user")
        cls.seller = new_test_user(cls.env, "seller", "sales_team.group_sale_salesman")

    def test_packer_does_it_all_with_no_more_rights(self):
        picking = self.transfers[0].with_user(self.packer)
        picking.action_make_awb()
        waybill = picking.awb_id
        self.assertEqual(waybill.number, "T1000")
        waybill.action_print_labels()
        waybill.action_track()
        waybill.action_cancel()
        self.assertEqual(waybill.state, "cancelled")

    def test_seller_reads_and_makes_none(self):
        picking = self.transfers[0]
        with self.assertRaises(AccessError):
            picking.with_user(self.seller).action_make_awb()
        picking.action_make_awb()
        waybill = picking.awb_id.with_user(self.seller)
        self.assertEqual(waybill.number, "T1000")
        with self.assertRaises(AccessError):
            waybill.action_cancel()

    def test_other_companies_see_nothing(self):
        picking = self.transfers[0]
        picking.action_make_awb()
        other = self.env["res.company"].create({"name": "Other"})
        self.packer.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        self.assertFalse(self.env["delivery.awb"].with_user(self.packer).search_count([]))
