"""Odoo gives the scripts of a page a second before it is printed, which is nine tenths of the time
that a PDF takes. Ours have none, and hundreds of them are printed in a day."""

from odoo import models

WITHOUT_SCRIPTS = {
    "cloudsales_merchantpro.report_picking",
    "cloudsales_merchantpro.report_proforma",
}
DELAY = "--javascript-delay"


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _run_wkhtmltopdf(self, bodies, report_ref=False, *args, **options):
        if report_ref and self._get_report(report_ref).report_name in WITHOUT_SCRIPTS:
            self = self.with_context(merchantpro_without_scripts=True)
        return super()._run_wkhtmltopdf(bodies, report_ref, *args, **options)

    def _build_wkhtmltopdf_args(self, *args, **options):
        command = super()._build_wkhtmltopdf_args(*args, **options)
        if self.env.context.get("merchantpro_without_scripts") and DELAY in command:
            command[command.index(DELAY) + 1] = "0"
        return command
