"""A printer that documents of shops go to, with a queue of its own: one that is off keeps nobody
else waiting.

How bytes reach it depends on its backend, through two methods of this model in the addon that
knows it: `_send_<backend>(job, content)` and `_ask_<backend>(jobs)`. The one that is always there,
Download, sends nothing: its documents wait until a person opens them, or all of them as one PDF."""

import datetime

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .merchantpro_shop_turn import JOB_SECONDS
from .print_run import PrintRun

LOCK = 0x4D54  # advisory lock class of printing
# Minutes until a printer that was off is looked for again; the last one for ever after.
PAUSES = (1, 1, 2, 5)


class MerchantProPrinter(models.Model):
    _name = "merchantpro.printer"
    _description = "Printer of Documents"
    _inherit = ["merchantpro.job", "merchantpro.turn"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    backend = fields.Selection(
        [("download", "Download")],
        string="How",
        required=True,
        default="download",
        help="Download: documents wait until somebody opens them, one by one or all as one PDF.",
    )
    job_ids = fields.One2many("merchantpro.print.job", "printer_id", string="Documents")
    problem = fields.Text(readonly=True, copy=False, help="Why nothing reaches it now.")
    tries = fields.Integer(string="Failed Tries", readonly=True, copy=False)
    next_try = fields.Datetime(readonly=True, copy=False)
    waiting_count = fields.Integer(string="Waiting", compute="_compute_counts")
    failed_count = fields.Integer(string="Failed", compute="_compute_counts")

    @api.constrains("active")
    def _check_active(self):
        for printer in self.filtered(lambda each: not each.active):
            waiting = [("printer_id", "=", printer.id), ("state", "=", "waiting")]
            if self.env["merchantpro.print.job"].search_count(waiting, limit=1):
                raise ValidationError(
                    self.env._(
                        "Documents wait for %s: give them another printer or cancel them first.",
                        printer.name,
                    )
                )

    @api.depends("job_ids.state")
    def _compute_counts(self):
        counts = {
            (printer, state): count
            for printer, state, count in self.env["merchantpro.print.job"]._read_group(
                [("printer_id", "in", self.ids)], ["printer_id", "state"], ["__count"]
            )
        }
        for printer in self:
            printer.waiting_count = counts.get((printer, "waiting"), 0)
            printer.failed_count = counts.get((printer, "failed"), 0)

    def print_waiting(self):
        """Print what waits for these printers: in a job for each, or at once. One that was off a
        moment ago is left alone for its pause."""
        for printer in self.filtered(lambda each: each._is_to_try()):
            if printer._at_once():
                PrintRun(printer).run()
            else:
                printer._print_later(f"merchantpro.print:{printer.id}")

    def _is_to_try(self):
        paused = self.next_try and self.next_try > fields.Datetime.now()
        return self.active and self.backend != "download" and not paused

    def _print_later(self, key):
        self._delay_once(
            key, "cron_print", description=self.env._("MerchantPro: print on %s", self.name)
        )._job_print()

    def _job_print(self):
        if not self.exists() or not self._is_to_try():
            return
        with self._turn(LOCK) as printer:
            more = PrintRun(printer, JOB_SECONDS).run()
        if more:
            self._print_later(f"merchantpro.print.next:{self.id}")

    @api.model
    def _cron_print(self):
        """What waits for a pause to end, for a label to come or for a printer to be asked, also
        when a job got lost."""
        now = fields.Datetime.now()
        due = Domain("state", "=", "printing") | Domain("state", "=", "waiting") & (
            Domain("next_try", "=", False) | Domain("next_try", "<=", now)
        )
        printers = self.env["merchantpro.print.job"]._read_group(due, ["printer_id"])
        for (printer,) in printers:
            printer.print_waiting()

    # What came of it

    def _send(self, job, content):
        """Hand the bytes over. Raises PrinterAway, PrintRefused or PrintUncertain."""
        getattr(self, f"_send_{self.backend}")(job, content)

    def _ask(self, jobs):
        """{job: Answer} for documents that were sent. Raises PrinterAway."""
        return getattr(self, f"_ask_{self.backend}")(jobs)

    def _note_away(self, words):
        pause = PAUSES[min(self.tries, len(PAUSES) - 1)]
        self.write(
            {
                "problem": words,
                "tries": self.tries + 1,
                "next_try": fields.Datetime.now() + datetime.timedelta(minutes=pause),
            }
        )

    def _note_there(self):
        if self.problem or self.tries:
            self.write({"problem": False, "tries": 0, "next_try": False})

    def action_try_now(self):
        """Do not wait for the pause to end."""
        printers = self._as_system()
        printers.next_try = False
        printers.print_waiting()

    def action_open_jobs(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cloudsales_merchantpro.merchantpro_print_job_action"
        )
        return {**action, "domain": [("printer_id", "=", self.id)], "context": {}}
