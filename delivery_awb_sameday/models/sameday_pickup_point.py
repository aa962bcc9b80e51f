"""Where the courier picks parcels up, and whom it asks for there."""

from odoo import fields, models


class SamedayPickupPoint(models.Model):
    _name = "sameday.pickup.point"
    _description = "Pickup Point of Sameday"
    _order = "is_default desc, name, id"

    carrier_id = fields.Many2one("delivery.carrier", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="carrier_id.company_id", store=True)
    active = fields.Boolean(default=True)
    name = fields.Char(required=True, readonly=True)
    number = fields.Integer(required=True, readonly=True)
    address = fields.Char(readonly=True)
    is_default = fields.Boolean(readonly=True)
    contact_ids = fields.One2many("sameday.contact", "pickup_point_id", string="Contact Persons")

    _number_uniq = models.UniqueIndex("(carrier_id, number)")


class SamedayContact(models.Model):
    _name = "sameday.contact"
    _description = "Contact Person at a Pickup Point of Sameday"
    _order = "is_default desc, name, id"

    pickup_point_id = fields.Many2one(
        "sameday.pickup.point", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="pickup_point_id.company_id", store=True)
    active = fields.Boolean(default=True)
    name = fields.Char(required=True, readonly=True)
    number = fields.Integer(required=True, readonly=True)
    phone = fields.Char(readonly=True)
    is_default = fields.Boolean(readonly=True)

    _number_uniq = models.UniqueIndex("(pickup_point_id, number)")
