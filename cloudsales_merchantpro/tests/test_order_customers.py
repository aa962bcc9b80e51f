from .order_case import SERVICES, OrderCase


class TestOrderCustomers(OrderCase):
    goods = SERVICES

    def test_a_buyer_is_made_once(self):
        first = self.read_order([{"product_id": 1}], customer_id=7, billing_name="Ana Pop")
        second = self.read_order([{"product_id": 1}], customer_id=7, billing_name="Ana Pop")
        self.assertEqual(first.sale_order_id.partner_id, second.sale_order_id.partner_id)

    def test_a_company_is_found_by_its_vat_number(self):
        company = self.env["res.partner"].create(
            {"name": "Firma", "is_company": True, "vat": "RO14399840",
             "country_id": self.env.ref("base.ro").id}
        )  # fmt: skip
        order = self.read_order(
            [{"product_id": 1}], billing_company_name="FIRMA SRL", billing_company_vat="14399840"
        )
        self.assertEqual(self.assert_imported(order).partner_id, company)
        self.assertEqual(company.name, "Firma")

    def test_another_address_becomes_a_delivery_contact_once(self):
        header = {"customer_id": 7, "shipping_name": "Vecina", "shipping_city": "Turda",
                  "shipping_address": "Str. Nouă 1"}  # fmt: skip
        first = self.read_order([{"product_id": 1}], **header).sale_order_id
        second = self.read_order([{"product_id": 1}], **header).sale_order_id
        self.assertEqual(first.partner_shipping_id.city, "Turda")
        self.assertEqual(first.partner_shipping_id.type, "delivery")
        self.assertEqual(first.partner_shipping_id, second.partner_shipping_id)

    def test_an_address_typed_otherwise_is_the_same_contact(self):
        one, two = (
            self.read_order(
                [{"product_id": 1}],
                customer_id=7,
                shipping_name=name,
                shipping_city=city,
                shipping_address=street,
            ).sale_order_id.partner_shipping_id
            for name, city, street in (
                ("Ana Țurcanu", "Târgu Mureș", "Str. Nouă, nr. 1"),
                ("ANA TURCANU", "targu mures", "str noua  nr 1"),
            )
        )
        self.assertEqual(one, two)
        self.assertEqual(one.street, "Str. Nouă, nr. 1")

    def companies_of_one_account(self, *companies):
        """The buyers of orders that account 77 placed for `companies`: (name, VAT number)."""
        orders = [
            self.read_order(
                [{"product_id": 1}],
                customer_id=77,
                billing_company_name=name,
                billing_company_vat=vat,
            )
            for name, vat in companies
        ]
        return [self.assert_imported(order).partner_id for order in orders]

    def test_two_companies_of_one_account_are_invoiced_each_under_its_own_vat_number(self):
        alfa, beta, again = self.companies_of_one_account(
            ("Alfa SRL", "RO14399840"), ("Beta SRL", "RO1590082"), ("Alfa SRL", "14399840")
        )
        self.assertEqual((alfa.name, alfa.vat), ("Alfa SRL", "RO14399840"))
        self.assertEqual((beta.name, beta.vat), ("Beta SRL", "RO1590082"))
        self.assertFalse(beta.parent_id)
        self.assertEqual(again, alfa)

    def test_a_company_with_a_wrong_vat_number_is_made_once(self):
        person = self.read_order([{"product_id": 1}], customer_id=77).sale_order_id.partner_id
        gama, again, other = self.companies_of_one_account(
            ("Gama SRL", "123"), ("GAMA, SRL", ""), ("Delta SRL", "123")
        )
        self.assertNotEqual(gama, person)
        self.assertEqual(gama, again)
        self.assertNotEqual(gama, other)

    def test_a_company_that_orders_through_two_accounts_is_one_contact(self):
        company = {"billing_company_name": "Alfa SRL", "billing_company_vat": "RO14399840"}
        first = self.read_order([{"product_id": 1}], customer_id=1, **company)
        second = self.read_order([{"product_id": 1}], customer_id=2, **company)
        guest = self.read_order([{"product_id": 1}], customer_id=None, **company)
        buyers = (first + second + guest).sale_order_id.partner_id
        self.assertEqual(len(buyers), 1)

    def test_a_guest_is_known_by_mail_and_phone_and_by_no_less(self):
        ana = {"customer_email": "ana@example.com", "billing_phone": "0722 111 222"}
        first, again, other = (
            self.read_order([{"product_id": 1}], customer_id=None, **{**ana, **changes})
            for changes in ({}, {}, {"billing_phone": "0722 333 444"})
        )
        self.assertEqual(first.sale_order_id.partner_id, again.sale_order_id.partner_id)
        self.assertNotEqual(first.sale_order_id.partner_id, other.sale_order_id.partner_id)
        nobody = {"customer_id": None, "customer_email": "", "billing_phone": ""}
        one, two = (self.read_order([{"product_id": 1}], **nobody) for _turn in range(2))
        self.assertNotEqual(one.sale_order_id.partner_id, two.sale_order_id.partner_id)
