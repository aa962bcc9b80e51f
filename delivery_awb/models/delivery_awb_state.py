"""How a waybill changes its state: along the table of awb_states, told once to `_on_state`."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .awb_states import UNMADE, may_become


class DeliveryAwb(models.Model):
    _inherit = "delivery.awb"

    state_at = fields.Datetime(
        string="In This State Since", default=fields.Datetime.now, readonly=True, copy=False
    )

    def _on_state(self, before):
        """Called in the transaction in which these waybills, all of one new state, got it;
        `before` is the state they had. Other addons extend it."""

    def _become(self, state, **values):
        """Write the new state and what comes with it, and tell it to the hook."""
        for before in sorted(set(self.mapped("state"))):
            waybills = self.filtered(lambda each, before=before: each.state == before)
            if not may_become(before, state):
                raise UserError(waybills._words_for_change(before, state))
            waybills.write({"state": state, "state_at": self._now(), **values})
            if state not in UNMADE:
                waybills.activity_unlink(["mail.mail_activity_data_warning"])
            waybills._on_state(before)

    def _words_for_change(self, before, state):
        names = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "Waybill %(waybill)s is “%(before)s” and cannot become “%(after)s”.",
            waybill=self[:1].display_name,
            before=names[before],
            after=names[state],
        )

    def _lock(self):
        """Nobody else changes this waybill until the transaction ends; what is read afterwards is
        what it is now. False when somebody else is at it."""
        self.ensure_one()
        self.flush_recordset()
        self.env.cr.execute(
            SQL("SELECT 1 FROM delivery_awb WHERE id = %s FOR UPDATE SKIP LOCKED", self.id)
        )
        found = bool(self.env.cr.fetchone())
        self.invalidate_recordset()
        return found
