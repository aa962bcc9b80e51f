"""The printer queue: each document that is to be printed, once, and what came of it.

A row is written in the transaction of its cause; the unique index lets the first one count, so a
rule, a switch and two workers together print a picking once. To print it again is a person's
decision, on the same row, and counted."""

import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# Minutes until a document that could not be printed is tried again; the last one for ever after.
PAUSES = (1, 2, 5, 15, 60)
RECORD_FIELDS = {
    "stock.picking": "picking_id",
    "delivery.awb": "awb_id",
    "account.move": "move_id",
}


class MerchantProPrintJob(models.Model):
    _name = "merchantpro.print.job"
    _description = "Document to Print"
    _inherit = "merchantpro.job"
    _order = "id desc"
    _check_company_auto = True

    what = fields.Selection(
        [
            ("picking", "Picking"),
            ("batch", "Batch List"),
            ("label", "Waybill Label"),
            ("invoice", "Invoice"),
            ("proforma", "Proforma"),
            ("other", "Other"),
        ],
        string="Document",
        required=True,
        readonly=True,
    )
    order_id = fields.Many2one("sale.order", readonly=True, ondelete="cascade", index=True)
    picking_id = fields.Many2one(
        "stock.picking", string="Transfer", readonly=True, ondelete="cascade", index=True
    )
    picking_ids = fields.Many2many("stock.picking", string="Transfers", readonly=True)
    awb_id = fields.Many2one(
        "delivery.awb", string="Waybill", readonly=True, ondelete="cascade", index=True
    )
    move_id = fields.Many2one(
        "account.move", string="Invoice", readonly=True, ondelete="cascade", index=True
    )
    attachment_id = fields.Many2one(
        "ir.attachment", string="File", readonly=True, ondelete="set null", copy=False
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    printer_id = fields.Many2one(
        "merchantpro.printer", required=True, check_company=True, ondelete="restrict", index=True
    )
    printer_problem = fields.Text(related="printer_id.problem", string="Printer's Problem")
    reason = fields.Text(string="What Keeps It", compute="_compute_reason")
    copies = fields.Integer(default=1)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("printing", "Printing"),
            ("printed", "Printed"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    problem = fields.Text(readonly=True)
    tries = fields.Integer(string="Failed Tries", readonly=True)
    attempt = fields.Integer(readonly=True, help="Times that it was sent to a printer.")
    handed_over = fields.Boolean(
        readonly=True, help="The printer said that it has it; it is never sent again by itself."
    )
    next_try = fields.Datetime(readonly=True)
    print_count = fields.Integer(string="Times Printed", readonly=True)
    printed_at = fields.Datetime(string="Printed", readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Asked by", readonly=True, help="Empty: it prints by itself."
    )

    _once_uniq = models.UniqueIndex(
        "(what, coalesce(picking_id, 0), coalesce(awb_id, 0), coalesce(move_id, 0),"
        " (CASE WHEN what = 'proforma' THEN order_id ELSE 0 END))"
        " WHERE what NOT IN ('batch', 'other')",
        "This document is in the printer queue already.",
    )
    _due_index = models.Index("(printer_id, id) WHERE state IN ('waiting', 'printing')")

    @api.depends("problem", "state", "printer_problem")
    def _compute_reason(self):
        for job in self:
            job.reason = job.problem or (job.state == "waiting" and job.printer_problem) or False

    @api.depends("what", "picking_id", "awb_id", "move_id", "order_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["what"]._description_selection(self.env))
        for job in self:
            record = job.move_id or job.awb_id or job.picking_id or job.order_id
            name = record.sudo().display_name or job.attachment_id.sudo().name or ""
            job.display_name = f"{kinds.get(job.what, '')} {name}".strip()

    # Into the queue

    @api.model
    def _queue(self, what, record, printer, copies=1):
        """The row of this document of a transfer, waybill, invoice or sales order (proforma),
        added unless it is there; it is printed when the transaction is through."""
        if self._add(what, record, printer, copies):
            printer.sudo().print_waiting()
        return self._of(what, record)

    @api.model
    def _add(self, what, record, printer, copies=1):
        """Write that row. False when it was there: another transaction may have been faster."""
        order = self._order_of(record)
        field = RECORD_FIELDS.get(record._name)
        places = {name: record.id if name == field else None for name in RECORD_FIELDS.values()}
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO merchantpro_print_job
                       (what, order_id, picking_id, awb_id, move_id, company_id, printer_id,
                        copies, state, tries, attempt, print_count, create_date)
                VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 'waiting', 0, 0, 0,
                        now() AT TIME ZONE 'UTC')
                    ON CONFLICT DO NOTHING
                """,
                what,
                order.id or None,
                *places.values(),
                printer.company_id.id,
                printer.id,
                max(copies, 1),
            )
        )
        added = bool(self.env.cr.rowcount)
        if added:
            self.invalidate_model()
        return added

    @api.model
    def _of(self, what, records):
        """The rows of this kind of these records."""
        field = RECORD_FIELDS.get(records._name, "order_id")
        return self.sudo().search([("what", "=", what), (field, "in", records.ids)])

    def _order_of(self, record):
        if record._name == "sale.order":
            return record
        if record._name == "account.move":
            return record.line_ids.sale_line_ids.order_id[:1]
        picking = record.picking_id if record._name == "delivery.awb" else record
        return picking.sale_id

    # What came of it

    def _note_printed(self):
        for job in self:
            job.write(
                {
                    "state": "printed",
                    "problem": False,
                    "next_try": False,
                    "printed_at": fields.Datetime.now(),
                    "print_count": job.print_count + 1,
                }
            )

    def _fail(self, words):
        self.write({"state": "failed", "problem": words, "next_try": False})

    def _drop(self, words):
        self.write({"state": "cancelled", "problem": words, "next_try": False})

    def _try_later(self, words):
        """Not the fault of the document: it stays in the queue, and those behind it go on."""
        pause = PAUSES[min(self.tries, len(PAUSES) - 1)]
        self.write(
            {
                "state": "waiting",
                "problem": words,
                "tries": self.tries + 1,
                "next_try": fields.Datetime.now() + datetime.timedelta(minutes=pause),
            }
        )

    def _again(self):
        """Into the queue anew, whatever was before."""
        self.write(
            {
                "state": "waiting",
                "problem": False,
                "tries": 0,
                "next_try": False,
                "user_id": self.env.uid,
            }
        )
        self.printer_id.next_try = False
        self.printer_id.print_waiting()

    def write(self, vals):
        result = super().write(vals)
        if "printer_id" in vals:
            self.sudo().printer_id.print_waiting()
        return result

    # People

    def _for_people(self):
        """These rows for who may see them: printing needs no other right."""
        self.check_access("read")
        return self.sudo()

    def action_retry(self):
        """Print now what waits or failed."""
        self._for_people().filtered(lambda job: job.state in ("waiting", "failed"))._again()

    def action_print_again(self):
        """What was printed or cancelled, after asking."""
        return self.env["merchantpro.print.again"]._open(self)

    def action_cancel(self):
        jobs = self._for_people()
        if busy := jobs.filtered(lambda job: job.state == "printing"):
            raise UserError(
                self.env._(
                    "It is at the printer already: %s", ", ".join(busy.mapped("display_name"))
                )
            )
        jobs.filtered(lambda job: job.state in ("waiting", "failed"))._drop(False)

    def action_mark_printed(self):
        """A person has the paper."""
        jobs = self._for_people().filtered(lambda job: job.state not in ("printed", "cancelled"))
        jobs.user_id = self.env.uid
        jobs._note_printed()

    def action_print_together(self):
        """These that are not printed yet as one PDF."""
        return self.env["merchantpro.print.together"]._open(self)
