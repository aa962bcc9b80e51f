"""Making a product, and taking it apart, reaches the shop."""

from .kit_case import KitCase


class TestManufacturing(KitCase):
    """A lamp is made of two cups and sold by the shop as unit 20."""

    def prepare(self):
        super().prepare()
        self.lamp = self.erp_product("LAMP")
        self.recipe = self.make_kit(self.lamp, {self.cup: 2}, type="normal")
        self.site.add_product(id=20, sku="LAMP", stock=0)
        self.import_catalog()
        self.push()

    def order_lamps(self, quantity):
        production = self.env["mrp.production"].create(
            {"product_id": self.lamp.id, "bom_id": self.recipe.id, "product_qty": quantity}
        )
        production.action_confirm()
        return production

    def make(self, production):
        production.qty_producing = production.product_qty
        production._set_qty_producing()
        production.button_mark_done()
        self.assertEqual(production.state, "done")

    def test_reserved_and_consumed_components_are_gone_and_what_is_made_is_there(self):
        production = self.order_lamps(3)
        self.assertEqual(self.sent_by_unit(), {10: 3, 11: 15})
        self.make(production)
        self.assertEqual(self.sent_by_unit(), {20: 3})

    def test_a_cancelled_production_gives_the_components_back(self):
        production = self.order_lamps(3)
        self.assertEqual(self.sent_by_unit(), {10: 3, 11: 15})
        production.action_cancel()
        self.assertEqual(self.sent_by_unit(), {10: 5, 11: 21})

    def test_what_is_taken_apart_is_gone_and_its_components_are_back(self):
        production = self.order_lamps(3)
        self.make(production)
        self.assertEqual(self.sent_by_unit(), {10: 3, 11: 15, 20: 3})
        unbuild = self.env["mrp.unbuild"].create(
            {"product_id": self.lamp.id, "bom_id": self.recipe.id, "product_qty": 2}
        )
        unbuild.action_unbuild()
        self.assertEqual(self.sent_by_unit(), {10: 4, 11: 19, 20: 1})

    def test_a_planned_production_is_forecasted(self):
        self.shop.stock_quantity = "forecast"
        self.assertEqual(self.sent_by_unit(), {})
        production = self.order_lamps(3)
        self.assertEqual(self.sent_by_unit(), {10: 3, 11: 15, 20: 3})
        production.action_cancel()
        self.assertEqual(self.sent_by_unit(), {10: 5, 11: 21, 20: 0})
