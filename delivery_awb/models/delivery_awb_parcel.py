"""One parcel of a waybill, as the courier counts, weighs and numbers them."""

from odoo import fields, models


class DeliveryAwbParcel(models.Model):
    _name = "delivery.awb.parcel"
    _description = "Parcel of a Waybill"
    _order = "awb_id, sequence, id"
    _rec_name = "number"

    awb_id = fields.Many2one("delivery.awb", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="awb_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    weight = fields.Float(help="Kilograms.")
    # The lint takes it for the `length` that fields had long ago.
    length = fields.Float(help="Centimetres.")  # pylint: disable=attribute-deprecated
    width = fields.Float(help="Centimetres.")
    height = fields.Float(help="Centimetres.")
    number = fields.Char(readonly=True, copy=False, help="The courier's number of this parcel.")
    package_id = fields.Many2one("stock.package", ondelete="set null")
