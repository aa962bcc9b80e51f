"""What Odoo's own fields of the transfer say about its waybill."""

from odoo import models


class DeliveryAwb(models.Model):
    _inherit = "delivery.awb"

    def _tell_transfer(self):
        """Number, carrier and price on the transfer, as Odoo's own shipments leave them."""
        picking, carrier = self.picking_id, self.carrier_id
        if self.detached:
            return
        values = {"carrier_id": carrier.id, "carrier_tracking_ref": self.number}
        if self.cost:
            values["carrier_price"] = carrier._apply_margins(self._price(), picking.sale_id)
        picking.write(values)
        if self.cost and picking.sale_id:
            picking._add_delivery_cost_to_so()

    def _price(self):
        """What it costs the buyer before margins: nothing, over the carrier's limit."""
        carrier, sale = self.carrier_id, self.picking_id.sale_id
        if carrier.free_over and sale:
            total = sale._compute_amount_total_without_delivery()
            if carrier._compute_currency(sale, total, "pricelist_to_company") >= carrier.amount:
                return 0.0
        return self.cost

    def _untell_transfer(self):
        for waybill in self:
            picking = waybill.picking_id
            if waybill.number and picking.carrier_tracking_ref == waybill.number:
                picking.write({"carrier_tracking_ref": False, "carrier_price": 0.0})
