"""Printers of a CUPS server.

Each try has a title of its own, by which CUPS is asked afterwards whether it has the document and
what became of it. That CUPS never got one is believed only where it names another finished
document of ours, so that it is known to keep them and to show their titles."""

import cups

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.cloudsales_merchantpro.models.printer_answers import (
    Answer,
    PrinterAway,
    PrintRefused,
    PrintUncertain,
)

PDF = b"%PDF"
# CUPS takes no documents for this printer now; it will again.
PASSES = (cups.IPP_NOT_ACCEPTING, cups.IPP_PRINTER_BUSY)
SERVER_ERRORS = 0x0500
PRINTED, FAILED = (cups.IPP_JOB_COMPLETED,), (cups.IPP_JOB_CANCELED, cups.IPP_JOB_ABORTED)
LISTED = 500  # jobs that CUPS lists at most; with so many, one that is missing proves nothing
RECENT = 100  # of those without a title, that may be the one
SHOWN = ["job-id", "job-name", "job-state", "job-state-reasons"]


class MerchantProPrinter(models.Model):
    _inherit = "merchantpro.printer"

    backend = fields.Selection(selection_add=[("cups", "CUPS")], ondelete={"cups": "set default"})
    printing_printer_id = fields.Many2one(
        "printing.printer", string="CUPS Printer", ondelete="restrict"
    )

    @api.constrains("backend", "printing_printer_id")
    def _check_printing_printer(self):
        for printer in self:
            if printer.backend == "cups" and not printer.printing_printer_id.sudo().server_id:
                raise ValidationError(self.env._("Choose a printer of a CUPS server."))

    def _send_cups(self, job, content):
        connection = self._connected()
        printer = self.printing_printer_id
        try:
            # Of a queue that is gone, printing says no more than that it failed.
            connection.getPrinterAttributes(
                printer.system_name, requested_attributes=["printer-state"]
            )
        except cups.IPPError as error:
            raise self._meaning(error) from error
        try:
            printer.print_document(
                None,
                content,
                doc_format="pdf" if content.startswith(PDF) else "raw",
                title=f"{self._number(job)} {job.display_name}",
                copies=max(job.copies, 1),
            )
        except UserError as error:
            raise self._meaning(error) from error

    def _ask_cups(self, jobs):
        try:
            connection = self._connected()
            found = self._found(connection)
            if any(self._number(job) not in found for job in jobs):
                self._have_named(connection, found.get("", []))
                found = self._found(connection)
        except (cups.IPPError, cups.HTTPError, RuntimeError) as error:
            raise PrinterAway(self._unreachable()) from error
        return {job: self._answer(found.get(self._number(job)), found) for job in jobs}

    def _found(self, connection):
        """{how the title begins: [jobs of our user]}; under "" those without one."""
        listed = connection.getJobs(which_jobs="all", my_jobs=True, requested_attributes=SHOWN)
        found = {}
        for number, each in listed.items():
            # What comes after our number in a title depends on the language.
            title = " ".join(each.get("job-name", "").split(" ")[:2])
            found.setdefault(title, []).append({**each, "job-id": number})
        return found

    def _have_named(self, connection, nameless):
        """Of jobs that CUPS has put away it knows the owner, and with him whom it may show the
        title to, only after it was asked for one by number."""
        numbers = sorted(each["job-id"] for each in nameless)
        for number in numbers[-RECENT:]:
            connection.getJobAttributes(number)

    def _connected(self):
        """A connection to the server; PrinterAway when there is none."""
        try:
            return self.printing_printer_id.server_id._open_connection(raise_on_error=True)
        except UserError as error:
            raise PrinterAway(self._unreachable()) from error

    def _unreachable(self):
        server = self.printing_printer_id.server_id
        return self.env._(
            "The print server %(address)s:%(port)s cannot be reached.",
            address=server.address,
            port=server.port,
        )

    def _meaning(self, error):
        """What it means that a document could not be handed over."""
        cause = error
        while cause and not isinstance(cause, cups.IPPError):
            cause = cause.__cause__
        code, said = cause.args if cause else (None, str(error))
        name = self.printing_printer_id.display_name
        words = self.env._("The printer %(name)s: %(said)s", name=name, said=said)
        if code == cups.IPP_NOT_FOUND:
            words = self.env._("The print server has no printer %s any more.", name)
        if code in PASSES:
            return PrinterAway(words)
        if code and code < SERVER_ERRORS:
            return PrintRefused(words)
        # The connection broke: before, while or after CUPS got it.
        return PrintUncertain(words)

    def _mark(self):
        """How titles of this database's documents begin, as no other's do."""
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid") or ""
        return f"MerchantPro {uuid[:8]}-"

    def _number(self, job):
        return f"{self._mark()}{job.id}-{job.attempt}"

    def _answer(self, mine, found):
        if mine:
            return self._answer_of_state(mine[-1])
        if found.get("") or sum(map(len, found.values())) >= LISTED:
            return Answer("unknown")
        keeps_ours = any(
            title.startswith(self._mark()) and each["job-state"] in PRINTED
            for title, jobs in found.items()
            for each in jobs
        )
        return Answer("never" if keeps_ours else "unknown")

    def _answer_of_state(self, listed):
        if listed["job-state"] in PRINTED:
            return Answer("printed")
        if listed["job-state"] in FAILED:
            words = self.env._("CUPS gave it up: %s", listed.get("job-state-reasons"))
            return Answer("failed", words)
        words = self.env._("CUPS has it: %s", listed.get("job-state-reasons"))
        return Answer("queued", words)
