"""The invoices of a transfer, and what goods of it are to be on one."""

from collections import defaultdict
from decimal import Decimal

from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    merchantpro_invoice_ids = fields.Many2many(
        "account.move", string="Invoices of the Transfer", copy=False, readonly=True
    )

    def _outgoing_transfers(self):
        """This transfer and those that take its goods on, to the buyer."""
        found = following = self
        while following:
            following = following.move_ids.move_dest_ids.picking_id - found
            found |= following
        return found

    def _goods_to_invoice(self):
        """{sales order line: quantity} of this transfer that none of its invoices has. Of one
        that is not done, what is set aside for it, or else what was asked for."""
        self.ensure_one()
        if self.picking_type_code == "incoming":
            return {}
        moved = defaultdict(Decimal)
        moves = self.move_ids.filtered(lambda move: move.state != "cancel" and move.sale_line_id)
        set_aside = any(moves.mapped("quantity"))
        for move in moves:
            line = move.sale_line_id
            quantity = move.quantity if set_aside else move.product_uom_qty
            if move.product_id == line.product_id:
                quantity = move.product_uom._compute_quantity(quantity, line.product_uom_id)
                moved[line] += Decimal(str(round(quantity, 6)))
        for line in moves.sale_line_id - self.env["sale.order.line"].union(*moved):
            moved[line] = self._kits_to_invoice(line)
        for billed in self.merchantpro_invoice_ids.invoice_line_ids:
            for line in billed.sale_line_ids:
                moved[line] -= Decimal(str(round(billed.quantity, 6)))
        return moved

    def _kits_to_invoice(self, line):
        """A line whose goods are parts of it: whole ones that are delivered, or, when nothing
        else of it is to follow, all of them."""
        others = line.move_ids.picking_id - self
        if any(each.state not in ("done", "cancel") for each in others):
            return Decimal(str(line.qty_delivered))
        return Decimal(str(line.product_uom_qty))
