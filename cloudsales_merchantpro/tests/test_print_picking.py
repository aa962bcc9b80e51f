"""The picking document, read from its PDF as whoever holds it would."""

import io
import unittest

from pdfminer.high_level import extract_text

from odoo.addons.base.models import ir_actions_report
from odoo.addons.cloudsales_merchantpro.models.report_picking import letters, walking_key

from .order_case import OrderCase


class TestWalkingOrder(unittest.TestCase):
    def test_numbers_in_names_of_locations_count_as_numbers(self):
        places = ["WH/Stock/A-10", "WH/Stock/A-2", "WH/Stock", "WH/Stock/B-1", "WH/Stock/A-2/3"]
        self.assertEqual(
            sorted(places, key=walking_key),
            ["WH/Stock", "WH/Stock/A-2", "WH/Stock/A-2/3", "WH/Stock/A-10", "WH/Stock/B-1"],
        )

    def test_orders_of_a_batch_have_letters_without_end(self):
        found = [letter for letter, _number in zip(letters(), range(28), strict=False)]
        self.assertEqual((found[0], found[25], found[26], found[27]), ("A", "Z", "AA", "AB"))


class TestPrintPicking(OrderCase):
    def prepare(self):
        super().prepare()
        self.mug.write(
            {
                "barcode": "5941234567899",
                "additional_code_ids": [(0, 0, {"code": "RAFT-77"})],
                "name": "Cană ștearsă",
            }
        )
        shelf = self.warehouse.lot_stock_id
        self.near, self.far = self.env["stock.location"].create(
            [{"name": name, "location_id": shelf.id} for name in ("A-2", "A-10")]
        )
        self.place(self.mug, self.far, 5)
        self.place(self.book, self.near, 5)
        orders = [
            self.site.add_order(
                [{"product_id": 1, "quantity": 2}, {"product_id": 2}],
                customer_note="Sunați înainte, vă rog",
            ),
            self.site.add_order([{"product_id": 1}]),
        ]
        self.shop.fetch_orders()
        self.first, self.second = (
            self.assert_imported(self.order(order["id"])).picking_ids for order in orders
        )

    def place(self, product, location, quantity):
        """All of it lies there."""
        self.set_stock(product, 0)
        self.env["stock.quant"]._update_available_quantity(product, location, quantity)

    def text(self, pickings):
        job = self.env["merchantpro.print.job"].with_context(force_report_rendering=True)
        content = job._rendered_pickings(pickings)
        return " ".join(extract_text(io.BytesIO(content)).split())

    def test_it_waits_for_no_scripts_and_other_reports_do(self):
        commands = []
        run = ir_actions_report._run_wkhtmltopdf

        def noted(arguments):
            commands.append(arguments)
            return run(arguments)

        self.patch(ir_actions_report, "_run_wkhtmltopdf", noted)
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        for name in ("cloudsales_merchantpro.report_picking", "stock.report_deliveryslip"):
            reports._render_qweb_pdf(name, self.second.ids)
        delays = [command[command.index("--javascript-delay") + 1] for command in commands]
        self.assertEqual(delays, ["0", "1000"])

    def test_it_says_what_to_take_where_and_whom_it_is_for(self):
        picking = self.first
        picking.sale_id.merchantpro_cod_amount = 81.73
        text = self.text(picking)
        for words in (
            picking.sale_id.merchantpro_number,
            picking.name,
            "Cană ștearsă",
            "CANA",
            "5941234567899",
            "RAFT-77",
            picking.partner_id.name,
            "Sunați înainte, vă rog",
            "81.73",
        ):
            self.assertIn(words, text)
        self.assertLess(text.index("A-2"), text.index("A-10"))

    def test_several_are_one_list_with_letters_and_then_a_page_each(self):
        text = self.text(self.first | self.second)
        joint, *pages = text.split("Order ")
        self.assertIn("Batch list: 2 orders", joint)
        self.assertLess(joint.index("CARTE"), joint.index("CANA"))
        self.assertIn("3 Units", joint)
        self.assertIn("A: 2 B: 1", joint)
        self.assertEqual(len(pages), 2)
        self.assertIn(self.second.name, pages[1])
