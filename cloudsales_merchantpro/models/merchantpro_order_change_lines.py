"""The lines of a sales order follow the lines of the site. What people changed here stays, and
the total must again be the site's to the cent; else nothing is changed."""

from odoo import models

from .merchantpro_order_change import ChangeNotApplied
from .order_difference import Digits, plan

COLUMNS = {
    "name": "name",
    "quantity": "product_uom_qty",
    "price": "price_unit",
    "taxes": "tax_ids",
    "product": "product_id",
    "is_delivery": "is_delivery",
}


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    def _line_edits(self, before, after, meanings):
        """[Edit] from one api Order to another; the keys are sales order lines."""
        digits = Digits(self.env)
        rows = [
            [digits.of_values(values) for _command, _id, values in self._prepare_lines(*each)]
            for each in zip((before, after), meanings, strict=True)
        ]
        if rows[0] == rows[1]:
            return []
        lines = self.sale_order_id.order_line.filtered(
            lambda line: not line.display_type and (line.product_uom_qty or line.price_total)
        )
        return plan(*rows, {line: digits.of_line(line) for line in lines})

    def _edit_lines(self, edits, before, after, words):
        """Make these edits. Raises ChangeNotApplied if the total is not the site's then."""
        clash = [edit for edit in edits if edit.before and self._clashes(edit)]
        if clash:
            reason = self.env._("Somebody changed the same lines here.")
            raise ChangeNotApplied("\n".join([reason, *words]))
        # What is taken away first: the pieces may be needed by what is added.
        for edit in sorted(edits, key=lambda edit: edit.after.quantity if edit.after else -1):
            self._edit_line(edit)
        if edits or before.total != after.total:
            reason = self._total_differs(self.sale_order_id, after)
            if reason:
                raise ChangeNotApplied("\n".join([str(reason), *words])) from reason

    def _clashes(self, edit):
        """Whether a person made something else of what the site changed."""
        if not edit.here:
            return True
        if not edit.after:
            return edit.here.quantity != edit.before.quantity
        return any(
            getattr(edit.here, name) not in (getattr(edit.before, name), getattr(edit.after, name))
            for name in edit.fields
        )

    def _edit_line(self, edit):
        if not edit.before:
            self.env["sale.order.line"].create(
                {"order_id": self.sale_order_id.id, **self._prepare_row_values(edit.after)}
            )
        elif edit.after:
            edit.line.write(self._prepare_row_values(edit.after, edit.fields))
        else:
            self._remove_line(edit.line)

    def _prepare_row_values(self, row, names=tuple(COLUMNS)):
        """Values of a sales order line from these fields of a Row."""
        values = {COLUMNS[name]: getattr(row, name) for name in names}
        if "tax_ids" in values:
            values["tax_ids"] = [(6, 0, row.taxes)]
        if "price_unit" in values or "product_uom_qty" in values:
            # As for a new line: or else a changed quantity brings the catalogue's price back.
            values["price_unit"] = row.price
            values["technical_price_unit"] = row.price - 1
        return values

    def _remove_line(self, line):
        """Odoo lets nobody delete what was confirmed once."""
        if line._check_line_unlink():
            line.product_uom_qty = 0
        else:
            line.unlink()
