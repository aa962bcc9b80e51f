"""The amount to collect is fixed when the waybill is made; the buyer may pay afterwards all the
same. A person is told, once, while the courier still goes to collect."""

from odoo import fields, models

from .awb_states import UNDER_WAY


class DeliveryAwb(models.Model):
    _inherit = "delivery.awb"

    amount_told = fields.Boolean(readonly=True, copy=False)

    def _check_amount(self):
        if self.state not in ("issued", *UNDER_WAY) or self.cod_by_hand or self.amount_told:
            return
        due = self.picking_id._awb_cod_amount()
        if self.currency_id.compare_amounts(due, self.cod_amount) == 0:
            return
        self.amount_told = True
        self._ask_person(
            self.env._(
                "The courier goes to collect %(collected)s, but %(due)s is unpaid now.",
                collected=self.currency_id.format(self.cod_amount),
                due=self.currency_id.format(due),
            )
        )
