"""Prices cost the same few queries for any number of rows."""

from odoo.addons.cloudsales_merchantpro.models import merchantpro_shop_price_in as chunks

from .price_case import PriceCase


class TestPriceSize(PriceCase):
    def rows(self, count):
        products = self.env["product.product"].create(
            [
                {
                    "name": f"Product {number}",
                    "list_price": 10 + number,
                    "standard_price": 1,
                    "taxes_id": self.vat.ids,
                }
                for number in range(count)
            ]
        )
        page = self.env["merchantpro.product"].create(
            {"shop_id": self.shop.id, "external_id": f"page {count}", "name": "Page"}
        )
        return self.env["merchantpro.variant"].create(
            [
                {
                    "shop_id": self.shop.id,
                    "parent_id": page.id,
                    "external_id": f"{count}-{number}",
                    "name": product.name,
                    "product_id": product.id,
                    "match_state": "linked",
                    "price_gross": 5 + number,
                }
                for number, product in enumerate(products)
            ]
        )

    def queries(self, work):
        self.env.cr.flush()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        work()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_publishing_many_costs_the_queries_of_few(self):
        euro, base, pricelist = self.foreign(rate=5), self.pricelist("Base"), self.pricelist()
        pricelist.currency_id = euro
        self.rule(
            pricelist, compute_price="formula", base="pricelist", base_pricelist_id=base,
            price_discount=10,
        )  # fmt: skip
        self.use(pricelist)
        self.shop.price_direction = "push"
        few, many = self.rows(3), self.rows(30)
        self.env["product.pricelist.item"].create(
            [
                {"pricelist_id": base.id, "product_id": product.id, "fixed_price": 7}
                for product in (few | many).product_id
            ]
        )
        self.shop._published_prices(few)
        costs = [
            self.queries(lambda rows=rows: self.shop._published_prices(rows))
            for rows in (few, many)
        ]
        self.assertLessEqual(costs[1], costs[0])

    def test_odoo_itself_comes_to_the_same_prices(self):
        base, pricelist = self.pricelist("Base"), self.pricelist()
        rows = self.rows(9)
        self.rule(pricelist, compute_price="percentage", percent_price=3)
        self.rule(
            pricelist, display_applied_on="2_product_category", categ_id=self.mug.categ_id,
            compute_price="formula", base="pricelist", base_pricelist_id=base, price_discount=5,
        )  # fmt: skip
        rows[0].product_id.categ_id = self.env["product.category"].create({"name": "Other"})
        for number, row in enumerate(rows[:6]):
            self.fixed(base if number % 2 else pricelist, 30 + number, row.product_id)
        self.env["product.pricelist.item"].create(
            {"pricelist_id": base.id, "product_id": rows[7].product_id.id, "fixed_price": 2}
        )
        now = self.env.cr.now()
        found = pricelist._prices_and_rules(rows.product_id, now)
        for product in rows.product_id:
            odoos = pricelist._get_product_price_rule(product, 1, date=now)
            self.assertEqual(found[product], odoos)

    def test_taking_over_many_costs_the_queries_of_few(self):
        self.warehouse.pricelist_id = self.pricelist()
        few, many = self.rows(3), self.rows(30)
        self.shop.write(
            {"price_direction": "pull", "price_target_warehouse_ids": self.warehouse.ids}
        )
        self.env.cr.flush()
        for change in ("nothing", "every price"):
            costs = []
            for rows in (few, many):
                if change == "every price":
                    for row in rows:
                        row.price_gross += 1
                costs.append(self.queries(rows._job_pull_prices))
            self.assertLessEqual(costs[1], costs[0], change)

    def test_whole_shops_are_taken_over_in_parts(self):
        self.warehouse.pricelist_id = self.pricelist()
        self.rows(5)
        self.patch(chunks, "CHUNK", 2)
        self.shop.write(
            {"price_direction": "pull", "price_target_warehouse_ids": self.warehouse.ids}
        )
        self.env.cr.flush()
        self.assertEqual(len(self.warehouse.pricelist_id.item_ids), 6)
