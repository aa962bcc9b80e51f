"""What a shop publishes: which locations, and how many pieces of each product."""

import math

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    push_problem = fields.Char(
        string="Stock Not Sent",
        compute="_compute_push_problem",
        compute_sudo=True,
        help="Why no stock is sent although it is switched on.",
    )

    @api.depends(
        "push_stock", "stock_location_ids.active", "order_warehouse_id.lot_stock_id.active"
    )
    def _compute_push_problem(self):
        for shop in self:
            missing = shop.push_stock and not shop._stock_locations()
            shop.push_problem = missing and self.env._(
                "%s has no stock location in use, so no stock is sent. Choose its stock locations"
                " or its warehouse of orders.",
                shop.name,
            )

    @api.constrains("push_stock", "stock_location_ids", "order_warehouse_id")
    def _check_stock_locations(self):
        for shop in self.filtered("push_problem"):
            raise ValidationError(shop.push_problem)

    @api.model
    @tools.ormcache()
    def _watched_locations(self):
        """Ids of all locations whose stock some shop publishes."""
        shops = self.sudo().search([("push_stock", "=", True)])
        roots = [each for shop in shops for each in shop._stock_locations().ids]
        return frozenset(
            self.env["stock.location"].sudo().search([("id", "child_of", roots)]).ids
            if roots
            else ()
        )

    def _stock_locations(self):
        """The locations that count, with all below them. None when those that somebody chose
        are archived: to publish others instead, or nothing, would be a guess."""
        chosen = self.with_context(active_test=False).stock_location_ids
        locations = chosen or self.order_warehouse_id.lot_stock_id
        return locations.filtered("active").with_env(self.env)

    def _published_stock(self, variants):
        """{row: whole units to publish}: free quantity in the shop's locations less what orders
        in the inbox are going to take and less the buffer, never negative. Rows the site does
        not count, or whose product is not tracked here, are left out; an archived product is
        sold out."""
        rows = variants.filtered(
            lambda row: row.match_state == "linked" and row.tracked and row.on_site
        )
        rows = rows.filtered(lambda row: row.product_id.is_storable)
        free = self._free_quantities(rows.product_id)
        asked = self._demanding_shops()._demand(rows.product_id)
        return {
            row: self._publishable(free.get(row.product_id, 0.0) - asked.get(row.product_id.id, 0))
            if row.product_id.active
            else 0
            for row in rows
        }

    def _free_quantities(self, products):
        """{product: quantity on hand less reserved} in the shop's locations."""
        groups = self.env["stock.quant"]._read_group(
            [
                ("product_id", "in", products.ids),
                ("location_id", "child_of", self._stock_locations().ids),
            ],
            ["product_id"],
            ["quantity:sum", "reserved_quantity:sum"],
        )
        return {product: quantity - reserved for product, quantity, reserved in groups}

    def _publishable(self, quantity):
        # 2.9999999 is three: floats of summed quantities are not exact.
        return max(0, math.floor(round(quantity - self.stock_buffer, 6)))
