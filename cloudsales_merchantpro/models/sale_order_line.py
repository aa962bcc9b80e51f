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

    def _action_launch_stock_rule(self, *, previous_product_uom_qty=False):
        if previous_product_uom_qty:
            self.filtered("order_id.merchantpro_order_id")._align_deadlines()
        return super()._action_launch_stock_rule(previous_product_uom_qty=previous_product_uom_qty)

    def _align_deadlines(self):
        """Odoo takes pieces out of a delivery only if it is due when the line is now. The lines of
        a shop are: the order got the date of the site after it was confirmed. Without this, less
        of a line makes a receipt beside the whole delivery, and the stock stays reserved."""
        for line in self:
            due = line.order_id.commitment_date or line._expected_date()
            line.move_ids.filtered(
                lambda move, due=due: (
                    move.state not in ("done", "cancel") and move.date_deadline != due
                )
            ).date_deadline = due
