"""Whatever changes a published price reaches the site; whatever does not, costs nothing."""

from .price_case import PriceCase


class TestPriceSources(PriceCase):
    def prepare(self):
        super().prepare()
        self.base, self.list = self.pricelist("Base"), self.pricelist()
        self.use(self.list)
        self.send()
        self.sent()

    def test_a_price_on_the_product(self):
        self.mug.product_tmpl_id.list_price = 21
        self.assertEqual(self.sent_prices(), [25.41])
        self.mug.lst_price = 22
        self.assertEqual(self.sent_prices(), [26.62])

    def test_a_rule_that_is_made_changed_and_deleted(self):
        rule = self.fixed(self.list, 15)
        self.assertEqual(self.sent_prices(), [18.15])
        rule.fixed_price = 16
        self.assertEqual(self.sent_prices(), [19.36])
        rule.unlink()
        self.assertEqual(self.sent_prices(), [24.2])

    def test_a_rule_that_moves_to_another_product(self):
        other = self.erp_product("OTHER")
        rule = self.fixed(self.list, 15)
        self.sent()
        rule.product_tmpl_id = other.product_tmpl_id
        self.assertEqual(self.sent_prices(), [24.2])

    def test_a_rule_for_all_products_and_for_a_category(self):
        self.discount(self.list, 50)
        self.assertEqual(self.sent_prices(), [12.1])
        self.rule(
            self.list, display_applied_on="2_product_category", categ_id=self.mug.categ_id,
            compute_price="percentage", percent_price=25,
        )  # fmt: skip
        self.assertEqual(self.sent_prices(), [18.15])

    def test_a_pricelist_that_another_one_is_based_on(self):
        self.rule(
            self.list, compute_price="formula", base="pricelist", base_pricelist_id=self.base,
            price_discount=0,
        )  # fmt: skip
        self.sent()
        rule = self.fixed(self.base, 15)
        self.assertEqual(self.sent_prices(), [18.15])
        deepest = self.pricelist("Deepest")
        rule.write(
            {"compute_price": "formula", "base": "pricelist", "base_pricelist_id": deepest.id}
        )
        self.sent()
        self.fixed(deepest, 14)
        self.assertEqual(self.sent_prices(), [16.94])

    def test_another_pricelist_of_the_warehouse(self):
        self.fixed(self.base, 15)
        self.assertFalse(self.noted())
        self.warehouse.pricelist_id = self.base
        self.assertEqual(self.sent_prices(), [18.15])
        self.warehouse.pricelist_id = False
        self.assertEqual(self.sent_prices(), [24.2])

    def test_another_warehouse(self):
        far = self.another_warehouse(pricelist_id=self.base.id)
        self.fixed(self.base, 15)
        self.shop.price_warehouse_id = far
        self.assertEqual(self.sent_prices(), [18.15])

    def test_the_cost(self):
        self.rule(
            self.list, compute_price="formula", base="standard_price", price_markup=100,
        )  # fmt: skip
        self.assertEqual(self.sent_prices(), [])
        self.mug.standard_price = 12
        self.assertEqual(self.sent_prices(), [29.04])

    def test_the_taxes_of_the_product_and_the_rate_of_a_tax(self):
        self.mug.taxes_id = self.tax("Eleven", amount=11)
        self.assertEqual(self.sent_prices(), [22.2])
        self.mug.taxes_id.amount = 9
        self.assertEqual(self.sent_prices(), [21.8])

    def test_whether_the_companys_prices_have_vat_in_them(self):
        self.vat.price_include_override = False
        self.sent()
        self.company.account_price_include = "tax_included"
        self.assertEqual(self.sent_prices(), [20])

    def test_the_category_of_a_rule(self):
        parent = self.env["product.category"].create({"name": "Kitchen"})
        self.mug.categ_id = self.env["product.category"].create({"name": "Mugs"})
        self.rule(
            self.list, display_applied_on="2_product_category", categ_id=parent,
            compute_price="percentage", percent_price=50,
        )  # fmt: skip
        self.assertEqual(self.sent_prices(), [])
        self.mug.categ_id.parent_id = parent
        self.assertEqual(self.sent_prices(), [12.1])
        self.mug.categ_id = self.env["product.category"].create({"name": "Loose"})
        self.assertEqual(self.sent_prices(), [24.2])

    def test_an_exchange_rate(self):
        euro = self.foreign(rate=5)
        self.list.currency_id = euro
        self.fixed(self.list, 3)
        self.assertEqual(self.sent_prices(), [18.15])
        self.rate(euro, 4, "2021-01-01")
        self.assertEqual(self.sent_prices(), [14.52])

    def test_each_setting_of_the_shop(self):
        for name, value, price in (
            ("price_markup", 10, 26.62),
            ("price_rounding", "99", 26.99),
            ("price_markup", 0, 23.99),
        ):
            self.shop[name] = value
            self.assertEqual(self.sent_prices(), [price], name)

    def test_a_product_that_is_linked(self):
        self.erp_product("LINGURA", lst_price=5, taxes_id=False)
        self.site.add_product(id=2, sku="LINGURA", price_gross=4, inventory_enabled="off")
        self.import_catalog()
        self.assertEqual(self.sent_prices(), [5])

    def test_a_price_that_somebody_changed_on_the_site(self):
        self.site.update("product", 1, price_gross=9)
        self.shop.fetch_catalog()
        self.assertEqual(self.sent_prices(), [24.2])

    def test_a_price_that_was_set_back_on_the_site_to_what_was_read(self):
        self.site.update("product", 1, price_gross=9)
        page = self.site.product(1)
        self.shop.fetch_catalog()
        self.sent()
        self.site.store.put("product", page)
        self.shop.fetch_catalog()
        self.assertEqual(self.row(1).price_gross, 9)
        self.assertEqual(self.sent_prices(), [24.2])

    # What costs nothing

    def test_a_pricelist_that_no_shop_uses_is_not_noted(self):
        self.fixed(self.base, 15)
        self.assertFalse(self.noted())

    def test_rules_are_noted_for_their_products_only(self):
        self.erp_product("LINGURA", lst_price=5, taxes_id=False)
        self.site.add_product(id=2, sku="LINGURA", price_gross=5)
        self.import_catalog()
        self.sent()
        self.fixed(self.list, 15)
        self.assertEqual(self.noted(), self.row(1))

    def test_other_fields_of_products_are_not_noted(self):
        self.mug.write({"weight": 3, "description_sale": "Big"})
        self.assertFalse(self.noted())

    def test_without_a_shop_that_publishes_prices_a_rule_costs_no_query(self):
        rule = self.fixed(self.list, 15)
        self.shop.price_direction = "none"
        self.sent()
        self.env["merchantpro.shop"]._watched_pricelists()
        self.env.flush_all()
        with self.assertQueryCount(0):
            rule._note_for_shops()
            self.env["merchantpro.shop"]._note_priced(self.mug)
            self.env["merchantpro.shop"]._note_price_shops()

    def test_the_same_price_set_again_sends_nothing(self):
        self.mug.lst_price = 20
        self.fixed(self.list, 20)
        self.assertEqual(self.sent_prices(), [])
