"""What the site is told when Odoo decides the prices."""

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger

from .price_case import PriceCase


class TestPriceOut(PriceCase):
    def test_equal_prices_are_not_sent(self):
        self.send()
        self.assertEqual(self.sent(), [])

    def test_the_price_before_vat_is_sent_with_it(self):
        self.send()
        self.mug.lst_price = 30
        self.assertEqual(self.sent(), [{"price_gross": 36.3, "old_price_gross": None}])
        self.assertEqual(self.site.unit(1)["price_gross"], 36.3)
        self.assertEqual(self.row(1).price_gross, 36.3)
        self.assertEqual(self.sent(), [])

    def test_a_list_price_with_vat_is_sent_as_it_is(self):
        self.mug.write({"lst_price": 30, "taxes_id": self.included_tax().ids})
        self.send()
        self.assertEqual(self.sent_prices(), [30])

    def test_nothing_is_sent_while_nobody_decides(self):
        self.mug.lst_price = 30
        self.assertEqual(self.sent(), [])
        self.assertFalse(self.noted())

    def test_the_markup_is_added(self):
        self.shop.price_markup = 10
        self.send()
        self.assertEqual(self.published()["price_gross"], 26.62)

    def test_the_price_is_rounded_by_the_shops_rule(self):
        self.mug.lst_price = 20.123
        self.shop.price_direction = "push"
        expected = {"cent": 24.35, "half": 24.5, "one": 24.0, "99": 23.99}
        for rounding, price in expected.items():
            self.shop.price_rounding = rounding
            self.assertEqual(self.published()["price_gross"], price, rounding)

    def test_a_shop_of_net_prices_is_told_net_prices(self):
        self.shop.price_tax = "net"
        self.send()
        self.assertEqual(self.sent(), [])
        self.mug.lst_price = 30
        self.assertEqual(self.sent(), [{"price_net": 30, "old_price_net": None}])
        self.assertEqual(self.site.unit(1)["price_gross"], 36.3)

    def test_a_net_price_makes_the_price_with_vat_of_odoo(self):
        self.shop.price_tax = "net"
        self.mug.write({"lst_price": 10, "taxes_id": self.included_tax().ids})
        self.send()
        self.assertEqual(self.row(1).price_net, 8.2645)
        self.assertEqual(self.site.unit(1)["price_gross"], 10)

    def test_several_taxes_are_all_in_the_price(self):
        deposit = self.tax("Deposit", amount=0.5, amount_type="fixed", sequence=99)
        self.mug.taxes_id = self.vat | deposit
        self.send()
        self.assertEqual(self.site.unit(1)["price_gross"], 24.7)

    def test_a_group_of_taxes_and_one_of_division(self):
        parts = self.tax("Five", amount=5) | self.tax("Two", amount=2)
        self.mug.taxes_id = self.tax(
            "Group", amount_type="group", children_tax_ids=[(6, 0, parts.ids)]
        )
        self.shop.price_direction = "push"
        self.assertEqual(self.published()["price_gross"], 21.4)
        self.mug.taxes_id = self.tax("Division", amount=20, amount_type="division")
        self.assertEqual(self.published()["price_gross"], 25)

    def test_taxes_of_another_company_are_not_counted(self):
        other = self.env["res.company"].create(
            {"name": "Other", "country_id": self.company.country_id.id}
        )
        group = self.env["account.tax.group"].create(
            {"name": "VAT", "company_id": other.id, "country_id": other.country_id.id}
        )
        self.mug.taxes_id |= self.tax("Five", amount=5, company_id=other.id, tax_group_id=group.id)
        self.shop.price_direction = "push"
        self.assertEqual(self.published()["price_gross"], 24.2)

    def test_a_product_without_taxes_costs_its_price(self):
        self.mug.taxes_id = False
        self.shop.price_direction = "push"
        self.assertEqual(self.published()["price_gross"], 20)

    def test_each_variant_has_its_price(self):
        attribute = self.env["product.attribute"].create(
            {"name": "Size", "value_ids": [(0, 0, {"name": each}) for each in ("M", "L")]}
        )
        shirt = self.env["product.template"].create(
            {
                "name": "Shirt",
                "list_price": 10,
                "taxes_id": False,
                "attribute_line_ids": [
                    (0, 0, {"attribute_id": attribute.id, "value_ids": attribute.value_ids.ids})
                ],
            }
        )
        medium, large = shirt.product_variant_ids
        medium.default_code, large.default_code = "M", "L"
        self.site.add_product(id=2, sku="M", price_gross=1)
        self.site.add_product(id=3, sku="L", price_gross=1)
        self.import_catalog()
        large.product_template_attribute_value_ids.price_extra = 2.5
        self.send()
        self.assertEqual(self.site.unit(2)["price_gross"], 10)
        self.assertEqual(self.site.unit(3)["price_gross"], 12.5)
        self.sent()
        large.product_template_attribute_value_ids.price_extra = 3
        self.assertEqual(self.sent_prices(), [13])

    def test_the_settings_are_on_the_form_of_the_shop(self):
        with Form(self.shop) as form:
            form.price_direction = "push"
            form.price_markup = 10
            form.price_warehouse_id = self.warehouse
            form.price_rounding = "99"
        self.assertEqual(self.sent_prices(), [26.99])

    def test_a_copied_shop_decides_nothing_yet(self):
        self.send()
        self.assertEqual(self.shop.copy().price_direction, "none")

    # The pricelist of the warehouse

    def test_the_pricelist_of_the_warehouse_decides(self):
        pricelist = self.pricelist()
        self.fixed(pricelist, 15)
        self.use(pricelist)
        self.send()
        self.assertEqual(self.site.unit(1)["price_gross"], 18.15)

    def test_a_pricelist_is_chosen_on_the_warehouse(self):
        pricelist = self.pricelist()
        with Form(self.warehouse) as form:
            form.pricelist_id = pricelist
        self.assertEqual(self.warehouse.pricelist_id, pricelist)

    def test_the_most_particular_rule_decides_as_everywhere_in_odoo(self):
        pricelist = self.pricelist()
        self.discount(pricelist, 50)
        self.rule(
            pricelist, display_applied_on="2_product_category", categ_id=self.mug.categ_id,
            compute_price="percentage", percent_price=40,
        )  # fmt: skip
        self.use(pricelist)
        self.shop.price_direction = "push"
        self.assertEqual(self.published()["price_gross"], 14.52)
        self.fixed(pricelist, 15)
        self.assertEqual(self.published()["price_gross"], 18.15)
        self.env["product.pricelist.item"].create(
            {"pricelist_id": pricelist.id, "product_id": self.mug.id, "fixed_price": 14}
        )
        self.fixed(pricelist, 1, min_quantity=10)
        self.assertEqual(self.published()["price_gross"], 16.94)

    def test_a_rule_may_be_based_on_another_pricelist_or_the_cost(self):
        base, pricelist = self.pricelist("Base"), self.pricelist()
        self.fixed(base, 16)
        rule = self.rule(
            pricelist, compute_price="formula", base="pricelist", base_pricelist_id=base,
            price_discount=25,
        )  # fmt: skip
        self.use(pricelist)
        self.shop.price_direction = "push"
        self.assertEqual(self.published()["price_gross"], 14.52)
        self.mug.standard_price = 10
        rule.write({"base": "standard_price", "base_pricelist_id": False, "price_markup": 50})
        self.assertEqual(self.published()["price_gross"], 18.15)

    def test_a_pricelist_in_use_is_not_deleted(self):
        pricelist = self.pricelist()
        self.use(pricelist)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            pricelist.unlink()

    # The price before the reduction

    def test_a_reduction_shows_the_sales_price_too(self):
        pricelist = self.pricelist()
        rule = self.discount(pricelist, 25)
        self.use(pricelist)
        self.send()
        self.assertEqual(self.site.unit(1)["price_gross"], 18.15)
        self.assertEqual(self.site.unit(1)["old_price_gross"], 24.2)
        rule.percent_price = 0
        self.push()
        self.assertEqual(self.site.unit(1)["price_gross"], 24.2)
        self.assertIsNone(self.site.unit(1)["old_price_gross"])

    def test_the_markup_is_on_both_prices_so_that_the_reduction_stays(self):
        pricelist = self.pricelist()
        self.discount(pricelist, 25)
        self.use(pricelist)
        self.shop.write({"price_direction": "push", "price_markup": 100})
        self.assertEqual(self.published(), {"price_gross": 36.3, "old_price_gross": 48.4})

    def test_a_dearer_pricelist_is_no_reduction(self):
        pricelist = self.pricelist()
        self.discount(pricelist, -25)
        self.use(pricelist)
        self.shop.price_direction = "push"
        self.assertEqual(self.published(), {"price_gross": 30.25, "old_price_gross": 0})

    def test_reductions_of_the_site_are_left_alone_when_not_shown(self):
        self.shop.write({"price_direction": "push", "price_show_reduction": False})
        self.row(1).old_price_gross = 40
        self.assertEqual(self.published(), {"price_gross": 24.2})
        # A price before the reduction that is not above the price is none.
        self.row(1).old_price_gross = 24
        self.assertEqual(self.published(), {"price_gross": 24.2, "old_price_gross": 0})

    # Currencies

    def test_a_foreign_pricelist_is_converted_by_odoos_rates(self):
        euro = self.foreign(rate=5)
        pricelist = self.pricelist(currency_id=euro.id)
        self.fixed(pricelist, 3)
        self.use(pricelist)
        self.shop.price_direction = "push"
        self.assertEqual(self.published()["price_gross"], 18.15)

    def test_a_site_of_another_currency_is_told_that_currency(self):
        self.shop.currency_id = self.foreign(rate=5)
        self.shop.price_direction = "push"
        self.assertEqual(self.published()["price_gross"], 4.84)

    def test_a_currency_without_a_rate_is_not_taken_one_to_one(self):
        dollar = self.foreign("USD", rate=None)
        pricelist = self.pricelist(currency_id=dollar.id)
        self.fixed(pricelist, 3)
        self.use(pricelist)
        with self.assertRaisesRegex(ValidationError, "exchange rate of USD"):
            self.shop.price_direction = "push"

    def test_a_rate_that_is_deleted_later_stops_the_prices(self):
        euro = self.foreign(rate=5)
        self.shop.currency_id = euro
        self.shop.price_direction = "push"
        self.assertTrue(self.published())
        self.env["res.currency.rate"].search([("currency_id", "=", euro.id)]).unlink()
        self.shop.invalidate_recordset()
        self.assertFalse(self.published())
        self.assertIn("EUR", self.problem())

    def test_a_markup_that_leaves_nothing_is_refused(self):
        with self.assertRaises(UserError):
            self.shop.price_markup = -100
