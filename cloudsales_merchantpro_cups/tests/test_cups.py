"""What a real CUPS is sent: the bytes of each document, once."""

import base64

from odoo.addons.cloudsales_merchantpro.models.print_run import PrintRun

from .cups_case import CupsCase

ZPL = "^XA^FO50,50^FDCană^FS^XZ".encode()


class TestCups(CupsCase):
    def test_a_picking_comes_out_of_the_printer_when_its_order_is_reserved(self):
        env = self.env(context={**self.env.context, "force_report_rendering": True})
        shop = self.shop.with_env(env)
        self.site.add_order([{"product_id": 1, "quantity": 2}])
        shop.fetch_orders()
        job = self.env["merchantpro.print.job"].search([("printer_id", "=", self.sheets.id)])
        self.assertEqual((self.state(job), job.print_count), ("printed", 1))
        (paper,) = self.papers()
        self.assertTrue(paper.startswith(b"%PDF"))
        self.assertEqual(paper, job.attachment_id.raw)

    def test_bytes_are_those_of_the_document_whatever_they_are(self):
        pdf, raw = self.document(b"%PDF-1.4 \xff\x00 label", copies=2), self.document(ZPL)
        self.labels.print_waiting()
        self.assertEqual([self.state(pdf), self.state(raw)], ["printed", "printed"])
        self.assertEqual(self.papers(), [b"%PDF-1.4 \xff\x00 label", ZPL])

    def test_a_document_is_printed_again_only_when_a_person_says_so(self):
        job = self.document()
        self.state(job)
        self.labels.print_waiting()
        self.assertEqual(len(self.papers()), 1)
        wizard = job.action_print_again()
        self.env[wizard["res_model"]].browse(wizard["res_id"]).action_confirm()
        self.assertEqual((self.state(job), job.print_count), ("printed", 2))
        self.assertEqual(len(self.papers()), 2)

    def test_a_label_prints_when_it_comes_long_after_its_waybill(self):
        self.shop.write({"label_printer_id": self.labels.id, "picking_printer_id": False})
        sale = self.assert_imported(self.read_order([{"product_id": 1}]))
        carrier = self.env["delivery.carrier"].search([], limit=1)
        waybill = self.env["delivery.awb"].create(
            {"picking_id": sale.picking_ids.id, "carrier_id": carrier.id, "state": "issued"}
        )
        self.assertFalse(self.env["merchantpro.print.job"]._of("label", waybill))
        waybill.label = base64.b64encode(ZPL)
        waybill.state = "in_transit"
        job = self.env["merchantpro.print.job"]._of("label", waybill)
        self.assertEqual((self.state(job), job.print_count), ("printed", 1))
        self.assertEqual(self.papers(), [ZPL])

    # Killed on the way

    def sent_and_forgotten(self, job):
        """As a process leaves it that is killed when CUPS has the document."""
        job.write({"state": "printing", "attempt": job.attempt + 1})
        self.labels._send(job, job._content())

    def test_killed_after_cups_has_it_it_is_not_sent_again(self):
        job = self.document()
        self.sent_and_forgotten(job)
        self.assertEqual((self.state(job), len(self.papers())), ("printed", 1))

    def test_killed_before_cups_has_it_it_is_sent_again(self):
        self.state(self.document())  # CUPS is known to keep what it printed
        job = self.document(state="printing", attempt=1)
        PrintRun(self.labels).run()
        self.assertEqual(job.state, "waiting")
        job._hurry()
        self.assertEqual((self.state(job), len(self.papers())), ("printed", 2))

    def test_where_cups_cannot_tell_a_person_is_asked(self):
        self.server.user = "somebody-else"
        job = self.document(state="printing", attempt=1)
        self.labels.print_waiting()
        self.assertEqual((job.state, self.papers()), ("failed", []))
        self.assertIn("may have been printed", job.problem)
        job.action_mark_printed()
        self.assertEqual((job.state, job.print_count), ("printed", 1))

    def test_what_cups_took_and_forgot_counts_as_printed(self):
        self.server.user = "somebody-else"
        job = self.document(state="printing", attempt=1, handed_over=True)
        self.labels.print_waiting()
        self.assertEqual((job.state, self.papers()), ("printed", []))
