"""What somebody decides about products, rows and locations reaches the shop."""

from .stock_case import StockCase


class TestSettings(StockCase):
    def test_an_archived_product_is_sold_out_and_returns(self):
        self.mug.product_tmpl_id.action_archive()
        self.assertEqual(self.sent(), [0])
        self.mug.product_tmpl_id.action_unarchive()
        self.assertEqual(self.sent(), [10])

    def test_a_row_linked_to_another_product_has_that_ones_stock(self):
        cup = self.erp_product("CEASCA", stock=6)
        self.row(1).action_unlink_product()
        self.row(1).product_id = cup
        self.row(1).action_link()
        self.assertEqual(self.sent(), [6])

    def test_an_unlinked_row_is_left_as_it_is(self):
        self.row(1).action_unlink_product()
        self.set_stock(self.mug, 3)
        self.assertEqual(self.sent(), [])

    def test_a_code_that_names_another_product_leaves_the_link_to_people(self):
        self.erp_product("VECHI", stock=2)
        self.mug.default_code = "ALTUL"
        self.set_stock(self.mug, 8)
        self.assertEqual(self.sent(), [8])

    def test_a_code_that_links_a_row_sends_its_stock(self):
        self.site.add_product(id=2, sku="NOU", stock=1)
        self.shop.fetch_catalog()
        cup = self.erp_product("CEASCA", stock=6)
        self.assertEqual(self.sent(), [])
        cup.additional_code_ids = [(0, 0, {"code": "NOU"})]
        self.env.cr.flush()
        self.row(2).import_to_catalog()
        self.assertEqual(self.row(2).product_id, cup)
        self.assertEqual(self.sent(), [6])

    def test_other_locations_of_the_shop_have_other_stock(self):
        far = self.another_warehouse()
        self.env["stock.quant"]._update_available_quantity(self.mug, far.lot_stock_id, 2)
        self.assertEqual(self.sent(), [])
        self.shop.stock_location_ids = far.lot_stock_id
        self.assertEqual(self.sent(), [2])
        self.shop.write({"stock_location_ids": False, "order_warehouse_id": self.warehouse.id})
        self.assertEqual(self.sent(), [10])
        self.shop.order_warehouse_id = far
        self.assertEqual(self.sent(), [2])

    def test_a_location_moved_below_the_shops_brings_its_goods(self):
        attic = self.elsewhere("Attic")
        self.env["stock.quant"]._update_available_quantity(self.mug, attic, 5)
        self.assertEqual(self.sent(), [])
        attic.location_id = self.shelf
        self.assertEqual(self.sent(), [15])

    def test_a_place_for_scrap_that_becomes_a_shelf_is_watched(self):
        attic = self.env["stock.location"].create(
            {"name": "Attic", "location_id": self.shelf.id, "usage": "inventory"}
        )
        attic.usage = "internal"
        self.env["stock.quant"]._update_available_quantity(self.mug, attic, 5)
        self.assertEqual(self.sent(), [15])

    def test_a_location_added_later_is_watched(self):
        attic = self.env["stock.location"].create({"name": "Attic", "location_id": self.shelf.id})
        self.env["stock.quant"]._update_available_quantity(self.mug, attic, 5)
        self.assertEqual(self.sent(), [15])
