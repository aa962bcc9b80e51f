"""The invoices of a transfer, and what goods of it are to be on one."""

from collections import defaultdict
from decimal import Decimal

from odoo import fields, models

from .document_amounts import decimal_of


class StockPicking(models.Model):
    _inherit = "stock.picking"

    merchantpro_invoice_ids = fields.Many2many(
        "account.move",
        string="Invoices of the Transfer",
        copy=False,
        readonly=True,
        # Who packs may not read invoices, and reads transfers with all their fields.
        groups="account.group_account_readonly,account.group_account_invoice,"
        "sales_team.group_sale_salesman",
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
                moved[line] += decimal_of(quantity)
        for billed in self.merchantpro_invoice_ids.invoice_line_ids:
            for line in billed.sale_line_ids & self.env["sale.order.line"].union(*moved):
                moved[line] -= decimal_of(billed.quantity)
        for line in moves.sale_line_id - self.env["sale.order.line"].union(*moved):
            moved[line] = self._kits_to_invoice(line)
        return moved

    def _kits_to_invoice(self, line):
        """Of a line whose goods are its parts: the whole kits that have left, or, when nothing
        else of it is to follow, all that are not invoiced."""
        row = line._invoice_row()
        others = line.move_ids.picking_id - self._outgoing_transfers()
        if any(each.state not in ("done", "cancel") for each in others):
            return decimal_of(line.qty_delivered) - row.invoiced
        return row.left
