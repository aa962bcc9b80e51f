"""The prices of a warehouse: what shops that sell from it publish, or what a site decides."""

from odoo import api, fields, models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    # A pricelist in use is not deleted: the shops would silently go on with other prices.
    pricelist_id = fields.Many2one(
        "product.pricelist",
        check_company=True,
        ondelete="restrict",
        domain="[('company_id', 'in', (company_id, False))]",
        help="Prices of what MerchantPro shops sell from this warehouse. Empty: the sales prices"
        " of the products.",
    )

    @api.constrains("pricelist_id")
    def _check_pricelist_of_shops(self):
        self._merchantpro_shops()._check_prices()

    def write(self, vals):
        result = super().write(vals)
        if "pricelist_id" in vals:
            self.env["merchantpro.shop"]._price_settings_changed(self._merchantpro_shops())
        return result

    def _merchantpro_shops(self):
        """The shops that sell at these warehouses' prices, or decide them."""
        return (
            self.env["merchantpro.shop"]
            .sudo()
            .search(
                [
                    "|",
                    ("price_warehouse_id", "in", self.ids),
                    ("price_target_warehouse_ids", "in", self.ids),
                ]
            )
        )
