"""A bill of materials that changes publishes its kits."""

from .kit_case import KitCase


class TestKitsChanged(KitCase):
    def test_another_quantity_of_a_component(self):
        self.bom.bom_line_ids.filtered(lambda line: line.product_id == self.cup).product_qty = 6
        self.assertEqual(self.sent_by_unit(), {10: 3})

    def test_a_component_more_or_less(self):
        spoon = self.erp_product("SPOON", stock=2)
        self.bom.bom_line_ids = [(0, 0, {"product_id": spoon.id, "product_qty": 1})]
        self.assertEqual(self.sent_by_unit(), {10: 2})
        self.bom.bom_line_ids.filtered(lambda line: line.product_id == spoon).unlink()
        self.assertEqual(self.sent_by_unit(), {10: 5})

    def test_another_component(self):
        line = self.bom.bom_line_ids.filtered(lambda line: line.product_id == self.pot)
        line.product_id = self.mug
        self.set_stock(self.mug, 2)
        self.assertEqual(self.sent_by_unit(), {1: 2, 10: 2})

    def test_a_new_kit(self):
        self.erp_product("DUO", is_storable=False)
        self.site.add_product(id=12, sku="DUO")
        self.import_catalog()
        self.assertEqual(self.sent_by_unit(), {})
        duo = self.row(12).product_id
        bom = self.make_kit(duo, {self.cup: 2})
        self.assertEqual(self.sent_by_unit(), {12: 10})
        bom.sequence = 5
        self.make_kit(duo, {self.cup: 3}, sequence=1)
        self.assertEqual(self.sent_by_unit(), {12: 7})

    def test_a_kit_that_is_manufactured_from_now_on_has_its_own_stock(self):
        self.tea_set.is_storable = True
        self.assertEqual(self.sent_by_unit(), {})
        self.bom.type = "normal"
        self.assertEqual(self.sent_by_unit(), {10: 0})
        self.bom.type = "phantom"
        self.assertEqual(self.sent_by_unit(), {10: 5})

    def test_a_deleted_bill_leaves_the_products_own_stock(self):
        self.tea_set.is_storable = True
        self.bom.unlink()
        self.assertEqual(self.sent_by_unit(), {10: 0})

    def test_a_kit_around_a_changed_kit(self):
        gift = self.erp_product("GIFT", is_storable=False)
        self.make_kit(gift, {self.tea_set: 1})
        self.site.add_product(id=12, sku="GIFT")
        self.import_catalog()
        self.assertEqual(self.sent_by_unit(), {12: 5})
        self.bom.bom_line_ids[1].product_qty = 21
        self.assertEqual(self.sent_by_unit(), {10: 1, 12: 1})

    def test_a_component_that_begins_to_be_tracked(self):
        self.pot.is_storable = False
        self.set_stock(self.cup, 40)
        self.assertEqual(self.sent_by_unit(), {10: 10, 11: 40})
        self.pot.is_storable = True
        self.assertEqual(self.sent_by_unit(), {10: 5})
