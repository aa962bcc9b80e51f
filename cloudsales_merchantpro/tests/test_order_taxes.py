from .order_case import OrderCase


class TestOrderTaxes(OrderCase):
    def test_two_vat_rates_stay_apart(self):
        order = self.read_order([{"product_id": 1}, {"product_id": 2}])
        sale = self.assert_imported(order)
        self.assertEqual(sorted(sale.order_line.tax_ids.mapped("amount")), [11, 21])

    def test_a_discount_is_split_over_the_vat_rates_it_falls_on(self):
        order = self.read_order(
            [
                {"product_id": 1, "quantity": 2},
                {"product_id": 2},
                {"item_type": "promo_cart", "amount": 10, "product_tax_percent": None},
            ]
        )
        sale = self.assert_imported(order)
        discounts = sale.order_line.filtered(lambda line: line.price_total < 0)
        self.assertEqual(sorted(discounts.tax_ids.mapped("amount")), [11, 21])
        self.assertAlmostEqual(sum(discounts.mapped("price_total")), -10)

    def test_a_discount_of_nothing_takes_nothing_off(self):
        free = {"item_type": "coupon", "amount": 0, "product_tax_percent": None}
        sale = self.assert_imported(self.read_order([{"product_id": 1}, free]))
        self.assertEqual(sale.order_line.product_id, self.mug)

    def test_an_unknown_vat_rate_holds_the_order_until_it_is_mapped(self):
        order = self.read_order([{"product_id": 1, "product_tax_percent": 24}])
        self.assert_held(order, "24")
        rate = self.env["merchantpro.tax"].search(
            [("shop_id", "=", self.shop.id), ("code", "=", "24")]
        )
        rate.tax_id = self.env["account.tax"].create(
            {
                "name": "24 incl",
                "amount": 24,
                "type_tax_use": "sale",
                "price_include_override": "tax_included",
                "company_id": self.company.id,
            }
        )
        self.assert_imported(order)

    def rate(self, code):
        return self.env["merchantpro.tax"].search(
            [("shop_id", "=", self.shop.id), ("code", "=", code)]
        )

    def taxes(self, percent):
        """The company's sales taxes of a rate, as the chart of accounts brings them."""
        taxes = self.env["account.tax"].with_company(self.company)
        return taxes.search(
            [
                ("company_id", "=", self.company.id),
                ("type_tax_use", "=", "sale"),
                ("amount", "=", percent),
            ]
        )

    def included(self, percent, name, **values):
        return self.env["account.tax"].create(
            {
                "name": name,
                "amount": percent,
                "type_tax_use": "sale",
                "price_include_override": "tax_included",
                "company_id": self.company.id,
                **values,
            }
        )

    def test_goods_get_the_tax_of_goods(self):
        # The Romanian chart has each rate for goods, for services and on collection.
        for percent in (5, 9, 11, 19, 21):
            self.assertGreater(len(self.taxes(percent)), 1)
            order = self.read_order([{"product_id": 1, "product_tax_percent": percent}])
            tax = self.assert_imported(order).order_line.tax_ids
            self.assertEqual(tax.name, f"{percent}% G (price included)")

    def test_several_taxes_that_nothing_tells_apart_are_left_to_a_person(self):
        self.company.account_sale_tax_id = False
        order = self.read_order([{"product_id": 1, "product_tax_percent": 9}])
        self.assert_held(order, "9 %")
        self.rate("9").tax_id = self.included(9, "9% S (price included)")
        self.assert_imported(order)

    def test_the_tax_of_another_country_is_not_taken_for_ours(self):
        abroad = self.env.ref("base.hu")
        group = self.env["account.tax.group"].create(
            {"name": "ÁFA", "country_id": abroad.id, "company_id": self.company.id}
        )
        self.included(27, "27% HU", country_id=abroad.id, tax_group_id=group.id)
        order = self.read_order([{"product_id": 1, "product_tax_percent": 27}])
        self.assert_held(order, "27 %")

    def test_a_rate_of_zero_is_left_to_a_person(self):
        # Exempt, not taxable, reverse charge, export: the percentage does not say which law.
        self.assertGreater(len(self.taxes(0)), 1)
        order = self.read_order([{"product_id": 1, "product_tax_percent": 0}])
        self.assert_held(order, "0 %")
        self.rate("0").tax_id = self.included(0, "0% NT (price included)")
        self.assert_imported(order)

    def test_goods_without_a_rate_are_not_sold_at_zero(self):
        order = self.read_order([{"product_id": 1, "product_tax_percent": None}, {"product_id": 2}])
        self.assert_held(order, "no VAT rate for Cană")
        self.assertNotIn("Carte", order.held_reason)
        self.rate("-").tax_id = self.taxes(21).filtered("price_include")[:1] or self.included(
            21, "21% for no rate"
        )
        self.assert_imported(order)

    def test_a_discount_that_falls_on_nothing_needs_a_rate(self):
        gift = {"product_id": 1, "unit_price_gross": 0}
        discount = {"item_type": "promo_cart", "amount": 5, "product_tax_percent": None}
        order = self.read_order([gift, {**discount, "name": "Reducere"}])
        self.assert_held(order, "no VAT rate for Reducere")

    def test_shipping_without_a_rate_takes_the_highest_of_the_goods(self):
        order = self.read_order([{"product_id": 2}], shipping_amount=10, shipping_tax_percent=None)
        sale = self.assert_imported(order)
        self.assertEqual(sale.order_line.tax_ids.mapped("amount"), [11])

    def test_the_rate_of_the_shipping_is_there_to_be_mapped(self):
        order = self.read_order([{"product_id": 1}], shipping_amount=10, shipping_tax_percent=18)
        self.assert_held(order, "18 %")
        self.rate("18").tax_id = self.included(18, "18% incl")
        self.assert_imported(order)
