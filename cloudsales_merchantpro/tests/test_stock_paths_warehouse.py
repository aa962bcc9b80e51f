"""Whatever the warehouse does reaches the shop."""

from .stock_case import StockCase


class TestWarehouse(StockCase):
    def prepare(self):
        super().prepare()
        self.far = self.elsewhere("Far")

    def count(self, product, quantity, **values):
        """An inventory count, as in Inventory / Physical Inventory."""
        quant = self.env["stock.quant"].with_context(inventory_mode=True)
        quant = quant.create(
            {
                "product_id": product.id,
                "location_id": self.shelf.id,
                "inventory_quantity": quantity,
                **values,
            }
        )
        quant.action_apply_inventory()
        return quant

    def test_a_receipt_raises_it_and_a_return_to_the_supplier_lowers_it(self):
        order = self.purchase(5)
        self.assertEqual(self.sent(), [])
        self.validate(order.picking_ids)
        self.assertEqual(self.sent(), [15])
        returned = self.return_of(order.picking_ids, 5)
        self.assertEqual(self.sent(), [10])
        self.validate(returned)
        self.assertEqual(self.sent(), [])

    def test_a_transfer_out_of_the_locations_lowers_it(self):
        picking = self.transfer(self.shelf, self.far, 4)
        self.assertEqual(self.sent(), [6])
        self.validate(picking)
        self.assertEqual(self.sent(), [])

    def test_a_transfer_into_the_locations_raises_it(self):
        self.env["stock.quant"]._update_available_quantity(self.mug, self.far, 9)
        self.assertEqual(self.sent(), [])
        picking = self.transfer(self.far, self.shelf, 4)
        self.assertEqual(self.sent(), [])
        self.validate(picking)
        self.assertEqual(self.sent(), [14])

    def test_a_transfer_between_shelves_of_the_shop_ends_where_it_began(self):
        corner = self.env["stock.location"].create({"name": "Corner", "location_id": self.shelf.id})
        picking = self.transfer(self.shelf, corner, 4)
        self.assertEqual(self.sent(), [6])
        self.validate(picking)
        self.assertEqual(self.sent(), [10])

    def test_unreserving_raises_it_and_reserving_lowers_it(self):
        order = self.sell(3)
        self.assertEqual(self.sent(), [7])
        order.picking_ids.do_unreserve()
        self.assertEqual(self.sent(), [10])
        order.picking_ids.action_assign()
        self.assertEqual(self.sent(), [7])

    def test_scrap_lowers_it(self):
        scrap = self.env["stock.scrap"].create(
            {"product_id": self.mug.id, "scrap_qty": 2, "location_id": self.shelf.id}
        )
        self.assertEqual(self.sent(), [])
        scrap.action_validate()
        self.assertEqual(self.sent(), [8])

    def test_a_count_is_sent_as_it_was_counted(self):
        self.count(self.mug, 4)
        self.assertEqual(self.sent(), [4])
        self.count(self.mug, 40)
        self.assertEqual(self.sent(), [40])

    def test_a_quantity_entered_on_the_product_is_sent(self):
        self.mug.qty_available = 6
        self.assertEqual(self.sent(), [6])

    def test_lots_add_up_whichever_is_delivered_and_one_that_moves_away_is_gone(self):
        jam = self.erp_product("GEM", tracking="lot")
        self.site.add_product(id=2, sku="GEM", stock=99)
        self.import_catalog()
        for name, quantity in (("A", 2), ("B", 3)):
            lot = self.env["stock.lot"].create({"name": name, "product_id": jam.id})
            self.count(jam, quantity, lot_id=lot.id)
        self.assertEqual(self.sent(), [5])
        order = self.sell(2, product=jam)
        self.assertEqual(self.sent(), [3])
        reserved = order.picking_ids.move_line_ids
        other = self.env["stock.lot"].search([("product_id", "=", jam.id)]) - reserved.lot_id
        first = reserved.lot_id
        # Another one is delivered than was reserved.
        reserved.write({"lot_id": other.id, "quantity": 3})
        self.validate(order.picking_ids)
        self.assertEqual(self.sent(), [2])
        first.location_id = self.far
        self.assertEqual(self.sent(), [0])

    def test_a_package_that_moves_away_takes_its_goods_along(self):
        box = self.env["stock.package"].create({"name": "BOX"})
        self.env["stock.quant"]._update_available_quantity(self.mug, self.shelf, 5, package_id=box)
        self.assertEqual(self.sent(), [15])
        box.quant_ids.move_quants(location_dest_id=self.far)
        self.assertEqual(self.sent(), [10])

    def test_goods_put_into_a_package_on_the_spot_are_still_for_sale(self):
        self.mug.stock_quant_ids.filtered(
            lambda quant: quant.location_id == self.shelf
        ).move_quants(package_dest_id=self.env["stock.package"].create({"name": "BOX"}))
        self.assertEqual(self.sent(), [])
        self.assertEqual(self.shop._published_stock(self.row(1)), {self.row(1): 10})
