"""What a person knows better than any connection: the number of a waybill made elsewhere, and, of a
courier that cannot be asked, what became of the parcel."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class DeliveryAwb(models.Model):
    _inherit = "delivery.awb"

    state_by_hand = fields.Boolean(
        compute="_compute_state_by_hand", help="The courier cannot be asked: set the state here."
    )

    @api.depends("carrier_id")
    def _compute_state_by_hand(self):
        for waybill in self:
            waybill.state_by_hand = not waybill.carrier_id._awb_can("status")

    def _type_number(self, number, **values):
        """This waybill exists: `number` is its number at the courier. `values`: label, cost."""
        self.ensure_one()
        if self.state not in ("draft", "error", "uncertain"):
            raise UserError(self._words_for_change(self.state, "issued"))
        url = self.carrier_id._awb_tracking_url(number)
        self.write(
            {"number": number, "queued": False, "problem": False, "tracking_url": url, **values}
        )
        self.flush_recordset()
        self._issued()

    def _set_by_hand(self, state):
        self.check_access("write")
        followed = self.filtered(lambda each: not each.state_by_hand)
        if followed:
            raise UserError(self.env._("%s is followed at the courier.", followed[:1].display_name))
        self._become(state)

    def action_picked_up(self):
        self._set_by_hand("picked_up")

    def action_delivered(self):
        self._set_by_hand("delivered")

    def action_refused(self):
        self._set_by_hand("refused")

    def action_returned(self):
        self._set_by_hand("returned")
