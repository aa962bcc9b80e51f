"""The label: fetched when the waybill is made, and whenever it is wanted and not there."""

import base64
import logging

from odoo import models
from odoo.exceptions import UserError

from .awb_states import UNMADE

_logger = logging.getLogger(__name__)


class DeliveryAwb(models.Model):
    _inherit = "delivery.awb"

    def _label_values(self, content):
        name = (self.number or self.picking_id.name or "awb").replace("/", "-")
        return {"label": base64.b64encode(content), "label_filename": f"{name}.pdf"}

    def _is_label(self, content):
        """Whether this can be printed; a page that tells an error cannot."""
        return bool(content) and content.startswith(b"%PDF")

    def _fetch_label(self):
        """Try; what went wrong is on the waybill, which is none the worse for it."""
        try:
            with self.env.cr.savepoint():
                content = self.carrier_id._awb_label(self)
        except Exception as error:
            _logger.info("Label of waybill %s: %s", self.number, error)
            self.problem = self.env._("The label could not be fetched yet: %s", error)
            return
        if self._is_label(content):
            self.write({**self._label_values(content), "problem": False})
        elif content:
            self.problem = self.env._("What the courier sent as the label is no PDF.")

    def _job_label(self):
        with self._alone() as waybill:
            if waybill is None:
                self._busy()
            elif waybill._lock() and not waybill.label and waybill.state not in UNMADE:
                waybill._fetch_label()

    def _with_label(self):
        """The label's bytes, fetched now if need be. Raises UserError when there is none."""
        self.ensure_one()
        waybill = self.sudo()
        possible = self.state not in UNMADE and waybill.carrier_id._awb_can("label")
        if not waybill.label and possible:
            waybill._fetch_label()
        if not waybill.label:
            raise UserError(
                waybill.problem or self.env._("Waybill %s has no label.", self.display_name)
            )
        return base64.b64decode(waybill.label)
