"""How many pieces of each product a shop publishes."""

import math

from odoo import models
from odoo.fields import Domain

PLANNED = ("waiting", "confirmed", "assigned", "partially_available")


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    def _published_stock(self, variants):
        """{row: whole units to publish}, never negative. Rows the site does not count, or whose
        product is not tracked here, are left out, and all while no location counts; an archived
        product is sold out."""
        rows = variants.filtered(
            lambda row: row.match_state == "linked" and row.tracked and row.on_site
        )
        if not rows or not self._stock_locations():
            return {}
        left = self._left(rows.product_id)
        buffers = self._buffers(rows.product_id)
        return {
            row: self._publishable(left[product], buffers[product]) if product.active else 0
            for row in rows
            if (product := row.product_id) in left
        }

    def _left(self, products):
        """{product: quantity that the shop can sell, in the product's unit} of those whose stock
        is tracked, before any buffer; less what orders in the inbox are going to take, unless
        all that is on hand counts."""
        products = products.filtered("is_storable")
        held = self._quantities(products)
        # A waiting order is as much on hand as a reserved one is.
        asked = {} if self.stock_quantity == "on_hand" else self._order_demand(products)
        return {each: held.get(each, 0.0) - asked.get(each.id, 0.0) for each in products}

    def _order_demand(self, products):
        """{product id: quantity} that orders in the inbox take from the same locations."""
        return self._demanding_shops()._demand(products)

    def _quantities(self, products):
        """{product: quantity of the kind that the shop publishes} in its locations."""
        shelves = list(self._shelves())
        groups = self.env["stock.quant"]._read_group(
            [("product_id", "in", products.ids), ("location_id", "in", shelves)],
            ["product_id"],
            ["quantity:sum", "reserved_quantity:sum"],
        )
        if self.stock_quantity == "free":
            return {product: quantity - reserved for product, quantity, reserved in groups}
        quantities = {product: quantity for product, quantity, _reserved in groups}
        if self.stock_quantity == "forecast":
            for product, quantity in self._planned(products, shelves):
                quantities[product] = quantities.get(product, 0.0) + quantity
        return quantities

    def _planned(self, products, shelves):
        """(product, quantity) pairs of what is going to come, and, negative, to leave. A move in
        several steps counts by where it ends, as in Odoo's own forecast."""
        ends_here = (
            Domain("location_final_id", "!=", False) & Domain("location_final_id", "in", shelves)
        ) | (Domain("location_final_id", "=", False) & Domain("location_dest_id", "in", shelves))
        begins_here = Domain("location_id", "in", shelves)
        planned = Domain("product_id", "in", products.ids) & Domain("state", "in", PLANNED)
        moves = self.env["stock.move"]

        def total(domain):
            return moves._read_group(planned & domain, ["product_id"], ["product_qty:sum"])

        coming = total(ends_here & ~begins_here)
        leaving = total(begins_here & ~ends_here)
        return coming + [(product, -quantity) for product, quantity in leaving]

    def _publishable(self, quantity, buffer):
        # 2.9999999 is three: floats of summed quantities are not exact.
        units = max(0, math.floor(round(quantity - buffer, 6)))
        return min(units, self.stock_ceiling) if self.stock_ceiling else units
