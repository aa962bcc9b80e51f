"""An imported order is edited on the site: lines, addresses, delivery method, note."""

from .change_case import LINES, ChangeCase


class TestOrderEdited(ChangeCase):
    def test_a_larger_quantity_is_reserved_and_a_smaller_one_frees_the_rest(self):
        self.edit([{"product_id": 1, "quantity": 5}, LINES[1]])
        self.assertEqual(self.line(self.mug).product_uom_qty, 5)
        self.assertEqual(self.free(self.mug), 5)
        self.assertEqual(set(self.sale.picking_ids.move_ids.mapped("state")), {"assigned"})
        self.assertEqual(len(self.sale.picking_ids), 1)
        self.assert_applied()
        self.assertIn("2 × Cană", "".join(self.sale.message_ids.mapped("body")))
        # Several edits between two readings are one.
        self.site.edit_order(
            self.shop_order.external_id, [{"product_id": 1, "quantity": 9}, LINES[1]]
        )
        self.edit([{"product_id": 1, "quantity": 1}, LINES[1]])
        self.assertEqual((self.free(self.mug), self.free(self.book)), (9, 9))
        self.assert_applied()

    def test_a_line_is_added(self):
        pen = self.erp_product("PIX", stock=10)
        self.site.add_product(id=3, name="Pix", sku="PIX", price_gross=3.1)
        self.edit([*LINES, {"product_id": 3, "quantity": 3}])
        self.assertEqual(self.line(pen).product_uom_qty, 3)
        self.assertEqual(self.free(pen), 7)
        self.assert_applied()

    def test_a_line_is_removed_and_products_are_exchanged(self):
        self.edit([LINES[0]])
        self.assertEqual(self.free(self.book), 10)
        self.assertEqual(self.line(self.book).product_uom_qty, 0)
        self.assert_applied()
        # It comes back in exchange for the other.
        self.edit([{"product_id": 2, "quantity": 4}])
        self.assertEqual((self.free(self.mug), self.free(self.book)), (10, 6))
        self.assert_applied()

    def test_a_price_is_changed_and_a_quantity_alone_keeps_it_and_a_name_of_here(self):
        self.mug.list_price = 999
        self.line(self.mug).name = "Mug, blue"
        self.edit([{"product_id": 1, "quantity": 7}, LINES[1]])
        self.assertEqual(self.line(self.mug).price_unit, 24.2)
        self.assertEqual(self.line(self.mug).name, "Mug, blue")
        self.assert_applied()
        self.edit([{**LINES[0], "unit_price_gross": 9.99}, LINES[1]])
        self.assertEqual(self.line(self.mug).price_unit, 9.99)
        self.assert_applied()

    def test_discount_and_shipping_are_added_changed_and_taken_away(self):
        for amount, shipping in ((5, 25.5), (7.77, 0), (0, 10)):
            discount = [{"item_type": "discount", "amount": amount}] if amount else []
            self.edit([*LINES, *discount], shipping_amount=shipping)
            self.assert_applied()

    def test_two_lines_of_one_product_are_kept_apart(self):
        gift = {"product_id": 1, "quantity": 1, "unit_price_gross": 0}
        self.edit([*LINES, gift])
        self.assert_applied()
        self.edit([{**LINES[0], "quantity": 3}, LINES[1], gift])
        prices = {line.price_unit: line.product_uom_qty for line in self.line(self.mug)}
        self.assertEqual(prices, {24.2: 3, 0: 1})
        self.assert_applied()

    def test_another_order_of_the_lines_is_no_change(self):
        with self.assert_nothing_written(("sale_order", "sale_order_line", "stock_move")):
            self.edit(LINES[::-1], tags=[{"id": 1, "name": "vip"}], shipping_awb="1")
        self.assert_applied()

    # Lines that are not applied

    def test_what_has_left_is_told_in_one_activity_until_the_site_takes_it_back(self):
        self.deliver()
        before = self.lines_now()
        self.edit([{"product_id": 1, "quantity": 5}, LINES[1]])
        self.assertEqual(self.lines_now(), before)
        self.assert_told("WH/OUT", "2 × Cană (24.20)", "5 × Cană (24.20)", "101.72", "174.32")
        self.edit([{"product_id": 1, "quantity": 6}, LINES[1]])
        self.assert_told("6 × Cană")
        self.edit(LINES)
        self.assert_applied()

    def test_an_invoice_in_draft_is_told(self):
        self.invoice(post=False)
        self.edit([{"product_id": 1, "quantity": 5}, LINES[1]])
        self.assert_told("draft")

    def test_an_unknown_product_leaves_the_order_and_helps_itself_later(self):
        before = self.lines_now()
        self.site.add_product(id=3, name="Pix", sku="PIX", price_gross=3.1)
        self.edit([{"product_id": 1, "quantity": 1}, {"product_id": 3, "quantity": 3}])
        self.assertEqual(self.lines_now(), before)
        self.assert_told("Pix")
        pen = self.erp_product("PIX", stock=10)
        self.env.cr.flush()
        self.assertEqual(self.line(pen).product_uom_qty, 3)
        self.assert_applied()

    def test_what_somebody_changed_here_is_not_undone(self):
        self.line(self.mug).product_uom_qty = 4
        self.edit([{"product_id": 1, "quantity": 3}, LINES[1]])
        self.assertEqual(self.line(self.mug).product_uom_qty, 4)
        self.assert_told("Somebody changed", "2 × Cană", "3 × Cană")

    def test_a_smaller_quantity_of_a_person_frees_the_rest_and_is_no_change_on_the_site(self):
        self.line(self.mug).product_uom_qty = 1
        self.assertEqual(self.free(self.mug), 9)
        self.assertEqual(len(self.sale.picking_ids), 1)
        self.edit([{"product_id": 1, "quantity": 1}, LINES[1]])
        self.assertEqual(self.line(self.mug).product_uom_qty, 1)
        self.assert_applied()

    def test_a_total_that_is_not_the_site_s_takes_all_back(self):
        # A person gave a discount here; the edit of the other line cannot reach the total.
        self.line(self.book).price_unit = 30
        self.edit([{"product_id": 1, "quantity": 3}, LINES[1]])
        self.assertEqual(self.line(self.mug).product_uom_qty, 2)
        self.assertEqual(self.free(self.mug), 8)
        self.assert_told("The total is", "2 × Cană", "3 × Cană")

    def test_what_cannot_be_read_is_told(self):
        self.site.update("order", self.shop_order.external_id, line_items="none")
        self.shop.fetch_orders()
        self.assert_told("line_items")
        self.edit([{"product_id": 1, "quantity": 3}, LINES[1]])
        self.assert_applied()

    def test_a_shop_that_applies_no_changes_is_told_of_them(self):
        self.shop.apply_order_changes = False
        self.edit([{"product_id": 1, "quantity": 3}, LINES[1]])
        self.assertEqual(self.line(self.mug).product_uom_qty, 2)
        self.assert_told("2 × Cană", "3 × Cană")

    def test_another_currency_is_told(self):
        self.edit(currency="EUR")
        self.assert_told("RON → EUR")

    def test_lines_of_a_sale_cancelled_here_are_told(self):
        self.sale._action_cancel()
        self.edit([{"product_id": 1, "quantity": 3}, LINES[1]])
        self.assertEqual(self.sale.state, "cancel")
        self.assert_told("cancelled here")

    # The buyer, the note, the delivery method

    def test_another_delivery_address_goes_to_the_picking_and_another_buyer_keeps_the_prices(self):
        buyer = self.sale.partner_id
        self.edit(shipping_address="Str. Nouă 5", shipping_city="Turda")
        place = self.sale.partner_shipping_id
        self.assertEqual((place.street, place.city), ("Str. Nouă 5", "Turda"))
        self.assertEqual(self.sale.picking_ids.partner_id, place)
        self.assertEqual((self.sale.partner_id, self.sale.partner_invoice_id), (buyer, buyer))
        self.assertFalse(self.sale.picking_ids.activity_ids)
        self.assert_applied()
        total = self.sale.amount_total
        self.edit(
            billing_type="company",
            billing_company_name="Firma SRL",
            billing_company_vat="RO18547290",
            billing_name="Firma SRL",
        )
        self.assertEqual(self.sale.partner_id.name, "Firma SRL")
        self.assertEqual(self.sale.partner_invoice_id.name, "Firma SRL")
        self.assertEqual(self.sale.amount_total, total)
        self.assert_applied()

    def test_after_the_goods_left_a_note_is_kept_and_an_address_is_told(self):
        self.deliver()
        self.edit(customer_note="Sunați înainte")
        self.assertIn("Sunați înainte", "".join(self.sale.message_ids.mapped("body")))
        self.assert_applied()
        place = self.sale.partner_shipping_id
        partners = self.env["res.partner"].search_count([])
        self.edit(shipping_address="Str. Nouă 5", shipping_city="Turda")
        self.assertEqual(self.sale.partner_shipping_id, place)
        self.assert_told("Str. Memorandumului 1", "Str. Nouă 5")
        self.assertEqual(self.env["res.partner"].search_count([]), partners)

    def test_another_delivery_method_goes_to_the_picking(self):
        carrier = self.env["delivery.carrier"].create(
            {
                "name": "Easybox",
                "product_id": self.env["product.product"]
                .create({"name": "Easybox", "type": "service"})
                .id,
            }
        )
        self.edit(shipping_method_id=7, shipping_method_name="Easybox")
        self.assert_applied()
        self.edit(shipping_method_id=1, shipping_method_name="Curier rapid")
        method = self.env["merchantpro.shipping.method"].search(
            [("shop_id", "=", self.shop.id), ("code", "=", "7")]
        )
        method.carrier_id = carrier
        self.edit(shipping_method_id=7, shipping_method_name="Easybox")
        self.assertEqual(self.sale.carrier_id, carrier)
        self.assertEqual(self.sale.picking_ids.carrier_id, carrier)
        self.assert_applied()
