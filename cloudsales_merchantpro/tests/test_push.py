from .stock_case import StockCase


class TestPush(StockCase):
    def stock_on_site(self, unit=1):
        return self.site.unit(unit)["stock"]

    def patches(self):
        return self.site.calls_of("PATCH", "/inventory")

    def test_switching_on_makes_the_site_true(self):
        self.assertEqual(self.stock_on_site(), 10)
        self.assertEqual(self.row(1).stock, 10)
        self.assertFalse(self.env["merchantpro.change"].search([]))

    def test_a_change_of_stock_is_sent_once(self):
        self.site.clear_calls()
        self.set_stock(self.mug, 7)
        self.push()
        self.push()
        self.assertEqual([call["body"] for call in self.patches()], [{"stock": 7}])

    def test_a_reservation_lowers_the_site(self):
        self.read_order([{"product_id": 1, "quantity": 3}])
        self.push()
        self.assertEqual(self.stock_on_site(), 7)

    def test_nothing_is_sent_when_the_site_is_right(self):
        self.site.clear_calls()
        self.set_stock(self.mug, 7)
        self.set_stock(self.mug, 10)
        self.push()
        self.assertEqual(self.patches(), [])
        self.assertFalse(self.env["merchantpro.change"].search([]))

    def test_the_buffer_is_kept_from_the_site_and_never_goes_below_zero(self):
        self.shop.stock_buffer = 4
        self.push()
        self.assertEqual(self.stock_on_site(), 6)
        self.set_stock(self.mug, 3)
        self.push()
        self.assertEqual(self.stock_on_site(), 0)

    def test_parts_of_a_unit_are_not_sold(self):
        self.set_stock(self.mug, 2.9)
        self.push()
        self.assertEqual(self.stock_on_site(), 2)

    def test_stock_elsewhere_is_not_published(self):
        elsewhere = self.env["stock.warehouse"].create({"name": "Far", "code": "FAR"})
        self.env["stock.quant"]._update_available_quantity(self.mug, elsewhere.lot_stock_id, 50)
        self.push()
        self.assertEqual(self.stock_on_site(), 10)
        self.shop.stock_location_ids = self.warehouse.lot_stock_id | elsewhere.lot_stock_id
        self.push()
        self.assertEqual(self.stock_on_site(), 60)

    def test_what_may_be_oversold_goes_first(self):
        for number in (2, 3):
            self.erp_product(f"P{number}", stock=5)
            self.site.add_product(id=number, sku=f"P{number}", stock=5)
        self.import_catalog()
        self.push()
        self.site.clear_calls()
        self.set_stock(self.row(1).product_id, 20)
        self.set_stock(self.row(2).product_id, 4)
        self.set_stock(self.row(3).product_id, 0)
        self.push()
        self.assertEqual(
            [call["path"] for call in self.patches()],
            ["/inventory/id/3", "/inventory/id/2", "/inventory/id/1"],
        )

    def test_an_archived_product_is_sold_out(self):
        self.mug.active = False
        self.push()
        self.assertEqual(self.stock_on_site(), 0)

    def test_a_row_that_is_gone_from_the_site_says_so_and_stops_no_other(self):
        self.erp_product("P2", stock=5)
        self.site.add_product(id=2, sku="P2", stock=5)
        self.import_catalog()
        self.site.remove("product", 1)
        self.set_stock(self.mug, 0)
        self.set_stock(self.row(2).product_id, 1)
        self.push()
        self.assertIn("/inventory/id/1", self.row(1).push_error)
        self.assertEqual(self.stock_on_site(2), 1)
        self.assertFalse(self.env["merchantpro.change"].search([]))

    def test_what_the_site_could_not_take_is_sent_later(self):
        self.set_stock(self.mug, 7)
        self.env.cr.flush()
        self.site.faults.set("busy_500")
        with self.assertRaisesRegex(Exception, "failed for the moment"):
            self.shop.push_changes()
        self.site.faults.clear()
        self.push()
        self.assertEqual(self.stock_on_site(), 7)

    def test_a_shop_that_does_not_send_collects_nothing(self):
        self.shop.push_stock = False
        self.site.clear_calls()
        self.set_stock(self.mug, 1)
        self.push()
        self.assertFalse(self.env["merchantpro.change"].search([]))
        self.assertEqual(self.patches(), [])
