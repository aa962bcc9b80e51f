"""The services of a contract. Their numbers, and those of their options, differ from account to
account, so they are chosen by code."""

from odoo import fields, models

HOME, EASYBOX, POINT = "24", "LN", "PP"


class SamedayService(models.Model):
    _name = "sameday.service"
    _description = "Service of Sameday"
    _order = "name, id"

    carrier_id = fields.Many2one("delivery.carrier", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="carrier_id.company_id", store=True)
    active = fields.Boolean(default=True)
    name = fields.Char(required=True, readonly=True)
    code = fields.Char(required=True, readonly=True)
    number = fields.Integer(required=True, readonly=True)
    options = fields.Json(
        readonly=True, help="Numbers of its options, by code and kind of package."
    )

    _code_uniq = models.UniqueIndex("(carrier_id, code)")

    def _option(self, code, package_type):
        """The number of an option for a kind of package, or None when the contract has none."""
        return (self.options or {}).get(f"{code}/{package_type}")
