"""All that waits as one PDF, for whoever prints by hand or whose printer is off.

While it is on the screen its documents are not sent to their printers; they count as printed when
the person says so."""

import base64
import datetime
import itertools

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.pdf import PdfReadError

from odoo.addons.delivery_awb.models.awb_pdf import joined, pages

from ..models.print_job_content import PDF
from ..models.rule_outcomes import NotNeeded, TryLater

HELD = datetime.timedelta(minutes=15)


class MerchantProPrintTogether(models.TransientModel):
    _name = "merchantpro.print.together"
    _description = "Print as One PDF"

    company_id = fields.Many2one("res.company", required=True)
    job_ids = fields.Many2many("merchantpro.print.job", string="Documents", readonly=True)
    document_count = fields.Integer(string="Documents in It", readonly=True)
    file = fields.Binary(string="PDF", readonly=True, attachment=True)
    filename = fields.Char(readonly=True)
    left_out = fields.Text(readonly=True)

    @api.model
    def _open(self, jobs):
        """One PDF of these rows that are not printed yet; of all that wait where none are given."""
        jobs = jobs or jobs.search([("state", "in", ("waiting", "failed"))])
        jobs = jobs._for_people().filtered(lambda job: job.state in ("waiting", "failed"))
        contents, left_out = self._contents(jobs.sorted("id"))
        if not contents:
            raise UserError("\n".join(left_out) or self.env._("Nothing waits to be printed."))
        wizard = self.create(
            {
                "company_id": jobs.company_id[:1].id,
                "job_ids": [job.id for job in contents],
                "document_count": len(contents),
                "file": base64.b64encode(joined(itertools.chain(*contents.values()))),
                "filename": self.env._("To print %s.pdf", fields.Date.context_today(self)),
                "left_out": "\n".join(left_out),
            }
        )
        wizard.job_ids.sudo().filtered(lambda job: job.state == "waiting").next_try = (
            fields.Datetime.now() + HELD
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Print as One PDF"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def _contents(self, jobs):
        """({job: the pages of each of its copies}, what is left out and why)."""
        contents, left_out = {}, []
        for job in jobs:
            try:
                content = job._content()
                # Read for each copy: a page that is in a PDF twice is one page to some readers.
                contents[job] = [self._pages(content) for _copy in range(max(job.copies, 1))]
            except (TryLater, NotNeeded, UserError) as error:
                left_out.append(f"{job.display_name}: {error.args[0]}")
        return contents, left_out

    def _pages(self, content):
        if not content.startswith(PDF):
            raise UserError(self.env._("It is no PDF; open it by itself."))
        try:
            return pages(content)
        except (PdfReadError, ValueError, NotImplementedError) as error:
            raise UserError(self.env._("Its PDF cannot be read; open it by itself.")) from error

    def action_confirm(self):
        """They are on paper."""
        self.job_ids.action_mark_printed()
        return {"type": "ir.actions.act_window_close"}

    def action_leave(self):
        """They wait again."""
        self.job_ids._for_people().filtered(lambda job: job.state == "waiting")._hurry()
        return {"type": "ir.actions.act_window_close"}
