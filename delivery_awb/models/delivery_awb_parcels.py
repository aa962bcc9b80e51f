"""The parcels of a waybill as couriers want them: one entry for each, whether listed or counted."""

from odoo import models


class DeliveryAwb(models.Model):
    _inherit = "delivery.awb"

    def _parcel_sizes(self):
        """[{"weight": kg, "length", "width", "height": cm, 0 when unknown}]; the weights add up
        to the waybill's."""
        self.ensure_one()
        if self.parcel_ids:
            return [
                {name: each[name] for name in ("weight", "length", "width", "height")}
                for each in self.parcel_ids
            ]
        count = max(self.parcel_count, 1)
        size = {"weight": self.weight / count, "length": 0.0, "width": 0.0, "height": 0.0}
        return [dict(size) for _each in range(count)]

    def _number_parcels(self, numbers):
        """Keep the courier's numbers, parcel by parcel."""
        if len(numbers) > 1 and not self.parcel_ids:
            share = self.weight / len(numbers)
            self.parcel_ids = [(0, 0, {"weight": share}) for _each in numbers]
        for parcel, number in zip(self.parcel_ids, numbers, strict=False):
            parcel.number = number
