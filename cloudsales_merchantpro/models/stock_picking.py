"""Transfers of goods that a shop sold: its site is told when they leave, with which waybill, and
when they arrive."""

from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    merchantpro_delivered_at = fields.Datetime(string="Delivered", readonly=True, copy=False)

    def write(self, vals):
        result = super().write(vals)
        if vals.get("carrier_tracking_ref"):
            # At once, not when the goods leave. A return has a waybill of its own.
            sending = self.sudo().filtered(lambda each: each.picking_type_code != "incoming")
            sending.sale_id._tell_site_awb(vals["carrier_tracking_ref"])
        return result

    def _action_done(self):
        result = super()._action_done()
        self.sudo().sale_id._tell_if_shipped()
        return result

    def action_cancel(self):
        result = super().action_cancel()
        # What remained of a delivery will not follow, so all that will has left.
        self.sudo().sale_id._tell_if_shipped()
        return result

    def _mark_delivered(self):
        """These transfers have reached the buyer, as a courier says. Their sales orders have when
        it is true of all they send."""
        fresh = self.filtered(lambda each: not each.merchantpro_delivered_at)
        fresh.merchantpro_delivered_at = fields.Datetime.now()
        for sale in fresh.sudo().sale_id:
            parcels = sale.picking_ids.filtered(
                lambda each: (
                    each.picking_type_code not in ("incoming", "internal")
                    and each.state != "cancel"
                )
            )
            if all(parcels.mapped("merchantpro_delivered_at")):
                sale._mark_delivered()
