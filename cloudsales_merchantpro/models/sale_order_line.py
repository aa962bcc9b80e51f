"""Lines of sales orders that came from a shop."""

from odoo import fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    merchantpro_row = fields.Integer(
        string="Row of the Shop's Order",
        copy=False,
        readonly=True,
        help="Its place on the site, from 1; shipping and store credit have negative numbers.",
    )
