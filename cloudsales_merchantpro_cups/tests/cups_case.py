"""A real print server with two queues, and a shop whose labels and pickings go to one each."""

import os

from odoo.addons.cloudsales_merchantpro.tests.order_case import OrderCase

from tools import cups


class CupsCase(OrderCase):
    @classmethod
    def setUpClass(cls):
        cls.server_name = f"cups-{os.getpid()}"
        cls.record = cups.start(cls.server_name, ("A4", "LABELS"))
        cls.addClassCleanup(cups.remove, cls.server_name)
        super().setUpClass()

    def prepare(self):
        super().prepare()
        self.server = self.env["printing.server"].create(
            {
                "name": "Test",
                "address": "127.0.0.1",
                "port": self.record["port"],
                # CUPS shows the titles of jobs to who sent them, unless that is root.
                "user": "odoo",
            }
        )
        self.server.update_printers(raise_on_error=True)
        self.sheets, self.labels = (self.printer(name) for name in ("A4", "LABELS"))
        self.shop.picking_printer_id = self.sheets

    def printer(self, queue):
        there = self.env["printing.printer"].search([("system_name", "=", queue)])
        return self.env["merchantpro.printer"].create(
            {"name": queue, "backend": "cups", "printing_printer_id": there.id}
        )

    def setUp(self):
        super().setUp()
        self.before = len(cups.documents(self.server_name))

    def papers(self):
        """What came out of both printers in this test: the bytes of each document."""
        return cups.documents(self.server_name)[self.before :]

    def document(self, content=b"%PDF-1.4 a test", printer=None, **values):
        """A row in the queue that nothing has printed yet."""
        printer = printer or self.labels
        attachment = self.env["ir.attachment"].create({"name": "test.pdf", "raw": content})
        return self.env["merchantpro.print.job"].create(
            {
                "what": "other",
                "attachment_id": attachment.id,
                "printer_id": printer.id,
                "company_id": printer.company_id.id,
                **values,
            }
        )

    def state(self, job):
        """Also when CUPS takes its time with what it has."""
        for _look in range(50):
            job.printer_id.print_waiting()
            if job.state != "printing":
                break
        return job.state
