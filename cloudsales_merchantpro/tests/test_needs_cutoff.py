"""At the cut-off the list is ordered, once, as far as is set; the supplier gets a mail."""

import base64
import io

from freezegun import freeze_time
from openpyxl import load_workbook
from pdfminer.high_level import extract_text

from .need_case import MissingCase

# 17:00 in Bucharest is 15:00 UTC in winter. A Friday.
BEFORE, AFTER, MONDAY = "2026-11-27 14:59:00", "2026-11-27 15:03:00", "2026-11-30 15:00:30"


class TestNeedsCutoff(MissingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-11-27 08:00:00"):
            cls.cutoff = cls.env["purchase.need.cutoff"].create({"hour": 17})

    def run_cron(self, when, **context):
        with freeze_time(when):
            self.env["purchase.need.cutoff"].with_context(**context)._cron_consolidate()
            self.settle()
        return self.needs.search([]).purchase_order_id

    def test_at_the_cut_off_and_not_before(self):
        self.assertFalse(self.run_cron(BEFORE))
        order = self.run_cron(AFTER)
        self.assertEqual(order.order_line.product_qty, 3)
        self.assertEqual((order.state, order.need_cutoff), ("draft", "2026-11-27"))
        self.assertEqual(self.of(self.sale), {"ordered": 3})
        # What comes after it waits for the next one, over the weekend.
        self.sell(2)
        for when in ("2026-11-27 23:00:00", "2026-11-28 15:30:00", "2026-11-29 15:30:00"):
            self.assertEqual(self.run_cron(when), order)
        self.assertEqual(len(self.run_cron(MONDAY)), 2)

    def test_one_that_was_missed_is_made_up_for_once(self):
        order = self.run_cron("2026-11-29 09:00:00")
        self.assertEqual(order.need_cutoff, "2026-11-27")
        self.sell(3)
        self.assertEqual(self.run_cron("2026-11-29 09:05:00"), order)

    def test_what_was_ordered_before_it_by_hand_is_joined(self):
        with freeze_time(BEFORE):
            order = self.consolidate()
        self.sell(2)
        self.assertEqual(self.run_cron(AFTER), order)
        self.assertEqual(order.order_line.product_qty, 5)

    def test_a_supplier_with_a_time_of_its_own(self):
        self.sell(4, self.book)
        with freeze_time("2026-11-27 08:00:00"):
            own = self.cutoff.copy({"partner_id": self.supplier.id, "hour": 12, "then": "confirm"})
        order = self.run_cron("2026-11-27 10:00:00")
        self.assertEqual((order.partner_id, order.state), (self.supplier, "purchase"))
        self.assertEqual(own.display_name, "Furnizor")
        both = self.run_cron(AFTER)
        self.assertEqual((both - order).partner_id, self.other)

    def test_confirmed_the_next_one_is_a_purchase_of_its_own(self):
        self.cutoff.then = "confirm"
        first = self.run_cron(AFTER)
        self.sell(2)
        second = self.consolidate() - first
        self.assertEqual((first | second).mapped("state"), ["purchase", "purchase"])
        self.assertEqual(second.order_line.product_qty, 2)
        self.assert_true_to_stock()

    def test_a_shop_that_is_quiet_orders_nothing(self):
        self.cutoff.active = False
        self.assertFalse(self.run_cron(AFTER))

    def test_the_supplier_gets_pdf_and_spreadsheet(self):
        self.cutoff.then = "mail"
        self.mug.write({"default_code": "=1+1", "barcode": "0059400000019"})
        order = self.run_cron(AFTER, force_report_rendering=True)
        self.assertEqual(order.state, "purchase")
        mail = self.env["mail.mail"].search(
            [("model", "=", order._name), ("res_id", "=", order.id)]
        )
        self.assertEqual(mail.recipient_ids, self.supplier)
        self.assertIn(order.name, mail.subject)
        files = {each.name.rpartition(".")[2]: each for each in mail.attachment_ids}
        self.assertEqual(set(files), {"pdf", "xlsx"})
        sheet = load_workbook(io.BytesIO(base64.b64decode(files["xlsx"].datas))).active
        self.assertEqual(
            [cell.value for cell in sheet[2]],
            ["=1+1", "0059400000019", "Cană", 3, "Units", 5, self.company.currency_id.name],
        )
        self.assertEqual(sheet["A2"].data_type, "s")
        text = extract_text(io.BytesIO(base64.b64decode(files["pdf"].datas)))
        self.assertIn(order.name, text)

    def test_a_supplier_without_an_address_is_for_a_person(self):
        self.cutoff.then = "mail"
        self.supplier.email = False
        order = self.run_cron(AFTER)
        self.assertEqual(order.state, "purchase")
        self.assertIn("no e-mail address", order.activity_ids.summary)
        self.assertIn("no e-mail address", self.needs.search([]).reason)

    def test_a_job_for_each_supplier(self):
        self.sell(4, self.book)
        needs = self.needs.search([]).with_context(queue_job__no_delay=False)
        needs.consolidate()
        jobs = self.env["queue.job"].search([("method_name", "=", "_job_consolidate")])
        self.assertEqual(len(jobs), 2)
        self.assertEqual(set(jobs.mapped("channel")), {"root.merchantpro.orders"})
        needs.consolidate()
        self.assertEqual(
            self.env["queue.job"].search([("method_name", "=", "_job_consolidate")]), jobs
        )
        for job in jobs:
            job.records._job_consolidate()
        self.assertEqual(self.of(self.mug), {"ordered": 3})
