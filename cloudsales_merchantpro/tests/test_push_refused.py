"""What the site refuses, or does not answer, about one row keeps no other waiting."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError

from .common import ShopCase


class TestPushRefused(ShopCase):
    def prepare(self):
        super().prepare()
        for number in (1, 2, 3):
            self.erp_product(f"P{number}", stock=10)
            self.site.add_product(id=number, sku=f"P{number}", stock=10)
        self.import_catalog()
        self.shop.push_stock = True
        self.push()
        self.site.clear_calls()

    def sell(self, *numbers):
        for number in numbers:
            product = self.row(number).product_id
            self.set_stock(product, product.qty_available - 1)

    def sent(self):
        return [call["path"].rsplit("/")[-1] for call in self.site.calls_of("PATCH")]

    def push_after(self, minutes):
        with freeze_time(fields.Datetime.now() + timedelta(minutes=minutes)):
            self.push()

    def refuse(self, number, **options):
        path = f"/inventory/id/{number}"
        self.site.faults.set("refused", path=path, words="Stoc nepermis", **options)

    def test_a_refused_row_says_why_and_stops_no_other(self):
        self.refuse(1)
        self.sell(1, 2, 3)
        self.push()
        self.assertEqual(self.sent(), ["1", "2", "3"])
        self.assertIn("Stoc nepermis", self.row(1).push_error)
        self.assertEqual(self.site.unit(1)["stock"], 10)
        self.assertEqual(self.site.unit(3)["stock"], 9)
        self.assertEqual(self.env["merchantpro.change"].search([]).variant_id, self.row(1))

    def test_a_refused_row_is_left_alone_for_a_while(self):
        self.refuse(1)
        self.sell(1)
        self.push()
        self.push()
        self.assertEqual(self.sent(), ["1"])
        self.push_after(minutes=2)
        self.assertEqual(self.sent(), ["1", "1"])

    def test_a_change_after_the_refusal_is_tried_at_once(self):
        self.refuse(1, times=1)
        self.sell(1)
        self.push()
        self.sell(1)
        self.push()
        self.assertEqual(self.site.unit(1)["stock"], 8)
        self.assertFalse(self.row(1).push_error)
        self.assertFalse(self.row(1).push_failures)

    def test_after_five_refusals_it_waits_for_a_person(self):
        self.refuse(1)
        self.sell(1)
        self.push()
        for turn in (1, 2, 3):
            self.push_after(minutes=30 * turn)
        self.assertFalse(self.row(1).push_refused)
        self.push_after(minutes=120)
        self.assertTrue(self.row(1).push_refused)
        self.sell(1)
        self.push_after(minutes=600)
        self.assertEqual(self.sent(), ["1"] * 5)
        self.assertIn("Stoc nepermis", self.row(1).push_error)
        self.site.faults.clear()
        self.row(1).action_push()
        self.assertEqual(self.site.unit(1)["stock"], 8)
        self.assertFalse(self.row(1).push_refused)

    def test_a_refused_value_that_is_no_longer_wanted_is_not_sent(self):
        self.refuse(1, times=1)
        self.sell(1)
        self.push()
        self.set_stock(self.row(1).product_id, 10)
        self.push()
        self.assertEqual(self.sent(), ["1"])

    def test_a_row_that_the_site_stumbles_over_stops_no_other(self):
        self.site.faults.set("busy_500", path="/inventory/id/1")
        self.sell(1, 2, 3)
        self.push()
        self.assertEqual(self.site.unit(2)["stock"], 9)
        self.assertEqual(self.site.unit(3)["stock"], 9)
        self.assertIn("failed for the moment", self.row(1).push_error)
        self.assertEqual(self.row(1).push_failures, 1)

    def test_a_site_that_fails_is_not_the_fault_of_its_rows(self):
        self.site.faults.set("busy_500", path="/inventory")
        self.sell(1, 2, 3)
        with self.assertRaisesRegex(UserError, "failed for the moment"):
            self.push()
        self.assertEqual(set(self.sent()), {"1", "2"})
        self.assertEqual(self.shop.variant_ids.mapped("push_failures"), [0, 0, 0])
        self.assertEqual(len(self.env["merchantpro.change"].search([]).variant_id), 3)

    def test_what_the_site_did_unheard_is_sent_again_though_it_seems_to_have_it(self):
        self.site.faults.set("dropped", path="/inventory/id/1")
        self.sell(1, 2)
        self.push()
        self.assertEqual(self.site.unit(1)["stock"], 9)
        self.set_stock(self.row(1).product_id, 10)
        self.site.faults.clear()
        self.push()
        self.assertEqual(self.site.unit(1)["stock"], 10)
        self.assertFalse(self.row(1).must_send)
