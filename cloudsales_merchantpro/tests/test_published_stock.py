"""How many units are published: which quantity, less which buffer, at most how many."""

from odoo.exceptions import ValidationError
from odoo.tests import Form, new_test_user

from .stock_case import StockCase


class TestPublishedStock(StockCase):
    def prepare(self):
        super().prepare()
        self.drinkware = self.env["product.category"].create({"name": "Drinkware"})
        self.mugs = self.env["product.category"].create(
            {"name": "Mugs", "parent_id": self.drinkware.id}
        )

    # Which quantity

    def test_free_is_what_nobody_reserved(self):
        self.sell(3)
        self.purchase(50)
        self.assertEqual(self.sent(), [7])
        # Choosing another quantity sends it.
        self.shop.stock_quantity = "on_hand"
        self.assertEqual(self.sent(), [10])

    def test_on_hand_is_all_that_is_there_also_what_an_order_in_the_inbox_wants(self):
        self.shop.stock_quantity = "on_hand"
        self.sell(3)
        self.assertEqual(self.sent(), [])
        self.order_in_the_inbox(3)
        self.set_stock(self.mug, 11)
        self.assertEqual(self.sent(), [11])

    def test_forecast_counts_what_is_planned_and_what_an_order_in_the_inbox_wants(self):
        self.shop.stock_quantity = "forecast"
        self.purchase(5)
        self.sell(12)
        self.assertEqual(self.sent(), [3])
        # As Odoo itself forecasts it.
        self.assertEqual(self.mug.virtual_available, 3)
        self.order_in_the_inbox(2)
        self.assertEqual(self.sent(), [1])

    def order_in_the_inbox(self, quantity):
        """It waits for its payment."""
        card = {"payment_method_code": "euplatesc"}
        order = self.read_order([{"product_id": 1, "quantity": quantity}], **card)
        self.assertEqual(order.state, "new")

    def test_a_salesperson_sees_each_of_them(self):
        user = new_test_user(self.env, "ana", groups="cloudsales_merchantpro.group_user")
        self.purchase(5)
        for kind, quantity in (("free", 10), ("on_hand", 10), ("forecast", 15)):
            self.shop.stock_quantity = kind
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(self.row(1).with_user(user).erp_stock, quantity)

    def test_whole_units_are_sent_of_what_is_weighed(self):
        rice = self.erp_product("OREZ", uom_id=self.env.ref("uom.product_uom_kgm").id)
        self.site.add_product(id=2, sku="OREZ", stock=99)
        self.set_stock(rice, 7.99)
        self.import_catalog()
        self.assertEqual(self.sent(), [7])
        self.set_stock(rice, 0.99)
        self.assertEqual(self.sent(), [0])

    def test_three_thirds_are_one(self):
        self.set_stock(self.mug, 0)
        for _third in range(10):
            self.env["stock.quant"]._update_available_quantity(
                self.mug, self.warehouse.lot_stock_id, 0.1
            )
        self.assertEqual(self.sent(), [1])

    # What is left alone

    def test_services_and_untracked_products_are_not_sent(self):
        for number, values in enumerate(({"type": "service"}, {"is_storable": False}), 2):
            self.erp_product(f"P{number}", **{"is_storable": False, **values})
            self.site.add_product(id=number, sku=f"P{number}", stock=5)
        self.import_catalog()
        self.assertEqual(self.row(3).match_state, "linked")
        self.assertEqual(self.sent(), [])

    def test_what_the_site_does_not_count_is_not_sent(self):
        self.erp_product("P2", stock=3)
        self.site.add_product(id=2, sku="P2", inventory_enabled="off")
        self.import_catalog()
        self.assertEqual(self.row(2).match_state, "linked")
        self.assertEqual(self.sent(), [])

    def test_nothing_is_published_of_a_shop_whose_locations_are_gone(self):
        corner = self.env["stock.location"].create(
            {"name": "Corner", "location_id": self.warehouse.lot_stock_id.id}
        )
        self.shop.stock_location_ids = corner
        corner.active = False
        self.assertEqual(self.shop._published_stock(self.row(1)), {})

    def test_what_lies_in_scrap_below_the_location_is_not_sold(self):
        scrap = self.env["stock.location"].create(
            {
                "name": "Broken",
                "usage": "inventory",
                "location_id": self.warehouse.lot_stock_id.id,
            }
        )
        self.env["stock.quant"]._update_available_quantity(self.mug, scrap, 5)
        self.assertEqual(self.shop._published_stock(self.row(1)), {self.row(1): 10})

    # What is kept back

    def own_buffer(self, holder, quantity):
        holder.write({"merchantpro_own_buffer": True, "merchantpro_buffer": quantity})

    def test_the_nearest_buffer_that_is_set_wins(self):
        self.shop.stock_buffer = 1
        self.assertEqual(self.sent(), [9])
        self.mug.categ_id = self.mugs
        self.assertEqual(self.sent(), [])
        self.own_buffer(self.drinkware, 2)
        self.assertEqual(self.sent(), [8])
        self.own_buffer(self.mugs, 3)
        self.assertEqual(self.sent(), [7])
        self.own_buffer(self.mug.product_tmpl_id, 4)
        self.assertEqual(self.sent(), [6])

    def test_a_buffer_of_zero_is_not_the_same_as_none(self):
        self.shop.stock_buffer = 4
        self.assertEqual(self.sent(), [6])
        self.own_buffer(self.mug, 0)
        self.assertEqual(self.sent(), [10])
        self.mug.merchantpro_own_buffer = False
        self.assertEqual(self.sent(), [6])

    def test_another_category_brings_its_buffer(self):
        self.own_buffer(self.mugs, 3)
        self.mug.categ_id = self.mugs
        self.assertEqual(self.sent(), [7])

    def test_a_category_that_moves_below_another_takes_its_buffer(self):
        other = self.env["product.category"].create({"name": "Breakable"})
        self.own_buffer(other, 5)
        self.mug.categ_id = self.mugs
        self.assertEqual(self.sent(), [])
        self.drinkware.parent_id = other
        self.assertEqual(self.sent(), [5])

    def test_no_more_than_the_ceiling_is_told(self):
        self.shop.stock_ceiling = 5
        self.assertEqual(self.sent(), [5])
        self.shop.stock_ceiling = 0
        self.assertEqual(self.sent(), [10])

    def test_the_buffer_comes_off_before_the_ceiling(self):
        self.shop.write({"stock_ceiling": 5, "stock_buffer": 3})
        self.assertEqual(self.sent(), [5])
        self.set_stock(self.mug, 7)
        self.assertEqual(self.sent(), [4])

    def test_nothing_negative_can_be_kept_back(self):
        for record, values in (
            (self.shop, {"stock_buffer": -1}),
            (self.shop, {"stock_ceiling": -1}),
            (self.mugs, {"merchantpro_buffer": -1}),
            (self.mug.product_tmpl_id, {"merchantpro_buffer": -1}),
        ):
            with self.assertRaises(ValidationError):
                record.write(values)

    def test_the_buffer_is_entered_on_the_forms_of_product_and_category(self):
        self.env.user.group_ids += self.env.ref("cloudsales_merchantpro.group_user")
        for record, view in (
            (self.mug.product_tmpl_id, "product.product_template_only_form_view"),
            (self.mug, "product.product_normal_form_view"),
            (self.mugs, "product.product_category_form_view"),
        ):
            with Form(record, view) as form:
                form.merchantpro_own_buffer = True
                form.merchantpro_buffer = 2
            self.assertEqual(record.merchantpro_buffer, 2)

    def test_many_buffers_cost_no_more_queries_than_one(self):
        products = self.mug
        for number in range(10):
            category = self.env["product.category"].create(
                {"name": f"Kind {number}", "parent_id": self.mugs.id}
            )
            products |= self.erp_product(f"P{number}", categ_id=category.id)
        self.shop._buffers(self.mug)  # what Odoo keeps from then on is read
        self.env.flush_all()
        self.env.invalidate_all()
        # A few for each level of categories, none for each product.
        with self.assertQueryCount(11):
            self.shop._buffers(products)


class TestOtherCompany(StockCase):
    def prepare(self):
        super().prepare()
        self.other = self.env["res.company"].create({"name": "Other"})

    def test_goods_of_another_company_are_not_sold(self):
        everywhere = self.env["stock.location"].create(
            {"name": "Everywhere", "usage": "view", "company_id": False}
        )
        shelves = self.env["stock.location"].create(
            [
                {"name": "Ours", "location_id": everywhere.id, "company_id": self.company.id},
                {"name": "Theirs", "location_id": everywhere.id, "company_id": self.other.id},
            ]
        )
        self.shop.stock_location_ids = everywhere
        for shelf, quantity in zip(shelves, (2, 30), strict=True):
            self.env["stock.quant"]._update_available_quantity(self.mug, shelf, quantity)
        self.assertEqual(self.sent(), [2])

    def test_a_shop_of_another_company_sells_the_shared_product_from_its_own_shelf(self):
        other = self.other
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", other.id)], limit=1)
        theirs = self.make_shop(
            name="Theirs", company_id=other.id, order_warehouse_id=warehouse.id, push_stock=True
        )
        theirs.fetch_catalog()
        theirs.variant_ids.import_to_catalog()
        self.assertEqual(theirs.variant_ids.product_id, self.mug)
        self.env["stock.quant"]._update_available_quantity(self.mug, warehouse.lot_stock_id, 3)
        self.assertEqual(theirs._published_stock(theirs.variant_ids), {theirs.variant_ids: 3})
        self.assertEqual(self.shop._published_stock(self.row(1)), {self.row(1): 10})

    def test_each_company_keeps_its_own_buffer(self):
        mug = self.mug.with_company(self.other)
        mug.write({"merchantpro_own_buffer": True, "merchantpro_buffer": 4})
        self.assertEqual(self.sent(), [])
