from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, new_test_user

from .order_case import SERVICES, OrderCase

VASE = {"product_id": 99, "missing": True, "product_sku": "VAZA", "product_name": "Vază",
        "unit_price_gross": 5}  # fmt: skip
ANA = {"customer_id": None, "customer_email": "ana@example.com", "billing_phone": "0722 111 222"}


class TestOrderFixes(OrderCase):
    goods = SERVICES

    def prepare(self):
        super().prepare()
        self.user = new_test_user(
            self.env, "seller", groups="cloudsales_merchantpro.group_user,base.group_user"
        )

    def contact(self, **values):
        return self.env["res.partner"].create({"name": "Ana", **values})

    def vase(self):
        return self.erp_product("V", **self.goods)

    def row_of(self, order, name):
        return order.line_ids.filtered(lambda line: line.name == name)

    # Both sides compared

    def test_both_sides_of_a_different_total_stand_side_by_side(self):
        order = self.read_order(
            [
                {"product_id": 1, "quantity": 2},
                {"product_id": 2},
                {"item_type": "promo_cart", "amount": 10, "product_tax_percent": None,
                 "name": "Voucher"},
            ],
            shipping_amount=15,
            wallet_amount=3,
            total_amount=1,
        )  # fmt: skip
        self.assert_held(order, "83.73")
        self.assertEqual(order.held_for, "total")
        rows = [(line.name, line.total, line.total_here) for line in order.line_ids]
        self.assertEqual(
            rows,
            [
                ("Cană", 48.4, 48.4),
                ("Carte", 33.33, 33.33),
                ("Voucher", -10, -10),
                ("Curier rapid", 15, 15),
                ("Store credit", -3, -3),
            ],
        )
        self.assertFalse(any(order.line_ids.mapped("difference")))

    def test_the_row_that_differs_is_the_one_that_shows_it(self):
        order = self.read_order(
            [{"product_id": 1, "line_subtotal_gross": 24.2}, {"product_id": 2}], total_amount=57.54
        )
        self.assertEqual(order.held_for, "total")
        self.assertAlmostEqual(sum(order.line_ids.mapped("total_here")), 57.53)

    def test_the_table_is_written_again_only_when_the_site_changes_the_order(self):
        order = self.read_order([VASE, {"product_id": 1}])
        rows = order.line_ids
        with self.assert_nothing_written(("merchantpro_order", "merchantpro_order_line")):
            order.action_retry()
        self.assertEqual(order.line_ids, rows)
        lines = self.site.order(order.external_id)["line_items"]
        self.site.update("order", order.external_id, line_items=[{**lines[0], "quantity": 3}])
        self.shop.fetch_orders()
        self.assertEqual(order.line_ids.mapped("quantity"), [3])

    # A product is chosen

    def test_a_product_a_sales_person_chooses_on_the_order_is_sold_and_remembered(self):
        order = self.read_order([VASE, {"product_id": 1}]).with_user(self.user)
        self.assertEqual(order.held_for, "product")
        vase = self.vase()
        with Form(order) as form, form.line_ids.edit(0) as line:
            line.product_id = vase
        order.action_retry()
        self.assertIn(vase, self.assert_imported(order).order_line.product_id)
        self.assertEqual(vase.additional_code_ids.mapped("code"), ["VAZA"])
        self.assert_imported(self.read_order([VASE]))

    def test_a_product_chosen_lets_the_other_orders_in_that_wait_for_it(self):
        first, second = self.read_orders([VASE], {}, {})
        self.row_of(first, "Vază").product_id = self.vase()
        first.action_retry()
        self.assert_imported(first)
        self.assert_imported(second)

    def test_a_product_chosen_for_a_row_of_the_staging_list_is_linked_to_it(self):
        self.site.add_product(id=3, name="Lampă", sku="", price_gross=5)
        self.shop.fetch_catalog()
        order = self.read_order([{"product_id": 3}])
        lamp = self.erp_product("L", **self.goods)
        self.row_of(order, "Lampă").product_id = lamp
        order.action_retry()
        self.assert_imported(order)
        self.assertEqual(self.row(3).product_id, lamp)
        self.assertEqual(self.row(3).match_state, "linked")

    def test_a_product_without_any_code_on_the_site_counts_for_the_order(self):
        nameless = {**VASE, "product_id": None, "product_sku": None}
        order = self.read_order([nameless])
        vase = self.vase()
        order.line_ids.product_id = vase
        order.action_retry()
        self.assertEqual(self.assert_imported(order).order_line.product_id, vase)
        self.assertEqual(self.read_order([nameless]).state, "held")

    # A tax

    def test_a_tax_chosen_on_the_order_is_the_tax_of_the_rate(self):
        order = self.read_order([{"product_id": 1, "product_tax_percent": 24}])
        self.assertEqual(order.held_for, "tax")
        tax = self.env["account.tax"].create(
            {"name": "24 incl", "amount": 24, "type_tax_use": "sale",
             "price_include_override": "tax_included", "company_id": self.company.id}
        )  # fmt: skip
        order.line_ids.tax_id = tax
        self.assertEqual(self.assert_imported(order).order_line.tax_ids, tax)
        self.assert_imported(self.read_order([{"product_id": 1, "product_tax_percent": 24}]))

    # The customer

    def test_several_contacts_with_the_mail_and_phone_leave_the_choice_to_a_person(self):
        one, two = (
            self.contact(email="ana@example.com", phone=phone)
            for phone in ("0722 111 222", "+40722111222")
        )
        order, other = self.read_orders([{"product_id": 1}], ANA, ANA)
        self.assert_held(order, "Choose the customer")
        self.assertEqual((order.held_for, order.candidate_ids), ("customer", one | two))
        with Form(order) as form:
            form.partner_id = two
        order.action_retry()
        self.assertEqual(self.assert_imported(order).partner_id, two)
        # The other order waited for the same, and the next one need not.
        self.assertEqual(self.assert_imported(other).partner_id, two)
        again = self.read_order([{"product_id": 2}], **ANA)
        self.assertEqual(self.assert_imported(again).partner_id, two)

    def test_several_contacts_with_the_vat_number_leave_the_choice_to_a_person(self):
        ro = self.env.ref("base.ro").id
        firms = self.env["res.partner"].create(
            [
                {"name": name, "is_company": True, "vat": vat, "country_id": ro}
                for name, vat in (("Alfa", "RO14399840"), ("Alfa punct de lucru", "14399840"))
            ]
        )
        order = self.read_order(
            [{"product_id": 1}], billing_company_name="ALFA", billing_company_vat="ro 14399840"
        )
        self.assert_held(order, "Alfa punct de lucru")
        order.partner_id = firms[1]
        order.action_retry()
        self.assertEqual(self.assert_imported(order).partner_id, firms[1])

    def test_only_the_ambiguous_order_of_a_batch_is_held(self):
        for phone in ("0722 111 222", "+40722111222"):
            self.contact(email="ana@example.com", phone=phone)
        self.site.add_order([{"product_id": 1}])
        order = self.read_order([{"product_id": 1}], **ANA)
        self.assertEqual(order.state, "held")
        others = self.env["merchantpro.order"].search([("id", "!=", order.id)])
        self.assertEqual(set(others.mapped("state")), {"done"})

    # Accepted as it is

    def test_a_different_total_can_be_accepted_and_stays_visible(self):
        order = self.read_order([{"product_id": 1}], total_amount=24.21)
        self.assertTrue(order.can_accept)
        self.assertTrue(order.line_ids)
        order.action_accept()
        self.assertFalse(order.line_ids)
        self.assertEqual((order.state, order.sale_order_id.amount_total), ("done", 24.2))
        self.assertIn("24.21", order.sale_order_id.merchantpro_uncertain)

    def test_what_was_accepted_is_asked_again_when_the_site_changed_the_order(self):
        order = self.read_order([{"product_id": 1}, VASE], total_amount=24.21)
        order.accepted = {"digest": "of before", "kinds": ["total"]}
        self.row_of(order, "Vază").product_id = self.vase()
        order.action_retry()
        self.assertEqual(order.held_for, "total")

    def test_an_unknown_product_cannot_be_accepted(self):
        order = self.read_order([VASE])
        self.assertFalse(order.can_accept)
        with self.assertRaises(UserError):
            order.action_accept()

    # Held by a setting

    def test_the_merchant_s_filter_holds_orders_until_they_are_accepted_or_it_is_another(self):
        self.shop.hold_domain = "[('amount_total', '>', 30)]"
        small = self.site.add_order([{"product_id": 1}])
        order, other = self.read_orders([{"product_id": 2}], {}, {})
        self.assert_imported(self.order(small["id"]))
        self.assert_held(order, "rule")
        self.assertFalse(
            self.env["sale.order"].search([("client_order_ref", "=", order.external_id)])
        )
        order.action_accept()
        self.assert_imported(order)
        self.assert_held(other, "rule")
        self.shop.hold_domain = "[('amount_total', '>', 300)]"
        self.assert_imported(other)

    def test_what_is_no_filter_of_sales_orders_is_refused(self):
        for typed in ("[('no_such_field', '=', 1)]", "[(", "__import__('os')", "7"):
            with self.assertRaises(ValidationError):
                self.shop.hold_domain = typed

    def test_an_order_over_the_credit_limit_waits_unless_it_is_paid(self):
        self.company.account_use_credit_limit = True
        ana = self.contact(email="ana@example.com", phone="+40722111222", credit_limit=30)
        self.shop.hold_credit = True
        order, paid = self.read_orders([{"product_id": 2}], ANA, {**ANA, "payment_status": "paid"})
        self.assert_held(order, "credit limit")
        self.assertEqual(order.held_for, "credit")
        self.assertEqual(self.assert_imported(paid).partner_id, ana)
        order.action_accept()
        self.assert_imported(order)

    def test_a_shipping_method_without_a_delivery_method_holds_where_the_shop_says_so(self):
        self.shop.hold_unmapped = True
        order = self.read_order([{"product_id": 1}])
        self.assert_held(order, "Curier rapid")
        product = self.env.ref("cloudsales_merchantpro.product_shipping")
        method = self.env["merchantpro.shipping.method"].search([("shop_id", "=", self.shop.id)])
        carrier = self.env["delivery.carrier"].create({"name": "C", "product_id": product.id})
        method.carrier_id = carrier
        self.assertEqual(self.assert_imported(order).carrier_id, carrier)

    def test_a_currency_that_is_activated_lets_its_orders_in(self):
        currency = (
            self.env["res.currency"].with_context(active_test=False).search([("name", "=", "HUF")])
        )
        currency.active = False
        order = self.read_order([{"product_id": 1}], currency="HUF")
        self.assert_held(order, "HUF")
        currency.active = True
        self.assertEqual(self.assert_imported(order).currency_id, currency)

    # Tasks

    def test_a_held_order_is_a_task_until_it_is_imported(self):
        self.shop.user_id = self.user
        order = self.read_order([VASE])
        self.assertEqual(order.activity_ids.user_id, self.user)
        order.action_retry()
        self.assertEqual(len(order.activity_ids), 1)
        self.vase().additional_code_ids = [Command.create({"code": "VAZA"})]
        self.assert_imported(order)
        self.assertFalse(order.activity_ids)

    def test_an_order_with_an_error_is_a_task_until_it_is_ignored(self):
        self.shop.user_id = self.user
        order = self.read_order([VASE])
        order._settle("error", "?")
        self.assertEqual(len(order.activity_ids), 1)
        order.action_ignore()
        self.assertFalse(order.activity_ids)

    def test_who_has_no_rights_any_more_gets_no_task_and_stops_nothing(self):
        self.shop.user_id = self.user
        self.user.group_ids = self.env.ref("base.group_user")
        order = self.read_order([VASE])
        self.assert_held(order, "Vază")
        self.assertFalse(order.activity_ids)
