"""What a sales order waits for, in words, where the seller and the warehouse look."""

from odoo import api, fields, models
from odoo.tools import format_date

from .purchase_need import LIVING


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    need_ids = fields.One2many("purchase.need", "sale_line_id", string="Purchase Needs")
    need_words = fields.Char(string="Waits For", compute="_compute_need_words", compute_sudo=True)

    @api.depends("need_ids.state", "need_ids.purchase_line_id.date_planned")
    def _compute_need_words(self):
        for line in self:
            living = line.need_ids.filtered(lambda need: need.state in LIVING)
            line.need_words = "; ".join(living._words()) or False


class PurchaseNeed(models.Model):
    _inherit = "purchase.need"

    def _words(self):
        """What each of these is waiting for."""
        for need in self:
            if need.state in ("ordered", "covered") and need.purchase_line_id:
                yield need._words_of_purchase()
            else:
                yield need._words_of_state()

    def _words_of_purchase(self):
        values = {
            "quantity": self.missing_qty,
            "supplier": self.purchase_order_id.partner_id.name,
            "order": self.purchase_order_id.name,
            "expected": self._day(self.expected_at),
        }
        if self.state == "covered":
            return self.env._(
                "%(quantity)g already coming from %(supplier)s (%(order)s), expected on"
                " %(expected)s",
                **values,
            )
        return self.env._(
            "%(quantity)g ordered at %(supplier)s on %(ordered)s (%(order)s), expected on"
            " %(expected)s",
            ordered=self._day(self.ordered_at),
            **values,
        )

    def _words_of_state(self):
        values = {
            "quantity": self.missing_qty,
            "supplier": self.supplier_id.name,
            "problem": self.problem,
        }
        if self.state == "open":
            return self.env._("%(quantity)g to order from %(supplier)s", **values)
        if self.state == "blocked":
            return self.env._("%(quantity)g to order: %(problem)s", **values)
        if self.state == "excluded":
            return self.env._("%(quantity)g not to be ordered", **values)
        return self.env._("%(quantity)g already coming", **values)

    def _day(self, moment):
        if not moment:
            return "?"
        return format_date(self.env, fields.Datetime.context_timestamp(self, moment).date())


class SaleOrder(models.Model):
    _inherit = "sale.order"

    need_ids = fields.One2many("purchase.need", "sale_order_id", string="Purchase Needs")
    need_count = fields.Integer(compute="_compute_need_count", compute_sudo=True)

    @api.depends("need_ids")
    def _compute_need_count(self):
        for sale in self:
            sale.need_count = len(sale.need_ids)

    def action_open_needs(self):
        return self.need_ids._action_list(self.env._("Purchase Needs of %s", self.name))


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    need_ids = fields.One2many("purchase.need", "purchase_order_id", string="Purchase Needs")
    need_count = fields.Integer(compute="_compute_need_count", compute_sudo=True)

    @api.depends("need_ids")
    def _compute_need_count(self):
        for order in self:
            order.need_count = len(order.need_ids)

    def action_open_needs(self):
        return self.need_ids._action_list(self.env._("Purchase Needs of %s", self.name))


class StockPicking(models.Model):
    _inherit = "stock.picking"

    need_words = fields.Text(string="Waits For", compute="_compute_need_words", compute_sudo=True)

    @api.depends("move_ids.sale_line_id.need_words")
    def _compute_need_words(self):
        for picking in self:
            lines = picking.move_ids.sale_line_id if picking.picking_type_code != "incoming" else ()
            picking.need_words = (
                "\n".join(
                    f"{line.product_id.display_name}: {line.need_words}"
                    for line in lines
                    if line.need_words
                )
                or False
            )
