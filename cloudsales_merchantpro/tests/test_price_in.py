"""The site decides: its prices become fixed prices of the chosen warehouses' pricelists."""

from odoo.exceptions import UserError, ValidationError

from .price_case import PriceCase


class TestPriceIn(PriceCase):
    def prepare(self):
        super().prepare()
        self.list = self.pricelist()
        self.warehouse.pricelist_id = self.list

    def take(self, **values):
        self.shop.write(
            {
                "price_direction": "pull",
                "price_target_warehouse_ids": self.warehouse.ids,
                **values,
            }
        )

    def site_asks(self, price):
        self.site.update("product", 1, price_gross=price)
        self.shop.fetch_catalog()

    def price(self, pricelist=None):
        return (pricelist or self.list)._get_product_price(self.mug, 1)

    def rules(self, pricelist=None):
        return self.env["product.pricelist.item"].search(
            [("pricelist_id", "=", (pricelist or self.list).id)]
        )

    def paid(self, quantity=1):
        """What a customer with this pricelist pays, VAT included."""
        order = self.env["sale.order"].create(
            {
                "partner_id": self.company.partner_id.id,
                "pricelist_id": self.list.id,
                "order_line": [
                    (0, 0, {"product_id": self.mug.id, "product_uom_qty": quantity}),
                ],
            }
        )
        return order.amount_total

    def test_the_price_of_the_site_becomes_the_price_here(self):
        self.take()
        self.site_asks(36.3)
        self.assertAlmostEqual(self.price(), 30)
        rule = self.rules()
        self.assertEqual((rule.product_id, rule.applied_on), (self.mug, "0_product_variant"))
        self.assertEqual(rule.merchantpro_variant_id, self.row(1))

    def test_the_customer_pays_what_the_site_asks(self):
        self.take()
        included = self.included_tax()
        for price in (10, 9.99, 36.3, 0.07):
            self.site_asks(price)
            for taxes in (self.vat, included, self.env["account.tax"]):
                self.mug.taxes_id = taxes
                self.shop.action_pull_prices()
                self.assertEqual(self.paid(), price, taxes.name)

    def test_mixed_taxes_give_the_price_too(self):
        deposit = self.tax("Deposit", amount=0.5, amount_type="fixed", sequence=99)
        self.mug.taxes_id = self.included_tax() | deposit
        self.take()
        self.site_asks(24.7)
        self.assertAlmostEqual(self.price(), 24.2)
        self.assertEqual(self.paid(), 24.7)

    def test_deciding_begins_with_what_was_read_already(self):
        self.take()
        self.assertAlmostEqual(self.price(), 20)

    def test_nothing_is_sent_to_a_site_that_decides(self):
        self.take()
        self.mug.lst_price = 50
        self.assertEqual(self.sent(), [])

    def test_the_price_of_the_product_itself_stays(self):
        self.take()
        self.site_asks(36.3)
        self.assertEqual(self.mug.lst_price, 20)

    def place_of_rule(self):
        """Where PostgreSQL has the row: it moves with every update."""
        self.env.flush_all()
        rule = self.rules().ids
        self.env.cr.execute("SELECT ctid FROM product_pricelist_item WHERE id = %s", rule)
        return self.env.cr.fetchall()

    def test_a_repeated_reading_writes_nothing(self):
        self.take()
        self.site_asks(36.3)
        self.env.flush_all()
        self.env.cr.execute("UPDATE product_pricelist_item SET write_date = '2020-01-01'")
        with self.assert_nothing_written(["merchantpro_variant", "merchantpro_change"]):
            place = self.place_of_rule()
            self.shop.fetch_catalog()
            self.shop.action_pull_prices()
        self.assertEqual(self.place_of_rule(), place)

    def test_what_a_person_did_to_our_rule_is_put_right(self):
        self.take()
        self.rules().write({"fixed_price": 1, "min_quantity": 5})
        self.shop.fetch_catalog()
        self.assertAlmostEqual(self.price(), 20)
        self.rules().unlink()
        self.shop.fetch_catalog()
        self.assertAlmostEqual(self.price(), 20)

    def test_several_warehouses_and_one_pricelist_that_two_share(self):
        far = self.another_warehouse(pricelist_id=self.list.id)
        self.take(price_target_warehouse_ids=(self.warehouse | far).ids)
        self.assertEqual(len(self.rules()), 1)
        other = far.pricelist_id = self.pricelist("Other")
        self.shop.fetch_catalog()
        self.assertEqual((len(self.rules()), len(self.rules(other))), (1, 1))
        self.site_asks(36.3)
        self.assertAlmostEqual(self.price(), 30)
        self.assertAlmostEqual(self.price(other), 30)

    def test_a_pricelist_in_another_currency(self):
        self.list.currency_id = self.foreign(rate=5)
        self.take()
        self.assertAlmostEqual(self.price(), 4)

    def test_a_site_in_another_currency(self):
        self.take(currency_id=self.foreign(rate=5).id)
        self.assertAlmostEqual(self.price(), 100)

    def test_a_price_of_zero_on_the_site_is_not_taken(self):
        self.take()
        self.site_asks(0)
        self.assertAlmostEqual(self.price(), 20)

    # Rows that come and go

    def test_a_row_that_is_linked_brings_its_price(self):
        self.take()
        spoon = self.erp_product("LINGURA", lst_price=5, taxes_id=False)
        self.site.add_product(id=2, sku="LINGURA", price_gross=4)
        self.shop.fetch_catalog()
        self.row(2).import_to_catalog()
        self.env.cr.flush()
        self.assertEqual(self.list._get_product_price(spoon, 1), 4)

    def test_a_row_that_is_unlinked_takes_its_price_away(self):
        self.take()
        self.site_asks(36.3)
        self.row(1).action_unlink_product()
        self.assertFalse(self.rules())
        self.assertEqual(self.price(), 20)

    def test_a_row_that_goes_to_another_product_takes_its_price_along(self):
        self.take()
        other = self.erp_product("OTHER", taxes_id=False)
        self.row(1).product_id = other
        self.env.cr.flush()
        self.assertEqual(self.rules().product_id, other)
        self.assertEqual(self.list._get_product_price(other, 1), 24.2)

    def test_prices_stay_when_the_site_stops_deciding_and_are_found_again(self):
        self.take()
        self.site_asks(36.3)
        self.shop.price_direction = "none"
        rule = self.rules()
        self.assertAlmostEqual(self.price(), 30)
        self.site_asks(48.4)
        self.assertAlmostEqual(self.price(), 30)
        self.take()
        self.assertEqual(self.rules(), rule)
        self.assertAlmostEqual(self.price(), 40)

    def test_prices_stay_when_the_shop_is_deleted(self):
        self.take()
        self.site_asks(36.3)
        self.shop.unlink()
        self.env.invalidate_all()
        self.assertFalse(self.rules().merchantpro_variant_id)
        self.assertAlmostEqual(self.price(), 30)

    # Rules that people make

    def test_rules_of_people_are_left_alone_and_the_later_one_is_told(self):
        theirs = self.env["product.pricelist.item"].create(
            {"pricelist_id": self.list.id, "product_id": self.mug.id, "fixed_price": 7}
        )
        self.take()
        self.assertAlmostEqual(self.price(), 20)
        self.assertFalse(self.row(1).pull_problem)
        later = theirs.copy({"fixed_price": 6})
        self.shop.fetch_catalog()
        self.assertEqual(self.price(), 6)
        self.assertIn(self.list.name, self.row(1).pull_problem)
        later.unlink()
        self.shop.fetch_catalog()
        self.assertFalse(self.row(1).pull_problem)
        self.assertEqual(theirs.fixed_price, 7)

    def test_a_wider_rule_and_one_for_larger_quantities_do_not_come_before(self):
        self.discount(self.list, 50)
        self.fixed(self.list, 5, min_quantity=10)
        self.take()
        self.assertFalse(self.row(1).pull_problem)
        self.assertAlmostEqual(self.price(), 20)

    def second_shop(self):
        """A shop of another site."""
        return self.env["merchantpro.shop"].create(
            {"name": "Second", "url": "https://second.example", "company_id": self.company.id}
        )

    # Settings that cannot work

    def test_a_warehouse_without_pricelist_is_refused(self):
        self.warehouse.pricelist_id = False
        with self.assertRaisesRegex(ValidationError, "Choose a pricelist"):
            self.take()

    def test_a_pricelist_is_not_taken_from_a_warehouse_that_needs_it(self):
        self.take()
        with self.assertRaisesRegex(ValidationError, "Choose a pricelist"):
            self.warehouse.pricelist_id = False

    def test_an_archived_pricelist_is_not_written(self):
        self.take()
        self.list.action_archive()
        self.site_asks(36.3)
        self.assertIn("archived", self.shop.price_setup_problem)
        self.assertAlmostEqual(self.rules().fixed_price, 20)

    def test_two_sites_cannot_decide_one_pricelist(self):
        self.take()
        other = self.second_shop()
        with self.assertRaisesRegex(ValidationError, "takes the prices of"):
            other.write(
                {
                    "price_direction": "pull",
                    "price_target_warehouse_ids": self.warehouse.ids,
                }
            )

    def test_a_site_cannot_be_told_its_own_prices(self):
        self.take()
        again = self.make_shop(name="Again")
        with self.assertRaisesRegex(ValidationError, "are the same site"):
            again.write({"price_direction": "push", "price_warehouse_id": self.warehouse.id})

    def test_the_prices_of_one_site_may_be_sent_on_to_another(self):
        self.take()
        second = self.second_shop()
        second.write(
            {
                "price_direction": "push",
                "price_warehouse_id": self.warehouse.id,
                "price_markup": 10,
            }
        )
        page = self.env["merchantpro.product"].create(
            {"shop_id": second.id, "external_id": "9", "name": "Mug"}
        )
        row = self.env["merchantpro.variant"].create(
            {
                "shop_id": second.id,
                "parent_id": page.id,
                "external_id": "9",
                "name": "Mug",
                "product_id": self.mug.id,
                "match_state": "linked",
            }
        )
        self.site_asks(36.3)
        self.assertEqual(self.noted(), row)
        prices, _problems = second._published_prices(row)
        self.assertEqual(prices[row]["price_gross"], 39.93)

    def test_a_warehouse_or_pricelist_of_another_company_is_refused_and_not_written(self):
        other = self.env["res.company"].create({"name": "Other"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", other.id)], limit=1)
        for name in ("price_warehouse_id", "price_target_warehouse_ids"):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self.shop[name] = warehouse
        theirs = self.pricelist("Theirs", company_id=other.id)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.warehouse.pricelist_id = theirs
        # Nor is one written that goes there.
        self.take()
        self.rules().unlink()
        self.list.company_id = other
        self.shop.invalidate_recordset()
        self.site_asks(36.3)
        self.assertIn("another company", self.shop.price_setup_problem)
        self.assertFalse(self.rules())
