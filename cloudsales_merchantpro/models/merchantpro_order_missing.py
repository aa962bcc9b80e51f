"""Which products a held order waits for, so that only what it waits for wakes it up.

`missing` has a mark for each code and each product id of the lines without a product.
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
        self.flush_model(["missing", "state", "shop_id"])
        for shop in rows.shop_id:
            ids = rows.filtered(lambda row, shop=shop: row.shop_id == shop).mapped("external_id")
            held = self.env.execute_query(
                SQL(
                    "SELECT id FROM merchantpro_order"
                    " WHERE shop_id = %s AND state = 'held' AND missing ?| %s",
                    shop.id,
                    [f"id:{each}" for each in ids],
                )
            )
            self.browse(order_id for (order_id,) in held).process()
