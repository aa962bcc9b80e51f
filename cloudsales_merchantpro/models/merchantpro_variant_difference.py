"""What differs between the site and the ERP, for people who look through the list.

Nothing of it is stored: a price list, a tax or a move of stock anywhere would have to rewrite
it. The filters therefore look at every linked row of the companies in sight."""

from odoo import api, fields, models
from odoo.tools import float_compare, split_every

CHUNK = 1000


class MerchantProVariant(models.Model):
    _inherit = "merchantpro.variant"

    erp_price = fields.Float(
        string="Price Here",
        compute="_compute_erp_price",
        digits=(16, 2),
        help="What the site should ask, VAT included, if Odoo decides its prices; else the price"
        " of the pricelist that takes the site's, or the sales price of the product.",
    )
    erp_stock = fields.Float(
        string="Stock Here",
        compute="_compute_erp_stock",
        digits="Product Unit",
        help="What the site is told, in whole units.",
    )
    price_differs = fields.Boolean(compute="_compute_price_differs", search="_search_price_differs")
    stock_differs = fields.Boolean(compute="_compute_stock_differs", search="_search_stock_differs")

    @api.depends("product_id.lst_price", "product_id.taxes_id", "shop_id.price_direction")
    def _compute_erp_price(self):
        self.erp_price = 0.0
        for shop in self.shop_id:
            rows = self.filtered(lambda row, s=shop: row.shop_id == s)
            prices = shop._prices_here(rows.product_id)
            for row in rows.filtered("product_id"):
                row.erp_price = prices[row.product_id]

    @api.depends("product_id", "match_state")
    def _compute_erp_stock(self):
        self.erp_stock = 0.0
        for shop in self.shop_id:
            rows = self.filtered(lambda row, s=shop: row.shop_id == s)
            for row, quantity in shop._published_stock(rows).items():
                row.erp_stock = quantity

    @api.depends("erp_price", "price_gross", "match_state")
    def _compute_price_differs(self):
        for row in self:
            row.price_differs = row.match_state == "linked" and bool(
                float_compare(row.erp_price, row.price_gross, precision_digits=2)
            )

    @api.depends("erp_stock", "stock", "match_state")
    def _compute_stock_differs(self):
        published = set()
        for shop in self.shop_id:
            rows = self.filtered(lambda row, s=shop: row.shop_id == s)
            published |= {row.id for row in shop._published_stock(rows)}
        for row in self:
            row.stock_differs = row.id in published and row.erp_stock != row.stock

    def _search_price_differs(self, operator, value):
        return self._search_difference("price_differs", operator)

    def _search_stock_differs(self, operator, value):
        return self._search_difference("stock_differs", operator)

    def _search_difference(self, name, operator):
        if operator != "in":
            return NotImplemented
        linked = self.search([("match_state", "=", "linked")])
        found = []
        for ids in split_every(CHUNK, linked.ids):
            rows = self.browse(ids)
            found += rows.filtered(name).ids
            rows.invalidate_recordset(flush=False)
        return [("id", "in", found)]
