"""The bytes of a document in the printer queue, and what a person sees who opens it.

A document is made when it is printed, so it shows what is true then; what was sent is kept as the
file of its row."""

import datetime

from odoo import api, fields, models

from .rule_outcomes import NotNeeded, TryLater

PDF = b"%PDF"
KEPT = datetime.timedelta(days=60)
REPORT_PICKING = "cloudsales_merchantpro.report_picking"


class MerchantProPrintJob(models.Model):
    _inherit = "merchantpro.print.job"

    def _content(self):
        """The bytes, kept as this row's file. Raises TryLater while they cannot be there yet,
        UserError where a person has to act."""
        job = self.with_context(lang=self._lang()).with_company(self.company_id)
        content = getattr(job, f"_content_{self.what}")()
        if not self.attachment_id or self.attachment_id.raw != content:
            self._keep_file(content)
        return content

    def _lang(self):
        return self.company_id.partner_id.lang or self.env.lang

    def _content_picking(self):
        if self.picking_id.state == "cancel":
            raise NotNeeded(self.env._("The transfer was cancelled."))
        return self._rendered_pickings(self.picking_id)

    def _content_batch(self):
        pickings = self.picking_ids.filtered(lambda each: each.state != "cancel")
        if not pickings:
            raise NotNeeded(self.env._("The transfers were cancelled."))
        return self._rendered_pickings(pickings)

    def _content_label(self):
        if self.awb_id.state == "cancelled":
            raise NotNeeded(self.env._("The waybill was cancelled."))
        label = self.awb_id.with_context(bin_size=False).label
        if not label:
            raise TryLater(self.env._("The courier has not given the label yet."))
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "delivery.awb"),
                ("res_id", "=", self.awb_id.id),
                ("res_field", "=", "label"),
            ],
            limit=1,
        )
        return attachment.raw

    def _content_invoice(self):
        if self.move_id.state != "posted":
            raise TryLater(self.env._("The invoice is not posted."))
        # Of an invoice there is one PDF, whoever needs it first.
        return self.move_id._merchantpro_pdf().raw

    def _content_proforma(self):
        return self._content_other()

    def _content_other(self):
        if not self.attachment_id:
            raise TryLater(self.env._("The file is not there yet."))
        return self.attachment_id.raw

    def _rendered_pickings(self, pickings):
        # Of ids given as such, Odoo takes the PDF apart into one for each.
        return self._rendered(REPORT_PICKING, None, {"picking_ids": pickings.ids})

    def _rendered(self, report, ids, data=None):
        return self.env["ir.actions.report"]._render_qweb_pdf(report, ids, data)[0]

    def _keep_file(self, content):
        pdf = content.startswith(PDF)
        values = {
            "name": f"{self.display_name}.{'pdf' if pdf else 'zpl'}".replace("/", "-"),
            "raw": content,
            "mimetype": "application/pdf" if pdf else "text/plain",
        }
        if self.attachment_id:
            self.attachment_id.write(values)
        else:
            self.attachment_id = self.env["ir.attachment"].create(
                {**values, "res_model": self._name, "res_id": self.id}
            )

    @api.autovacuum
    def _gc_files(self):
        """What was printed two months ago needs no copy here; documents have their own."""
        old = self.search(
            [
                ("state", "in", ("printed", "cancelled")),
                ("write_date", "<", fields.Datetime.now() - KEPT),
                ("attachment_id.res_model", "=", self._name),
            ],
            limit=1000,
        )
        old.attachment_id.unlink()

    def action_open(self):
        """The document itself, made now if it was not before."""
        self.ensure_one()
        job = self._for_people()
        if job.state != "printed" or not job.attachment_id:
            try:
                job._content()
            except (TryLater, NotNeeded) as error:
                return job._told_not_yet(error)
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{job.attachment_id.id}?download=true",
            "target": "new",
        }

    def _told_not_yet(self, error):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "warning", "message": error.args[0]},
        }
