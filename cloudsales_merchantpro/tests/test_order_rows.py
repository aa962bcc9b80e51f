from odoo.addons.cloudsales_merchantpro.api.orders import parse_order

from .order_case import SERVICES, OrderCase


class TestOrderRows(OrderCase):
    goods = SERVICES

    def lines(self, *rows, **header):
        """[(product's xmlid or name, label, quantity, total, VAT percents)] of the sales order."""
        sale = self.assert_imported(self.read_order(list(rows), **header))
        names = {
            self.env.ref(f"cloudsales_merchantpro.product_{name}"): name
            for name in ("shipping", "discount", "wallet", "fee")
        }
        return [
            (
                names.get(line.product_id, line.product_id.default_code),
                line.name,
                line.product_uom_qty,
                line.price_total,
                line.tax_ids.mapped("amount"),
            )
            for line in sale.order_line
        ]

    def test_a_gift_card_is_sold_as_any_product(self):
        self.erp_product("CARD")
        card = {
            "missing": True,
            "product_id": 70,
            "product_sku": "CARD",
            "unit_price_gross": 100,
            "gift_card_delivery": {"email": "x@example.com"},
        }
        self.assertEqual(self.lines(card)[0][0], "CARD")

    def test_a_gift_card_that_pays_is_money_without_vat(self):
        card = {"item_type": "gift_card", "amount": 20, "product_tax_percent": None,
                "name": "Card cadou"}  # fmt: skip
        lines = self.lines({"product_id": 1}, card)
        self.assertEqual(lines[1], ("wallet", "Card cadou", 1, -20, []))

    def test_a_gift_card_that_lowers_the_taxed_price_is_a_discount(self):
        card = {"item_type": "gift_card", "amount": 12.1, "product_tax_percent": 21,
                "name": "Card cadou"}  # fmt: skip
        lines = self.lines({"product_id": 1}, card)
        self.assertEqual(lines[1], ("discount", "Card cadou", 1, -12.1, [21]))

    def test_a_bundle_is_sold_as_the_product_it_is_here(self):
        bundle = {"product_id": 1}
        self.site.add_order([bundle])
        order = self.site.add_order([bundle])
        rows = [{**order["line_items"][0], "item_type": "bundle"}]
        self.site.update("order", order["id"], line_items=rows)
        self.shop.fetch_orders()
        sale = self.assert_imported(self.order(order["id"]))
        self.assertEqual(sale.order_line.product_id, self.mug)

    def fee(self, **values):
        order = self.site.add_order([{"product_id": 2}])
        row = {"id": 9, "item_type": "cod_fee", "product_id": None, "product_sku": None,
               "product_name": "Taxă ramburs", "quantity": 1, "unit_price_gross": 6.05,
               "line_subtotal_gross": 6.05, "product_tax_percent": 21, **values}  # fmt: skip
        self.site.update(
            "order",
            order["id"],
            line_items=[*order["line_items"], row],
            total_amount=round(33.33 + row["line_subtotal_gross"], 2),
        )
        self.shop.fetch_orders()
        return self.order(order["id"])

    def test_a_fee_for_cash_on_delivery_keeps_its_name_and_vat(self):
        line = self.assert_imported(self.fee()).order_line[1]
        self.assertEqual(line.product_id, self.env.ref("cloudsales_merchantpro.product_fee"))
        self.assertEqual((line.name, line.price_total), ("Taxă ramburs", 6.05))
        self.assertEqual(line.tax_ids.amount, 21)

    def test_a_row_of_an_unknown_type_that_names_goods_needs_its_product(self):
        order = self.fee(product_sku="CUTIE")
        self.assert_held(order, "Taxă ramburs")
        self.erp_product("Z", extra=["CUTIE"])
        self.assert_imported(order)

    def test_a_fee_without_a_vat_rate_is_left_to_a_person(self):
        self.assert_held(self.fee(product_tax_percent=None), "no VAT rate for Taxă ramburs")

    def test_the_cash_to_collect_is_no_row(self):
        self.assertEqual(len(self.lines({"product_id": 1}, shipping_cod_amount=24.2)), 1)

    def test_a_row_that_gives_money_back_needs_no_product(self):
        gone = {"missing": True, "product_id": 98, "product_name": "Vază", "quantity": -1,
                "unit_price_gross": 4.2}  # fmt: skip
        lines = self.lines({"product_id": 1}, gone)
        self.assertEqual(lines[1], ("discount", "Vază", 1, -4.2, [21]))

    def test_quantities_with_decimals_are_kept(self):
        for quantity in (1.5, 0.25, 12.75):
            lines = self.lines({"product_id": 1, "quantity": quantity})
            self.assertEqual(lines[0][2], quantity)

    def test_a_coupon_over_two_rates_keeps_its_name_on_each(self):
        coupon = {"item_type": "coupon", "amount": 10, "product_tax_percent": None,
                  "name": "VARA10"}  # fmt: skip
        lines = self.lines({"product_id": 1}, {"product_id": 2}, coupon)
        self.assertEqual([line[1] for line in lines[2:]], ["VARA10", "VARA10"])
        self.assertEqual(sorted(line[4][0] for line in lines[2:]), [11, 21])

    def test_store_credit_is_money_without_vat(self):
        for amount in (5, -5):
            lines = self.lines({"product_id": 1}, wallet_amount=amount)
            self.assertEqual((lines[1][0], lines[1][3:]), ("wallet", (-5, [])))

    def test_shipping_keeps_its_name_and_vat(self):
        lines = self.lines({"product_id": 2}, shipping_amount=9.99, shipping_tax_percent=11)
        self.assertEqual(lines[1][1:], ("Curier rapid", 1, 9.99, [11]))

    def stored(self, rows):
        placed = self.site.add_order([{"product_id": 1 + n % 2} for n in range(rows)])
        return self.env["merchantpro.order"]._store(self.shop, [self.site.order(placed["id"])])

    def test_what_500_rows_mean_takes_as_many_queries_as_what_50_mean(self):
        def queries(rows):
            order = self.stored(rows)
            parsed = parse_order(order.payload)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            commands = order._prepare_lines(parsed, order._meanings({order: parsed})[order])
            self.assertEqual(len(commands), rows)
            return self.env.cr.sql_log_count - before

        queries(10)  # what is first seen is made
        self.assertEqual(queries(500), queries(50))
