"""Documents of shop orders in the printer queue: what gets there by itself, once, and what people
do there. Paper comes out in the tests of the addon that has a printer."""

import base64
import io

from pdfminer.high_level import extract_text

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, new_test_user
from odoo.tools.pdf import PdfFileWriter

from odoo.addons.cloudsales_merchantpro.models.rule_outcomes import NotNeeded, TryLater

from .order_case import OrderCase


def pdf(pages=1):
    writer, stream = PdfFileWriter(), io.BytesIO()
    for _page in range(pages):
        writer.add_blank_page(width=100, height=100)
    writer.write(stream)
    return stream.getvalue()


class TestPrintQueue(OrderCase):
    """Two orders are reserved, their pickings wait for the printer."""

    books = False

    def prepare(self):
        super().prepare()
        self.printer = self.env["merchantpro.printer"].create({"name": "Depozit"})
        self.shop.picking_printer_id = self.printer
        self.jobs = self.env["merchantpro.print.job"]
        self.carrier = self.env["delivery.carrier"].search([], limit=1)
        orders = self.read_orders([{"product_id": 1, "quantity": 2}], {}, {})
        self.first, self.second = (self.assert_imported(order) for order in orders)

    def sale(self, quantity=2):
        return self.assert_imported(self.read_order([{"product_id": 1, "quantity": quantity}]))

    def of(self, sale, what="picking"):
        return self.jobs.search([("order_id", "=", sale.id), ("what", "=", what)])

    def reserved_again(self, sale):
        """What is to be printed of it, as if it were reserved for the first time."""
        self.of(sale).unlink()
        sale.picking_ids.do_unreserve()
        sale.picking_ids.action_assign()
        return self.of(sale)

    def document(self, content=None, **values):
        attachment = self.env["ir.attachment"].create({"name": "x.pdf", "raw": content or pdf()})
        return self.jobs.create(
            {
                "what": "other",
                "attachment_id": attachment.id,
                "printer_id": self.printer.id,
                "company_id": self.company.id,
                **values,
            }
        )

    def waybill(self, sale, **values):
        return self.env["delivery.awb"].create(
            {
                "picking_id": sale.picking_ids.id,
                "carrier_id": self.carrier.id,
                "state": "issued",
                **values,
            }
        )

    def wizard(self, action):
        return self.env[action["res_model"]].browse(action["res_id"])

    # By themselves

    def test_a_reserved_picking_waits_to_be_printed_once(self):
        sale, job = self.first, self.of(self.first)
        found = (job.state, job.picking_id, job.printer_id)
        self.assertEqual(found, ("waiting", sale.picking_ids, self.printer))
        sale.picking_ids.do_unreserve()
        sale.picking_ids.action_assign()
        self.assertEqual(self.of(sale), job)

    def test_a_picking_prints_when_the_last_of_its_goods_comes(self):
        sale = self.sale(quantity=12)
        self.assertFalse(self.of(sale))
        self.set_stock(self.mug, 12 + 4)
        sale.picking_ids.action_assign()
        self.assertEqual(self.of(sale).state, "waiting")

    def test_of_several_steps_the_one_at_the_shelves_is_printed(self):
        self.warehouse.delivery_steps = "pick_ship"
        sale = self.sale()
        picked = self.of(sale).picking_id
        self.assertEqual(picked.picking_type_id, self.warehouse.pick_type_id)
        picked.button_validate()
        self.assertEqual(len(self.of(sale)), 1)

    def test_the_warehouse_has_printers_too_and_the_shop_a_switch(self):
        other = self.printer.copy({"name": "Cluj"})
        self.warehouse.write({"picking_printer_id": other.id, "picking_copies": 2})
        self.assertEqual(self.reserved_again(self.first).printer_id, self.printer)
        self.shop.picking_printer_id = False
        job = self.reserved_again(self.second)
        self.assertEqual((job.printer_id, job.copies), (other, 2))
        self.shop.print_picking = False
        self.assertFalse(self.reserved_again(self.first))
        self.shop.print_picking = True
        with self.assertRaisesRegex(ValidationError, "Documents wait for Cluj"):
            other.active = False
        job.printer_id = self.printer
        other.active = False
        self.assertFalse(self.reserved_again(self.first))

    def test_a_cancelled_transfer_is_not_printed(self):
        self.first._action_cancel()
        with self.assertRaises(NotNeeded):
            self.of(self.first)._content()

    def test_a_label_waits_in_the_queue_when_it_is_there_and_no_sooner(self):
        self.shop.label_printer_id = self.printer
        sale, waybill = self.first, self.waybill(self.first)
        self.assertFalse(self.of(sale, "label"))
        waybill.label = base64.b64encode(pdf())
        waybill.state = "in_transit"
        job = self.of(sale, "label")
        self.assertEqual((job.awb_id, job._content()), (waybill, pdf()))
        waybill.state = "cancelled"
        with self.assertRaises(NotNeeded):
            job._content()

    def test_an_invoice_prints_when_posted_if_the_shop_or_a_rule_says_so(self):
        self.shop.invoice_printer_id = self.printer
        first, second = self.first, self.second
        (first | second).picking_ids.button_validate()
        first._create_invoices().action_post()
        self.assertFalse(self.of(first, "invoice"))
        self.do(self.run_of("print_invoice", first))
        self.assertEqual(self.of(first, "invoice").move_id, first.invoice_ids)
        self.shop.print_invoice = True
        second._create_invoices().action_post()
        self.assertEqual(self.of(second, "invoice").move_id, second.invoice_ids)

    # By rules

    def run_of(self, action, sale, **values):
        rule = self.env["merchantpro.rule"].create(
            {"name": action, "event": "confirmed", "action": action, "company_id": self.company.id}
        )
        return self.env["merchantpro.rule.run"].create(
            {"rule_id": rule.id, "order_id": sale.id, **values}
        )

    def do(self, run):
        return getattr(run.rule_id, f"_do_{run.rule_id.action}")(run)

    def test_a_rule_prints_a_picking_once_and_says_where(self):
        sale = self.first
        self.of(sale).unlink()
        run = self.run_of("print_picking", sale)
        self.assertIn("Depozit", self.do(run))
        self.assertEqual(self.do(run), self.do(run))
        self.assertEqual(len(self.of(sale)), 1)

    def test_a_rule_says_what_is_missing(self):
        self.shop.picking_printer_id = False
        sale = self.first
        self.of(sale).unlink()
        with self.assertRaisesRegex(NotNeeded, "Choose a printer of pickings"):
            self.do(self.run_of("print_picking", sale))
        with self.assertRaises(TryLater):
            self.do(self.run_of("print_invoice", sale))
        sale.picking_ids.button_validate()
        with self.assertRaises(NotNeeded):
            self.do(self.run_of("print_picking", sale))

    def test_a_rule_that_came_before_the_label_need_not_come_back_for_it(self):
        self.shop.write({"label_printer_id": self.printer.id, "print_label": False})
        sale, run = self.first, self.run_of("print_label", self.first)
        with self.assertRaises(TryLater):
            self.do(run)
        waybill = self.waybill(sale)
        with self.assertRaises(TryLater):
            self.do(run)
        waybill.label = base64.b64encode(pdf())
        self.assertEqual(len(self.of(sale, "label")), 1)
        self.assertIn("Depozit", self.do(run))
        self.assertEqual(len(self.of(sale, "label")), 1)

    # Together

    def test_all_that_waits_is_one_pdf_and_printed_when_a_person_says_so(self):
        self.jobs.search([]).action_cancel()
        first, second = self.document(pdf(2), copies=2), self.document()
        raw, broken = self.document(b"^XA^XZ"), self.document(b"%PDF-1.4 broken")
        wizard = self.wizard(self.jobs.action_print_together())
        self.assertEqual((wizard.document_count, wizard.job_ids), (2, first | second))
        text = extract_text(io.BytesIO(base64.b64decode(wizard.file)))
        self.assertEqual(text.count("\f"), 5)
        self.assertIn("no PDF", wizard.left_out)
        self.assertTrue(first.next_try)  # its printer leaves it alone meanwhile
        wizard.action_leave()
        self.assertEqual((first.state, first.next_try), ("waiting", False))
        wizard.action_confirm()
        printed = (first | second).mapped(lambda job: (job.state, job.print_count, job.user_id))
        self.assertEqual(printed, [("printed", 1, self.env.user)] * 2)
        self.assertIn("cannot be read", wizard.left_out)
        self.assertEqual((raw.state, broken.state), ("waiting", "waiting"))

    def test_nothing_to_print_is_said(self):
        self.jobs.search([]).action_cancel()
        with self.assertRaisesRegex(UserError, "Nothing waits"):
            self.jobs.action_print_together()

    def test_a_document_is_cancelled_retried_and_opened(self):
        job = self.document()
        job.action_cancel()
        self.assertEqual(job.state, "cancelled")
        self.wizard(job.action_print_again()).action_confirm()
        job._fail("No paper")
        job.action_retry()
        self.assertEqual((job.state, job.problem), ("waiting", False))
        self.assertIn(str(job.attachment_id.id), job.action_open()["url"])
        job.state = "printing"
        with self.assertRaisesRegex(UserError, "at the printer already"):
            job.action_cancel()

    # By hand

    def test_printing_a_picking_again_asks_first(self):
        sale, job, picking = self.first, self.of(self.first), self.first.picking_ids
        picking.action_print_on_printer()
        self.assertEqual((self.of(sale), job.state), (job, "waiting"))
        job.action_mark_printed()
        wizard = self.wizard(picking.action_print_on_printer())
        self.assertEqual((wizard.job_ids, job.state), (job, "printed"))
        wizard.action_confirm()
        self.assertEqual((job.state, job.print_count), ("waiting", 1))

    def test_a_label_and_an_invoice_are_printed_from_their_own_lists(self):
        self.shop.write({"label_printer_id": self.printer.id, "print_label": False})
        self.shop.invoice_printer_id = self.printer
        sale = self.first
        waybill = self.waybill(sale, label=base64.b64encode(pdf()))
        waybill.action_print_on_printer()
        sale.picking_ids.button_validate()
        invoice = sale._create_invoices()
        invoice.action_print_on_printer()
        with self.assertRaises(TryLater):
            self.of(sale, "invoice")._content()
        shown = self.jobs.search(sale.action_open_print_jobs()["domain"])
        self.assertEqual(shown, sale.print_job_ids)
        self.assertEqual(set(shown.mapped("what")), {"picking", "label", "invoice"})

    def test_files_of_what_was_printed_long_ago_are_thrown_away(self):
        job, kept = self.of(self.first), self.document(state="printed")
        job._content()
        job.action_mark_printed()
        self.jobs._gc_files()
        self.assertTrue(job.attachment_id)
        self.env.flush_all()
        self.env.cr.execute("UPDATE merchantpro_print_job SET write_date = '2020-01-01'")
        self.env.invalidate_all()
        self.jobs._gc_files()
        self.assertEqual((bool(job.attachment_id), bool(kept.attachment_id)), (False, True))

    def test_several_transfers_are_printed_as_one_batch_list(self):
        first, second = self.first, self.second
        action = (first | second).picking_ids.action_print_batch()
        job = self.jobs.search(action["domain"])
        self.assertEqual(job.picking_ids, (first | second).picking_ids)
        self.assertEqual((job.what, job.printer_id), ("batch", self.printer))
        self.assertTrue(job._content())

    def test_warehouse_people_print_without_other_rights(self):
        user = new_test_user(self.env, "print_stock", groups="stock.group_stock_user")
        sale = self.first
        sale.picking_ids.with_user(user).action_print_on_printer()
        job = self.of(sale).with_user(user)
        job.action_mark_printed()
        self.assertEqual((job.state, job.user_id), ("printed", user))
        self.wizard(job.action_print_again()).with_user(user).action_confirm()
        with Form(job) as form:
            form.copies = 3
        self.assertEqual(sale.picking_ids.with_user(user).merchantpro_print_count, 1)
        self.assertEqual(job.copies, 3)
