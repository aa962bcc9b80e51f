"""What happens to a sales order here that its shop is told: cancelled, shipped, delivered."""

from odoo import fields, models

from ..api.waybills import site_waybill


class SaleOrder(models.Model):
    _inherit = "sale.order"

    merchantpro_delivered_at = fields.Datetime(string="Delivered", readonly=True, copy=False)

    def _tell_site(self, kind, value=None):
        """The shops of these orders are to be told; nothing for orders of no shop."""
        orders = self.sudo().merchantpro_order_id
        if orders:
            self.env["merchantpro.order.message"].sudo()._note(orders, kind, value)

    def _tell_site_awb(self, number):
        """Unless it is the site that made this waybill."""
        self.filtered(
            lambda sale: site_waybill(sale.sudo().merchantpro_order_id.payload).number != number
        )._tell_site("awb", number)

    def _action_cancel(self):
        result = super()._action_cancel()
        of_shops = self.filtered("merchantpro_order_id")
        left = of_shops.filtered(lambda sale: sale._goods_are_away())
        for sale in left:
            sale.message_post(
                body=self.env._("The shop is not told of the cancellation: goods have left.")
            )
        (of_shops - left)._tell_site("cancelled")
        return result

    def _goods_are_away(self):
        return any(
            line.product_id.type == "consu" and line.qty_delivered > 0 for line in self.order_line
        )

    def _tell_if_shipped(self):
        """Tell the shops of those orders of which nothing is left to send."""
        self.filtered(lambda sale: sale._has_left())._tell_site("shipped")

    def _has_left(self):
        """Whether goods have gone to the buyer and none is to follow."""
        outgoing = self.picking_ids.filtered(lambda each: each.picking_type_code != "incoming")
        to_buyer = outgoing.move_ids.filtered(
            lambda move: move.state == "done" and move.location_dest_id.usage == "customer"
        )
        return bool(to_buyer) and all(each.state in ("done", "cancel") for each in outgoing)

    def _mark_delivered(self):
        """The buyer has the goods, as a courier or a person says; once is enough."""
        sales = self.filtered(lambda sale: not sale.merchantpro_delivered_at)
        sales.merchantpro_delivered_at = fields.Datetime.now()
        sales._tell_site("delivered")

    def action_mark_delivered(self):
        self._mark_delivered()
