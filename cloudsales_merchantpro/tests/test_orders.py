from odoo.tools import float_compare

from .common import ShopCase

MUG = {"id": 1, "name": "Cană", "sku": "CANA", "price_gross": 24.2, "stock": 10}
BOOK = {"id": 2, "name": "Carte", "sku": "CARTE", "price_gross": 33.33, "stock": 10, "tax_id": 2}


class OrderCase(ShopCase):
    def setUp(self):
        super().setUp()
        self.mug, self.book = self.erp_product("CANA", stock=10), self.erp_product("CARTE", 10)
        self.site.add_product(**MUG)
        self.site.add_product(**BOOK)
        self.import_catalog()

    def assert_imported(self, order):
        self.assertEqual((order.state, order.held_reason), ("done", False))
        sale = order.sale_order_id
        self.assertEqual(sale.state, "sale")
        self.assertFalse(
            float_compare(sale.amount_total, order.total, precision_rounding=0.01),
            f"{sale.amount_total} here, {order.total} on the site",
        )
        return sale

    def assert_held(self, order, words):
        self.assertEqual(order.state, "held")
        self.assertIn(words, order.held_reason)
        self.assertFalse(order.sale_order_id)


class TestOrders(OrderCase):
    def test_an_ordinary_order_becomes_confirmed_and_reserved(self):
        order = self.read_order(
            [{"product_id": 1, "quantity": 2}], shipping_amount=19.99, customer_note="Sunați!"
        )
        sale = self.assert_imported(order)
        goods = sale.order_line.filtered(lambda line: line.product_id == self.mug)
        self.assertEqual((goods.product_uom_qty, goods.price_total), (2, 48.4))
        self.assertEqual(sale.picking_ids.move_ids.mapped("state"), ["assigned"])
        self.assertEqual(sale.warehouse_id, self.warehouse)
        self.assertEqual(sale.client_order_ref, order.external_id)
        self.assertEqual(sale.date_order, order.date_created)
        self.assertIn("Sunați!", "".join(sale.message_ids.mapped("body")))

    def test_prices_are_the_shop_s_not_the_catalogue_s(self):
        self.mug.list_price = 999
        order = self.read_order([{"product_id": 1, "unit_price_gross": 9.99}])
        self.assertEqual(self.assert_imported(order).amount_total, 9.99)

    def test_every_price_in_cents_is_kept_to_the_cent(self):
        # 10.00 with 21 % in it has no price without VAT in two decimals.
        for price in (10.0, 9.99, 0.01, 12.1, 33.33):
            order = self.read_order([{"product_id": 1, "quantity": 3, "unit_price_gross": price}])
            self.assert_imported(order)

    def test_two_vat_rates_stay_apart(self):
        order = self.read_order([{"product_id": 1}, {"product_id": 2}])
        sale = self.assert_imported(order)
        self.assertEqual(sorted(sale.order_line.tax_ids.mapped("amount")), [11, 21])

    def test_a_discount_is_split_over_the_vat_rates_it_falls_on(self):
        order = self.read_order(
            [
                {"product_id": 1, "quantity": 2},
                {"product_id": 2},
                {"item_type": "promo_cart", "amount": 10, "product_tax_percent": None},
            ]
        )
        sale = self.assert_imported(order)
        discounts = sale.order_line.filtered(lambda line: line.price_total < 0)
        self.assertEqual(sorted(discounts.tax_ids.mapped("amount")), [11, 21])
        self.assertAlmostEqual(sum(discounts.mapped("price_total")), -10)

    def test_a_buyer_is_made_once(self):
        first = self.read_order([{"product_id": 1}], customer_id=7, billing_name="Ana Pop")
        second = self.read_order([{"product_id": 1}], customer_id=7, billing_name="Ana Pop")
        self.assertEqual(first.sale_order_id.partner_id, second.sale_order_id.partner_id)

    def test_a_company_is_found_by_its_vat_number(self):
        company = self.env["res.partner"].create(
            {"name": "Firma", "is_company": True, "vat": "RO14399840",
             "country_id": self.env.ref("base.ro").id}
        )  # fmt: skip
        order = self.read_order(
            [{"product_id": 1}], billing_company_name="FIRMA SRL", billing_company_vat="14399840"
        )
        self.assertEqual(self.assert_imported(order).partner_id, company)
        self.assertEqual(company.name, "Firma")

    def test_another_address_becomes_a_delivery_contact_once(self):
        header = {"customer_id": 7, "shipping_name": "Vecina", "shipping_city": "Turda",
                  "shipping_address": "Str. Nouă 1"}  # fmt: skip
        first = self.read_order([{"product_id": 1}], **header).sale_order_id
        second = self.read_order([{"product_id": 1}], **header).sale_order_id
        self.assertEqual(first.partner_shipping_id.city, "Turda")
        self.assertEqual(first.partner_shipping_id.type, "delivery")
        self.assertEqual(first.partner_shipping_id, second.partner_shipping_id)

    def test_reading_twice_changes_nothing(self):
        self.read_order([{"product_id": 1}])
        with self.assert_nothing_written():
            self.shop.fetch_orders()

    def test_an_order_delivered_twice_makes_one_sale(self):
        order = self.read_order([{"product_id": 1}])
        order.sudo().process()
        order._process_one()
        self.assertEqual(
            self.env["sale.order"].search_count([("merchantpro_order_id", "=", order.id)]), 1
        )

    def test_an_unfinished_order_waits_and_comes_in_when_it_is_finished(self):
        order = self.read_order([{"product_id": 1}], payment_status="temporary")
        self.assertEqual((order.state, bool(order.sale_order_id)), ("new", False))
        self.site.update("order", order.external_id, payment_status="awaiting")
        self.shop.fetch_orders()
        self.assert_imported(order)

    def test_a_card_order_waits_for_its_payment(self):
        card = {"payment_method_code": "euplatesc", "payment_status": "awaiting"}
        order = self.read_order([{"product_id": 1}], **card)
        self.assertEqual(order.state, "new")
        self.assertIn("paid", order.held_reason)
        self.site.update("order", order.external_id, payment_status="paid")
        self.shop.fetch_orders()
        self.assert_imported(order)

    def test_an_order_cancelled_before_its_import_is_ignored(self):
        order = self.read_order([{"product_id": 1}], shipping_status="cancelled")
        self.assertEqual((order.state, bool(order.sale_order_id)), ("ignored", False))

    def test_orders_before_the_start_date_are_left_alone(self):
        self.shop.order_start_date = "2026-01-01 00:00:00"
        order = self.read_order([{"product_id": 1}], date_created="2025-12-31T10:00:00+02:00")
        self.assertFalse(order.sale_order_id)

    def test_an_order_dated_in_another_time_zone_keeps_its_moment(self):
        order = self.read_order([{"product_id": 1}], date_created="2026-11-20T10:00:00+02:00")
        self.assertEqual(str(order.sale_order_id.date_order), "2026-11-20 08:00:00")


class TestHeldOrders(OrderCase):
    def test_an_unknown_product_holds_its_order_only(self):
        held = self.read_order(
            [{"product_id": 99, "missing": True, "product_sku": "GONE", "product_name": "Vază",
              "unit_price_gross": 5}]
        )  # fmt: skip
        self.assert_held(held, "Vază")
        self.assert_imported(self.read_order([{"product_id": 1}]))

    def test_a_held_order_comes_in_when_its_product_is_there(self):
        line = {"product_id": 99, "missing": True, "product_sku": "GONE", "product_name": "Vază",
                "unit_price_gross": 5}  # fmt: skip
        order = self.read_order([line])
        self.erp_product("X", extra=["GONE"])
        self.assert_imported(order)

    def test_codes_that_name_two_products_hold_the_order(self):
        self.erp_product("A")
        self.erp_product("B", barcode="5941234567899")
        self.site.add_product(id=3, name="Amestec", sku="A", ean="5941234567899", price_gross=5)
        self.assert_held(self.read_order([{"product_id": 3}]), "Amestec")

    def test_a_total_that_differs_holds_the_order_with_both_amounts(self):
        order = self.read_order([{"product_id": 1}], total_amount=1)
        self.assert_held(order, "24.20")
        self.assertIn("1.00", order.held_reason)

    def test_an_unknown_vat_rate_holds_the_order_until_it_is_mapped(self):
        order = self.read_order([{"product_id": 1, "product_tax_percent": 24}])
        self.assert_held(order, "24")
        rate = self.env["merchantpro.tax"].search(
            [("shop_id", "=", self.shop.id), ("code", "=", "24")]
        )
        rate.tax_id = self.env["account.tax"].create(
            {
                "name": "24 incl",
                "amount": 24,
                "type_tax_use": "sale",
                "price_include_override": "tax_included",
                "company_id": self.company.id,
            }
        )
        self.assert_imported(order)

    def test_an_order_without_a_number_of_things_says_which(self):
        placed = self.site.add_order([{"product_id": 1}])
        lines = [{**placed["line_items"][0], "quantity": "două"}]
        self.site.update("order", placed["id"], line_items=lines)
        self.shop.fetch_orders()
        order = self.order(placed["id"])
        self.assertEqual(order.state, "error")
        self.assertIn("quantity", order.held_reason)

    def test_a_return_is_held_for_a_person(self):
        order = self.read_order([{"product_id": 1}], return_source_id="42")
        self.assert_held(order, "return")

    def test_nothing_half_made_is_left_behind(self):
        partners = self.env["res.partner"].search_count([])
        self.read_order([{"product_id": 1}], total_amount=1, billing_name="Nimeni Nicăieri")
        self.assertEqual(self.env["res.partner"].search_count([]), partners)
