"""One turn at printing what waits for a printer, the oldest first.

Before the bytes of a document leave, it is committed that it is being printed; after that, what
came of it. So a process may be killed at any point:

    killed before that commit     the document waits, and is printed by the next turn
    killed after it               the printer is asked whether it has the document: only if it
                                  has not is it sent again. Where it cannot tell, a person is
                                  asked: a second label on another parcel costs more than a look."""

import logging
import math
import time

import psycopg2

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import SQL

from .printer_answers import PrinterAway, PrintRefused, PrintUncertain
from .rule_outcomes import NotNeeded, TryLater

TRIES = 5  # that break off, until a person is asked to look

_logger = logging.getLogger(__name__)


class PrintRun:
    """`printer` in the transaction to commit in (`_turn`)."""

    def __init__(self, printer, seconds=math.inf):
        self.printer = printer
        self.jobs = printer.env["merchantpro.print.job"]
        self.stop_at = time.monotonic() + seconds

    def run(self):
        """Print what is due. True when time ended before the work."""
        try:
            self._follow_sent()
            while job := self._next():
                if time.monotonic() > self.stop_at:
                    return True
                self._print(job)
                self.printer._keep()
        except PrinterAway as error:
            self.printer._note_away(error.args[0])
            self.printer._keep()
        return False

    def _follow_sent(self):
        """What was sent before: printed by now, refused, or never arrived."""
        sent = self.jobs.search([("printer_id", "=", self.printer.id), ("state", "=", "printing")])
        if sent:
            self._take_in(self.printer._ask(sent))
            self.printer._keep()

    def _next(self):
        """The oldest document that is due, so that nobody else cancels it meanwhile."""
        self.printer.env.invalidate_all()
        self.jobs.flush_model()
        self.printer.env.cr.execute(
            SQL(
                """
                SELECT id FROM merchantpro_print_job
                 WHERE printer_id = %s AND state = 'waiting'
                   AND (next_try IS NULL OR next_try <= %s)
                 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
                """,
                self.printer.id,
                fields.Datetime.now(),
            )
        )
        return self.jobs.browse(row[0] for row in self.printer.env.cr.fetchall())

    def _print(self, job):
        content = self._content(job)
        if not content:
            return
        job.write(
            {
                "state": "printing",
                "attempt": job.attempt + 1,
                "handed_over": False,
                "problem": False,
            }
        )
        self.printer._keep()
        try:
            self.printer._send(job, content)
        except PrinterAway as error:
            job.write({"state": "waiting", "problem": error.args[0]})
            raise
        except PrintRefused as error:
            job._fail(error.args[0])
            return
        except PrintUncertain as error:
            job.problem = error.args[0]
        else:
            job.handed_over = True
        self.printer._note_there()
        self.printer._keep()
        self._take_in(self.printer._ask(job))

    def _content(self, job):
        """The bytes, or None where the document could not be made: then it says why, and those
        behind it go on."""
        try:
            with job.env.cr.savepoint():
                return job._content()
        except TryLater as error:
            job._try_later(error.args[0])
        except NotNeeded as error:
            job._drop(error.args[0])
        except UserError as error:
            job._fail(str(error))
        except psycopg2.Error:
            raise
        except Exception as error:
            # Whatever is wrong with a template or a picture, it is wrong with this document only.
            _logger.exception("Document %s cannot be made", job.id)
            job._fail(job.env._("The document cannot be made: %s", error))
        return None

    def _take_in(self, answers):
        for job, answer in answers.items():
            state = answer.state
            if job.handed_over:
                # Some forget what they are done with. One that does not: somebody removed it.
                state = {"unknown": "printed", "never": "unknown"}.get(state, state)
            getattr(self, f"_on_{state}")(job, answer)

    def _on_printed(self, job, _answer):
        job._note_printed()

    def _on_queued(self, job, answer):
        if job.problem != answer.words:
            job.problem = answer.words

    def _on_failed(self, job, answer):
        job._fail(answer.words)

    def _on_never(self, job, _answer):
        words = job.problem or job.env._("It did not reach the printer.")
        if job.tries < TRIES:
            job._try_later(words)
        else:
            job._fail(words)

    def _on_unknown(self, job, answer):
        words = job.env._(
            "It may have been printed: look at the printer, then print it again or mark it as"
            " printed."
        )
        job._fail("\n".join(filter(None, [words, answer.words])))
