"""What a waybill of an order of a shop is to be: how much to collect, which locker, and whether
one is wanted at all."""

from odoo import models
from odoo.tools import SQL

from ..api import waybills

# The courier does not bring money of these any more.
NOTHING_COLLECTED = ("cancelled", "refused", "returning", "returned")


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _awb_hindrance(self):
        words = super()._awb_hindrance()
        if words or self.carrier_id.delivery_type == "merchantpro":
            return words
        number = self.sudo()._merchantpro_awb_on_site()
        if number:
            return self.env._(
                "%(transfer)s: the site made waybill %(number)s for this order. Cancel it there, or"
                " choose “Made on the Site” as the delivery method.",
                transfer=self.name,
                number=number,
            )
        return ""

    def _awb_wanted(self):
        """Whether it has no waybill, or one that the courier does not have."""
        return self._awb_live().state in (False, "draft", "error")

    def _merchantpro_awb_on_site(self):
        """The number of a waybill that the site has and that does not come from here."""
        order = self.sale_id.merchantpro_order_id
        number = waybills.site_waybill(order.payload).number if order else ""
        ours = self.sale_id.picking_ids
        known = {*ours.awb_ids.mapped("number"), *ours.mapped("carrier_tracking_ref")}
        return number if number not in known else ""

    def _awb_locker_code(self):
        order = self.sudo().sale_id.merchantpro_order_id
        return waybills.locker(order.payload) or super()._awb_locker_code()

    def _awb_cod_amount(self):
        """What is unpaid now of an order whose payment a courier collects; of an order that goes
        in several parcels, what is in this one, and with the last one what is left."""
        sale = self.sudo().sale_id
        if not sale.merchantpro_order_id:
            return super()._awb_cod_amount()
        # Two parcels of one order at once: the second one sees what the first one collects.
        self.env.cr.execute(SQL("SELECT 1 FROM sale_order WHERE id = %s FOR UPDATE", sale.id))
        left = sale._merchantpro_to_collect(self)
        following = sale.picking_ids._to_buyer().filtered(
            lambda each: (
                each != self and each.state not in ("done", "cancel") and not each._awb_live()
            )
        )
        if following:
            left = min(left, self._merchantpro_value())
        return max(sale.currency_id.round(left), 0.0)

    def _merchantpro_value(self):
        """What the buyer pays for the goods of this transfer; with the first one of the order go
        shipping, discounts and the like."""
        sale = self.sale_id
        value = 0.0
        for move in self.move_ids.filtered(lambda each: each.state != "cancel"):
            line = move.sale_line_id
            if line.product_uom_qty:
                quantity = move.product_uom._compute_quantity(
                    move.product_uom_qty, line.product_uom_id
                )
                value += line.price_total * quantity / line.product_uom_qty
        if self == sale.picking_ids._to_buyer().sorted("id")[:1]:
            goods = sale.picking_ids.move_ids.sale_line_id
            value += sum((sale.order_line - goods).mapped("price_total"))
        return value
