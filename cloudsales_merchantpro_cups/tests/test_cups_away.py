"""A printer that is off, paused or gone, and documents that cannot be printed: each says so where
people look, and keeps nobody else waiting."""

import cups as pycups

from tools import processes

from .cups_case import CupsCase


class TestCupsAway(CupsCase):
    def administrator(self):
        pycups.setServer("127.0.0.1")
        pycups.setPort(self.record["port"])
        return pycups.Connection(host="127.0.0.1", port=self.record["port"])

    def test_a_server_that_is_off_delays_only_what_waits_for_it(self):
        far = self.server.copy({"port": processes.free_port()})
        self.sheets.printing_printer_id.server_id = far
        first, second = (self.document(printer=self.sheets) for _each in range(2))
        near = self.document()
        (self.sheets | self.labels).print_waiting()
        self.assertEqual((first.state, second.state), ("waiting", "waiting"))
        self.assertEqual(self.state(near), "printed")
        self.assertIn("cannot be reached", self.sheets.problem)
        self.assertEqual(second.reason, self.sheets.problem)
        self.assertTrue(self.sheets.next_try)
        # It is on again; the minute's work comes by before the pause is over, and after.
        self.sheets.printing_printer_id.server_id = self.server
        self.env["merchantpro.printer"]._cron_print()
        self.assertEqual(first.state, "waiting")
        self.sheets.action_try_now()
        self.assertEqual([self.state(first), self.state(second)], ["printed", "printed"])
        self.assertEqual((len(self.papers()), self.sheets.problem), (3, False))

    def test_a_paused_printer_keeps_what_it_has_and_prints_it_once(self):
        self.administrator().disablePrinter("LABELS")
        job = self.document()
        for _turn in range(3):
            self.labels.print_waiting()
        self.assertEqual(job.state, "printing")
        self.assertIn("CUPS has it", job.problem)
        self.administrator().enablePrinter("LABELS")
        for _look in range(100):
            if self.state(job) == "printed":
                break
        self.assertEqual((job.state, job.problem, len(self.papers())), ("printed", False, 1))

    def test_a_printer_that_takes_nothing_now_is_tried_again(self):
        self.administrator().rejectJobs("LABELS")
        job = self.document()
        self.labels.print_waiting()
        self.assertEqual((job.state, bool(self.labels.problem)), ("waiting", True))
        self.administrator().acceptJobs("LABELS")
        self.labels.action_try_now()
        self.assertEqual((self.state(job), self.labels.problem), ("printed", False))

    def test_a_queue_that_is_gone_fails_its_documents_in_words(self):
        self.labels.printing_printer_id.system_name = "GONE"
        job = self.document()
        self.labels.print_waiting()
        self.assertEqual(job.state, "failed")
        self.assertIn("no printer LABELS any more", job.problem)
        self.labels.printing_printer_id.system_name = "LABELS"
        job.action_retry()
        self.assertEqual((self.state(job), len(self.papers())), ("printed", 1))

    def test_a_document_that_cannot_be_made_keeps_no_other_waiting(self):
        self.shop.picking_printer_id = self.labels
        view = self.env.ref("cloudsales_merchantpro.report_picking")
        view.arch = '<t t-name="cloudsales_merchantpro.report_picking"><t t-out="1/0" /></t>'
        gone = self.env["merchantpro.print.job"]
        late, good = self.document(what="label"), self.document()
        with self.assertLogs("odoo.addons.cloudsales_merchantpro.models.print_run", "ERROR"):
            sale = self.assert_imported(self.read_order([{"product_id": 1}]))
        gone = gone._of("picking", sale.picking_ids)
        self.assertEqual((gone.state, late.state), ("failed", "waiting"))
        self.assertIn("cannot be made", gone.problem)
        self.assertIn("not given the label", late.problem)
        self.assertEqual(self.state(good), "printed")

    def test_a_job_cancelled_in_cups_is_told(self):
        self.administrator().disablePrinter("LABELS")
        job = self.document()
        self.labels.print_waiting()
        self.administrator().cancelAllJobs(name="LABELS", purge_jobs=False)
        self.administrator().enablePrinter("LABELS")
        self.assertEqual(self.state(job), "failed")
        self.assertIn("CUPS gave it up", job.problem)
