"""What makes the site's stock wrong is noted, once."""

from odoo import Command

from .common import ShopCase


class TestOutbox(ShopCase):
    def prepare(self):
        super().prepare()
        self.mug = self.erp_product("CANA", stock=10)
        self.site.add_product(id=1, name="Cană", sku="CANA", price_gross=24.2, stock=4)
        self.first_page = self.site.product(1)
        self.import_catalog()
        self.shop.push_stock = True
        self.push()
        self.site.clear_calls()

    def noted(self):
        self.env.cr.flush()
        return self.env["merchantpro.change"].search([]).variant_id

    def sent(self):
        return [call["body"]["stock"] for call in self.site.calls_of("PATCH", "/inventory")]

    def cron_triggers(self):
        cron = self.env.ref("cloudsales_merchantpro.cron_push")
        return self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])

    def test_send_stock_sends_even_what_seems_equal(self):
        self.site.update("product", 1, stock=99)
        self.row(1).action_push()
        self.assertEqual(self.site.unit(1)["stock"], 10)
        self.assertFalse(self.row(1).must_send)
        self.row(1).action_push()
        self.assertEqual(self.sent(), [10, 10])

    def test_a_row_that_returns_to_the_site_is_sent(self):
        self.row(1).on_site = False
        self.set_stock(self.mug, 15)
        self.push()
        self.assertEqual(self.sent(), [])
        self.row(1).on_site = True
        self.push()
        self.assertEqual(self.sent(), [15])

    def test_a_row_that_the_site_begins_to_count_is_sent(self):
        self.row(1).tracked = False
        self.set_stock(self.mug, 15)
        self.push()
        self.row(1).tracked = True
        self.push()
        self.assertEqual(self.sent(), [15])

    def test_a_product_that_begins_to_be_counted_is_sent(self):
        self.mug.product_tmpl_id.is_storable = False
        self.site.update("product", 1, stock=3)
        self.shop.fetch_catalog()
        self.push()
        self.assertEqual(self.sent(), [])
        self.mug.product_tmpl_id.is_storable = True
        self.push()
        self.assertEqual(self.sent(), [10])

    def test_stock_that_somebody_changed_on_the_site_is_put_right(self):
        self.site.update("product", 1, stock=8)
        self.shop.fetch_catalog()
        self.push()
        self.assertEqual(self.sent(), [10])

    def test_stock_set_back_to_what_it_was_before_we_sent_is_put_right(self):
        self.site.store.put("product", self.first_page)
        self.shop.fetch_catalog()
        self.push()
        self.assertEqual(self.sent(), [10])

    def test_a_row_that_a_sending_did_not_find_returns_although_its_page_is_as_before(self):
        self.site.remove("product", 1)
        self.set_stock(self.mug, 15)
        self.push()
        self.assertFalse(self.row(1).on_site)
        self.site.store.put("product", self.first_page)
        self.push()
        self.assertEqual(self.site.unit(1)["stock"], 4)
        self.shop.fetch_catalog()
        self.push()
        self.assertTrue(self.row(1).on_site)
        self.assertEqual(self.site.unit(1)["stock"], 15)

    def test_a_reading_that_finds_what_was_sent_notes_nothing(self):
        self.set_stock(self.mug, 7)
        self.push()
        self.shop.fetch_catalog()
        self.assertFalse(self.noted())

    def test_an_unlinked_row_is_not_noted(self):
        self.row(1).action_unlink_product()
        self.row(1).stock = 5
        self.assertFalse(self.noted())

    def test_linking_many_rows_is_one_statement_and_wakes_the_push_once(self):
        for number in range(2, 12):
            self.erp_product(f"P{number}")
            self.site.add_product(id=number, sku=f"P{number}")
        self.env.cr.flush()
        self.env.cr.postcommit.clear()
        before = self.cron_triggers()
        self.import_catalog()  # a savepoint for each page
        self.assertEqual(len(self.noted()), 10)
        self.assertEqual(self.cron_triggers(), before + 1)

    def test_stock_moves_although_somebody_deleted_the_cron(self):
        self.env.ref("cloudsales_merchantpro.cron_push").unlink()
        self.env.cr.postcommit.clear()
        self.set_stock(self.mug, 3)
        self.assertEqual(self.noted(), self.row(1))

    def test_nothing_is_written_while_nobody_sends_stock(self):
        self.shop.push_stock = False
        self.env.cr.flush()
        self.set_stock(self.mug, 3)
        self.mug.active = False
        self.assertFalse(self.env.cr.precommit.data.get("cloudsales_merchantpro.changed"))

    def test_many_notes_of_one_row_are_one_sending(self):
        self.env["merchantpro.change"].create(
            [{"shop_id": self.shop.id, "variant_id": self.row(1).id}] * 10
        )
        self.push()
        self.assertFalse(self.noted())
        self.assertEqual(self.sent(), [])

    def test_locations_below_the_chosen_one_count(self):
        shelf = self.env["stock.location"].create(
            {"name": "Shelf", "location_id": self.warehouse.lot_stock_id.id}
        )
        self.shop.stock_location_ids = [Command.set(self.warehouse.lot_stock_id.ids)]
        self.env["stock.quant"]._update_available_quantity(self.mug, shelf, 5)
        self.push()
        self.assertEqual(self.sent(), [15])
