"""A shop with two products in two VAT rates, known here, and what is expected of an order."""

from odoo.tools import float_compare

from .common import ShopCase

SERVICES = {"type": "service", "is_storable": False}
MUG = {"id": 1, "name": "Cană", "sku": "CANA", "price_gross": 24.2, "stock": 10}
BOOK = {"id": 2, "name": "Carte", "sku": "CARTE", "price_gross": 33.33, "stock": 10, "tax_id": 2}


class OrderCase(ShopCase):
    # Of each product. Where only amounts matter they are services.
    goods = {"stock": 10}
    books = True  # whether it sells them, which are taxed otherwise

    def prepare(self):
        super().prepare()
        self.mug = self.erp_product("CANA", **self.goods)
        self.site.add_product(**MUG)
        if self.books:
            self.book = self.erp_product("CARTE", **self.goods)
            self.site.add_product(**BOOK)
        self.import_catalog()
        self.know_taxes(*([21, 11] if self.books else [21]))

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
