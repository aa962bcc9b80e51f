"""The actions of rules that print: the document is put in the printer queue, once."""

from odoo import models

from .rule_outcomes import NotNeeded, TryLater


class MerchantProRule(models.Model):
    _inherit = "merchantpro.rule"

    def _do_print_picking(self, run):
        pickings = run.picking_id or run.order_id.picking_ids
        pickings = pickings.filtered(
            lambda each: (
                each.state not in ("done", "cancel")
                and each.picking_type_code != "incoming"
                and not each.move_ids.move_orig_ids
            )
        )
        if not pickings:
            raise NotNeeded(self.env._("Nothing is left to pick."))
        return self._print("picking", pickings)

    def _do_print_label(self, run):
        pickings = run.picking_id or run.order_id.picking_ids
        waybills = pickings.awb_id
        if not waybills:
            raise TryLater(self.env._("There is no waybill yet."))
        if any(not waybill.label for waybill in waybills):
            raise TryLater(self.env._("The courier has not given the label yet."))
        return self._print("label", waybills)

    def _do_print_invoice(self, run):
        invoices = run.move_id or run.order_id.invoice_ids
        invoices = invoices.filtered(
            lambda each: each.state == "posted" and each.move_type == "out_invoice"
        )
        if not invoices:
            raise TryLater(self.env._("There is no posted invoice yet."))
        return self._print("invoice", invoices)

    def _print(self, what, records):
        """Queue a document of each record; returns what was done, in words."""
        jobs = self.env["merchantpro.print.job"].sudo()
        for record in records:
            printer, copies = jobs._printer_for(what, record)
            if not printer:
                # A set of rules is switched on at once, printers come when there are some.
                raise NotNeeded(jobs._no_printer_words(what))
            jobs |= jobs._queue(what, record, printer, copies)
        return self.env._(
            "In the printer queue: %s",
            ", ".join(f"{job.display_name} ({job.printer_id.name})" for job in jobs),
        )
