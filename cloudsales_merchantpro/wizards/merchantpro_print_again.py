"""Ask before something is printed again: two labels on two parcels are one delivery too many."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class MerchantProPrintAgain(models.TransientModel):
    _name = "merchantpro.print.again"
    _description = "Print Again"

    company_id = fields.Many2one("res.company", required=True)
    job_ids = fields.Many2many("merchantpro.print.job", string="Documents", readonly=True)

    @api.model
    def _print(self, what, records):
        """Print a document of each record, as a person wants: at once what is new or failed, and
        after asking what was printed. Returns what the screen shows."""
        records.check_access("read")
        jobs = self.env["merchantpro.print.job"].sudo()
        before = jobs._of(what, records)
        for record in records:
            printer, copies = jobs._printer_for(what, record)
            if not printer:
                raise UserError(jobs._no_printer_words(what))
            jobs |= jobs._queue(what, record, printer, copies)
        (jobs - before).user_id = self.env.uid
        (jobs & before).filtered(lambda job: job.state == "failed").with_env(
            self.env
        ).action_retry()
        over = (jobs & before).filtered(lambda job: job.state in ("printed", "cancelled"))
        return self._open(over) if over else jobs.with_env(self.env)._shown()

    @api.model
    def _open(self, jobs):
        """Ask about these."""
        jobs = jobs.filtered(lambda job: job.state in ("printed", "cancelled", "failed"))
        if not jobs:
            raise UserError(self.env._("These wait to be printed already."))
        wizard = self.create({"job_ids": jobs.ids, "company_id": jobs.company_id[:1].id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Print Again"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_confirm(self):
        self.job_ids._for_people().filtered(lambda job: job.state != "printing")._again()
        return {"type": "ir.actions.act_window_close"}
