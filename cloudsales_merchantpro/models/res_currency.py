"""A currency that was activated lets the orders in that were held for it."""

from odoo import models


class ResCurrency(models.Model):
    _inherit = "res.currency"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active"):
            shops = self.env["merchantpro.shop"].sudo().search([("active", "=", True)])
            marks = [f"currency:{name}" for name in self.mapped("name")]
            self.env["merchantpro.order"].sudo()._retry_marked(shops, marks)
        return result
