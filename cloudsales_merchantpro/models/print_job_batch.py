"""Several pickings as one list, and what is said where no printer is set."""

from odoo import api, models
from odoo.exceptions import UserError


class MerchantProPrintJob(models.Model):
    _inherit = "merchantpro.print.job"

    @api.model
    def _print_batch(self, pickings):
        """Queue one document for all these transfers, as a person asks; it is shown."""
        pickings.check_access("read")
        pickings = pickings.filtered(lambda each: each.state not in ("done", "cancel"))
        if not pickings:
            raise UserError(self.env._("Nothing is left to pick."))
        printer, copies = self._printer_for("batch", pickings[0])
        if not printer:
            raise UserError(self._no_printer_words("batch"))
        job = self.sudo().create(
            {
                "what": "batch",
                "picking_ids": pickings.ids,
                "company_id": printer.company_id.id,
                "printer_id": printer.id,
                "copies": max(copies, 1),
                "user_id": self.env.uid,
            }
        )
        printer.print_waiting()
        return job._shown()

    def _shown(self):
        """These rows on the screen."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cloudsales_merchantpro.merchantpro_print_job_action"
        )
        return {**action, "domain": [("id", "in", self.ids)], "context": {}}

    def _no_printer_words(self, what):
        if what in ("picking", "batch"):
            return self.env._("Choose a printer of pickings in the shop or the warehouse.")
        if what == "label":
            return self.env._("Choose a printer of labels in the shop or the warehouse.")
        return self.env._("Choose a printer of invoices in the shop or the warehouse.")

    def _hurry(self):
        """Do not wait for a pause to end: what it waited for is there."""
        self.next_try = False
        self.printer_id.print_waiting()
