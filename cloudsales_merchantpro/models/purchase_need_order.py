"""The purchase of the needs of one supplier: a line for each product and unit."""

import math

from odoo import fields, models
from odoo.exceptions import UserError


class PurchaseNeed(models.Model):
    _inherit = "purchase.need"

    def _make_purchase(self, day=None):
        """The purchase of these: a draft of the same cut-off that is there, or a new one."""
        cutoff = self.env["purchase.need.cutoff"]._of(self.company_id, self.supplier_id)
        values = self._prepare_purchase_values(day or cutoff._next_day(self.company_id))
        order = self._open_draft(values)
        lines = self._prepare_line_values(order)
        if order:
            order.write({"order_line": lines, "origin": self._origins(order.origin)})
        else:
            order = self.env["purchase.order"].create([{**values, "order_line": lines}])
        return order

    def _open_draft(self, values):
        keys = ("company_id", "partner_id", "picking_type_id", "currency_id", "need_cutoff")
        domain = [(key, "=", values[key]) for key in keys]
        return self.env["purchase.order"].search([*domain, ("state", "=", "draft")], limit=1)

    def _prepare_purchase_values(self, day):
        supplier, company = self.supplier_id, self.company_id
        supplier = supplier.with_company(company)
        fiscal = self.env["account.fiscal.position"].with_company(company)
        return {
            "company_id": company.id,
            "partner_id": supplier.id,
            "user_id": supplier.buyer_id.id,
            "picking_type_id": self._picking_type().id,
            "currency_id": self._currency(supplier).id,
            "payment_term_id": supplier.property_supplier_payment_term_id.id,
            "fiscal_position_id": fiscal._get_fiscal_position(supplier).id,
            "date_order": fields.Datetime.now(),
            "origin": self._origins(),
            "need_cutoff": day,
        }

    def _picking_type(self):
        receipts = self.warehouse_id.in_type_id
        if not receipts.active:
            raise UserError(
                self.env._("The warehouse %s receives nothing.", self.warehouse_id.name)
            )
        return receipts

    def _currency(self, supplier):
        """That of its prices if they agree, as Odoo does; else that of the supplier."""
        prices = self.seller_id.currency_id
        if len(prices) == 1:
            return prices
        return supplier.property_purchase_currency_id or self.company_id.currency_id

    def _origins(self, before=False):
        """The orders that wait, as many as one can read."""
        names = [name for name in (before or "").split(", ") if name]
        names += [name for name in self.sale_order_id.mapped("name") if name not in names]
        more = len(names) - 20
        return ", ".join([*names[:20], *(["…"] if more > 0 else [])]) or False

    def _prepare_line_values(self, order):
        """Commands for the lines of `order`, which may be empty: more of a line, or a new one."""
        commands = []
        by_line = self.grouped(lambda need: (need.product_id, need._purchase_unit()))
        for (product, unit), needs in by_line.items():
            line = order.order_line.filtered(
                lambda line, product=product, unit=unit: (
                    line.product_id == product and line.product_uom_id == unit and line.need_qty
                )
            )[:1]
            asked = sum(needs.mapped("quantity"))
            if line:
                total = needs._joined(line, asked)
                commands.append((1, line.id, {"product_qty": total, "need_qty": total}))
                continue
            quantity = needs._in_purchase_unit(asked, unit)
            values = {
                "product_id": product.id,
                "product_uom_id": unit.id,
                "product_qty": quantity,
                "need_qty": quantity,
                # Where reordering rules look for what is on its way.
                "location_final_id": self.warehouse_id.lot_stock_id.id,
            }
            commands.append((0, 0, values))
        return commands

    def _joined(self, line, asked):
        """What a line of a draft is to order when so much joins it."""
        if line.product_qty != line.need_qty:  # a person decided otherwise
            return line.product_qty + self._in_purchase_unit(asked, line.product_uom_id)
        before = line.need_ids.filtered(lambda need: need.state == "ordered")
        asked += sum(before.mapped("quantity"))
        return self._in_purchase_unit(asked, line.product_uom_id)

    def _purchase_unit(self):
        return self.seller_id.product_uom_id or self.product_id.uom_id

    def _in_purchase_unit(self, quantity, unit):
        """What to order for `quantity` in the unit of the product: not less than the supplier's
        minimum, and whole packages."""
        quantity = max(quantity, *self.mapped("minimum_qty"))
        package = unit._compute_quantity(1, self.product_id.uom_id, round=False)
        if package > 1:
            return math.ceil(round(quantity / package, 6))
        return self.product_id.uom_id._compute_quantity(quantity, unit)
