"""Pickings of shop orders that print by themselves, once, as soon as all their goods are reserved.

The switch is the shop's, the printer the shop's or the warehouse's. Whatever reserves (an import, a
receipt, a person) writes the state of moves; where goods leave in several steps, the first one is
printed, in which they are taken from their shelves."""

from odoo import fields, models


class StockMove(models.Model):
    _inherit = "stock.move"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") in ("assigned", "cancel"):
            self.sudo().picking_id._print_when_reserved()
        return result


class StockPicking(models.Model):
    _inherit = "stock.picking"

    merchantpro_print_count = fields.Integer(compute="_compute_merchantpro_print_count")

    def _compute_merchantpro_print_count(self):
        domain = self._print_jobs_domain()
        jobs = self.env["merchantpro.print.job"].search_fetch(domain, ["picking_id", "awb_id"])
        for picking in self:
            picking.merchantpro_print_count = len(
                jobs.filtered(
                    lambda job, own=picking: own in (job.picking_id, job.awb_id.picking_id)
                )
            )

    def _print_jobs_domain(self):
        return ["|", ("picking_id", "in", self.ids), ("awb_id.picking_id", "in", self.ids)]

    def _print_when_reserved(self):
        jobs = self.env["merchantpro.print.job"]
        printers = self.env["merchantpro.printer"]
        for picking in self:
            if not picking.sale_id.merchantpro_shop_id.print_picking:
                continue
            printer, copies = jobs._printer_for("picking", picking)
            if printer and picking._is_to_pick() and jobs._add("picking", picking, printer, copies):
                printers |= printer
        printers.print_waiting()

    def _is_to_pick(self):
        """Whether all goods are reserved where they lie on shelves, and nothing was taken yet."""
        moves = self.move_ids.filtered(lambda move: move.state != "cancel")
        return (
            bool(moves)
            and self.picking_type_code != "incoming"
            and not moves.move_orig_ids
            and all(move.state == "assigned" for move in moves)
        )

    def action_print_on_printer(self):
        """Print these pickings on the printer of their shop or warehouse; what was printed before
        only after asking."""
        return self.env["merchantpro.print.again"]._print("picking", self)

    def action_print_batch(self):
        """One list to walk the shelves with for all of these, then a page each."""
        return self.env["merchantpro.print.job"]._print_batch(self)

    def action_open_print_jobs(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cloudsales_merchantpro.merchantpro_print_job_action"
        )
        return {**action, "domain": self._print_jobs_domain(), "context": {}}
