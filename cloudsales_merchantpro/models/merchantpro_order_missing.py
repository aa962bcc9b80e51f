"""What a held order waits for, so that only what it waits for wakes it up.

`missing` has a mark for each code and each product id of the lines without a product, for the
buyer's identities where a person has to choose the contact, for a currency that is not active, for
a shipping method without a delivery method and for the order that a return is of.
"""

from odoo import fields, models
from odoo.tools import SQL

from ..api.codes import key


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    missing = fields.Json(string="Missing Products", readonly=True, copy=False)

    _missing_index = models.Index("USING gin (missing) WHERE state = 'held'")

    def _missing_marks(self, lines):
        """Marks of the lines (api Line) for which no product was found."""
        marks = {f"id:{line.product_id}" for line in lines if line.product_id}
        codes = [code for line in lines for code in (line.sku, line.ean)]
        return sorted(marks | {f"code:{key(code)}" for code in codes if key(code)})

    def _retry_linked(self, rows):
        """Rows of the staging list got a product: process the orders that were held for it."""
        for shop in rows.shop_id:
            ids = rows.filtered(lambda row, shop=shop: row.shop_id == shop).mapped("external_id")
            self._retry_marked(shop, [f"id:{each}" for each in ids])

    def _retry_marked(self, shops, marks):
        """What the marks stand for is there now: process the orders that were held for it."""
        self.flush_model(["missing", "state", "shop_id"])
        held = self.env.execute_query(
            SQL(
                "SELECT id FROM merchantpro_order"
                " WHERE shop_id = ANY(%s) AND state = 'held' AND missing ?| %s",
                shops.ids,
                list(marks),
            )
        )
        self.browse(order_id for (order_id,) in held).process()

    def _retry_held_for(self, shops, kinds):
        """What orders are held for was changed: process those that are held for one of `kinds`."""
        self.search(
            [("shop_id", "in", shops.ids), ("state", "=", "held"), ("held_for", "in", kinds)]
        ).process()
