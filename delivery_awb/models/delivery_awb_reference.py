"""The name under which a courier gets to know our waybill: short, stable, and no other's, so that
after a time-out it can be asked for."""

import hashlib

from odoo import models


class DeliveryAwb(models.Model):
    _inherit = "delivery.awb"

    def _client_reference(self):
        """At most 20 letters, digits and a dash; the same as long as the waybill exists."""
        self.ensure_one()
        return self.reference

    def _new_reference(self):
        """Several databases may use one account, so part of it comes from the database. Kept on
        the record, because a restored database gets another uuid."""
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid", "")
        return f"{hashlib.sha256(uuid.encode()).hexdigest()[:8].upper()}-{self.id}"
