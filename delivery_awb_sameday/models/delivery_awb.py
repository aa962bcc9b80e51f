"""The locker of a waybill, chosen from Sameday's list instead of typed."""

from odoo import api, fields, models


class DeliveryAwb(models.Model):
    _inherit = "delivery.awb"

    sameday_locker_id = fields.Many2one(
        "sameday.locker",
        string="Locker or Point",
        compute="_compute_sameday_locker_id",
        inverse="_inverse_sameday_locker_id",
        domain="[('server', '=', sameday_server)]",
    )
    sameday_server = fields.Char(compute="_compute_sameday_locker_id")

    @api.depends("locker_code", "carrier_id")
    def _compute_sameday_locker_id(self):
        lockers = self.env["sameday.locker"]
        for waybill in self:
            carrier = waybill.carrier_id
            of_sameday = carrier.delivery_type == "sameday"
            waybill.sameday_server = of_sameday and carrier._sameday_server()
            waybill.sameday_locker_id = (
                lockers._find(waybill.sameday_server, waybill.locker_code)
                if of_sameday and waybill.locker_code
                else False
            )

    def _inverse_sameday_locker_id(self):
        for waybill in self:
            waybill.locker_code = waybill.sameday_locker_id.code
