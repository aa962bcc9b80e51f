"""How many kits there are, and which kits a move of a component concerns."""

from odoo.tests import new_test_user

from .kit_case import KitCase


class TestKits(KitCase):
    def test_the_scarcest_component_decides(self):
        self.assertEqual(self.site.unit(10)["stock"], 5)
        self.set_stock(self.cup, 7)
        self.assertEqual(self.sent_by_unit(), {10: 1, 11: 7})
        # As Odoo itself counts kits.
        self.assertEqual(self.tea_set.free_qty, 1)

    def test_a_component_that_the_shop_does_not_sell_publishes_the_kit(self):
        self.set_stock(self.pot, 3)
        self.assertEqual(self.sent_by_unit(), {10: 3})

    def test_a_sold_kit_takes_its_components(self):
        order = self.sell(2, product=self.tea_set)
        self.assertEqual(self.sent_by_unit(), {10: 3, 11: 13})
        self.validate(order.picking_ids)
        self.assertEqual(self.sent_by_unit(), {})

    def test_a_component_sold_alone_lowers_the_kit(self):
        self.sell(10, product=self.cup)
        self.assertEqual(self.sent_by_unit(), {10: 2, 11: 11})

    def test_kits_within_kits(self):
        self.erp_product("TRAY", stock=2)
        tray = self.env["product.product"].search([("default_code", "=", "TRAY")])
        gift = self.erp_product("GIFT", is_storable=False)
        self.make_kit(gift, {self.tea_set: 2, tray: 1})
        self.site.add_product(id=12, sku="GIFT")
        self.import_catalog()
        self.assertEqual(self.sent_by_unit(), {12: 2})
        self.set_stock(self.cup, 9)
        self.assertEqual(self.sent_by_unit(), {10: 2, 11: 9, 12: 1})
        self.assertEqual(gift.free_qty, 1)

    def test_a_bill_for_several_kits(self):
        self.bom.product_qty = 2
        self.assertEqual(self.sent_by_unit(), {10: 10})
        self.assertEqual(self.tea_set.free_qty, 10)

    def test_units_of_the_bill_are_not_those_of_the_products(self):
        self.bom.bom_line_ids[1].write(
            {"product_uom_id": self.env.ref("uom.product_uom_dozen").id, "product_qty": 0.5}
        )
        self.assertEqual(self.sent_by_unit(), {10: 3})
        self.bom.product_uom_id = self.env.ref("uom.product_uom_dozen")
        self.assertEqual(self.sent_by_unit(), {10: 42})

    def test_an_order_in_the_inbox_takes_the_components(self):
        self.read_order([{"product_id": 10, "quantity": 2}], payment_method_code="euplatesc")
        self.assertEqual(self.sent_by_unit(), {10: 3, 11: 13})
        self.read_order([{"product_id": 11, "quantity": 8}], payment_method_code="euplatesc")
        self.assertEqual(self.sent_by_unit(), {10: 1, 11: 5})

    def test_a_salesperson_sees_how_many_there_are(self):
        user = new_test_user(self.env, "ana", groups="cloudsales_merchantpro.group_user")
        self.env.invalidate_all()
        self.assertEqual(self.row(10).with_user(user).erp_stock, 5)

    def test_the_forecast_of_components(self):
        self.shop.stock_quantity = "forecast"
        self.assertEqual(self.sent_by_unit(), {})
        self.purchase(3, product=self.pot)
        self.assertEqual(self.sent_by_unit(), {})
        self.purchase(19, product=self.cup)
        self.assertEqual(self.sent_by_unit(), {10: 8, 11: 40})

    def test_components_on_hand(self):
        self.shop.stock_quantity = "on_hand"
        self.sell(5, product=self.tea_set)
        self.assertEqual(self.sent_by_unit(), {})

    def test_the_buffer_of_a_kit_is_counted_in_kits(self):
        self.tea_set.write({"merchantpro_own_buffer": True, "merchantpro_buffer": 2})
        self.assertEqual(self.sent_by_unit(), {10: 3})

    def test_components_that_are_not_tracked_do_not_limit_it(self):
        wrapping = self.erp_product("PAPER", is_storable=False)
        self.bom.bom_line_ids = [(0, 0, {"product_id": wrapping.id, "product_qty": 1})]
        self.assertEqual(self.sent_by_unit(), {})
        self.assertEqual(self.published(self.tea_set), 5)

    def test_a_kit_of_untracked_components_is_left_alone(self):
        self.pot.is_storable = self.cup.is_storable = False
        self.assertEqual(self.sent_by_unit(), {})
        self.assertIsNone(self.published(self.tea_set))

    def test_a_kit_of_another_company_is_none_here(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.bom.company_id = other
        self.assertIsNone(self.published(self.tea_set))

    def test_an_archived_kit_is_sold_out(self):
        self.tea_set.product_tmpl_id.action_archive()
        self.assertEqual(self.sent_by_unit(), {10: 0})
        self.tea_set.product_tmpl_id.action_unarchive()
        self.assertEqual(self.sent_by_unit(), {10: 5})

    # What it costs

    def queries_of(self, count):
        """How many queries it takes to publish so many kits."""
        first = len(self.shop.variant_ids) + 100
        for number in range(first, first + count):
            kit = self.erp_product(f"K{number}", is_storable=False)
            part = self.erp_product(f"P{number}", stock=number)
            self.make_kit(kit, {self.tea_set: 1, part: 1})
            self.site.add_product(id=number, sku=f"K{number}")
        self.import_catalog()
        rows = self.shop.variant_ids.filtered(lambda row: row.sku.startswith("K"))
        rows = rows.sorted("id")[-count:]
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.assertEqual(len(self.shop._published_stock(rows)), count)
        return self.env.cr.sql_log_count - before

    def test_many_kits_cost_no_more_queries_than_two(self):
        self.assertEqual(self.queries_of(2), self.queries_of(8))

    def test_a_transaction_asks_once_for_the_kits(self):
        self.env.cr.flush()
        changes = self.env["merchantpro.change"]
        asked = []
        with_kits = type(self.env["mrp.bom"])._with_kits
        self.patch(
            type(self.env["mrp.bom"]),
            "_with_kits",
            lambda boms, ids: asked.append(set(ids)) or with_kits(boms, ids),
        )
        self.set_stock(self.pot, 3)
        self.set_stock(self.cup, 3)
        changes._insert_collected()
        self.assertEqual(asked, [{self.pot.id, self.cup.id}])
        with self.assertQueryCount(1):
            self.env["mrp.bom"]._with_kits(self.pot.ids)
