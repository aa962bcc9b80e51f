import io

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools.pdf import PdfFileReader, PdfFileWriter

from odoo.addons.delivery_awb.models.awb_errors import AwbUnavailable

from .awb_case import AwbCase


def page():
    writer, content = PdfFileWriter(), io.BytesIO()
    writer.add_blank_page(100, 150)
    writer.write(content)
    return content.getvalue()


@tagged("post_install", "-at_install")
class TestLabels(AwbCase, HttpCase):
    def test_labels_of_many_are_one_pdf(self):
        self.courier.pdf = page()
        pickings = self.transfers
        pickings.action_make_awb()
        action = pickings.action_print_awb_labels()
        self.assertEqual(len(pickings.awb_id.filtered("printed_at")), 3)
        self.authenticate("admin", "admin")
        answer = self.url_open(action["url"])
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertEqual(PdfFileReader(io.BytesIO(answer.content)).pages.__len__(), 3)
        self.assertEqual(self.url_open("/delivery_awb/labels/1,x").status_code, 404)

    def test_label_that_could_not_be_fetched_is_fetched_when_it_is_opened(self):
        self.courier.label_fails = AwbUnavailable("Away.")
        picking = self.transfers[0]
        picking.action_make_awb()
        waybill = picking.awb_id
        self.assertEqual(waybill.state, "issued")
        self.assertIn("Away.", waybill.problem)
        with self.assertRaisesRegex(UserError, "Away."):
            waybill.action_print_labels()
        self.courier.label_fails = None
        waybill.action_print_labels()
        self.assertTrue(waybill.label)
        self.assertFalse(waybill.problem)

    def test_page_that_tells_an_error_is_no_label(self):
        self.courier.pdf = b"<html>Try again</html>"
        waybill = self.transfers[0]._make_awb()
        self.assertFalse(waybill.label)
        with self.assertRaisesRegex(UserError, "no PDF"):
            waybill.action_get_label()

    def test_there_is_no_label_before_there_is_a_waybill(self):
        picking = self.transfers[0]
        picking.action_prepare_awb()
        with self.assertRaisesRegex(UserError, "None of these transfers"):
            picking.action_print_awb_labels()
        with self.assertRaisesRegex(UserError, "None of these waybills"):
            picking.awb_ids.action_print_labels()
