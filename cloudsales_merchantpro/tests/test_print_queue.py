"""Documents of shop orders in the printer queue: what gets there by itself, once, and what people
do there. The printer here answers as a test tells it; the real one is tested with its addon."""

from .order_case import OrderCase


class TestPrintQueue(OrderCase):
    def prepare(self):
        super().prepare()
        self.printer = self.env["merchantpro.printer"].create({"name": "Depozit"})
        self.shop.picking_printer_id = self.printer

    def sale(self, quantity=2, **header):
        return self.assert_imported(
            self.read_order([{"product_id": 1, "quantity": quantity}], **header)
        )

    def jobs(self, sale):
        return self.env["merchantpro.print.job"].search([("order_id", "=", sale.id)])

    def test_a_reserved_picking_waits_to_be_printed_once(self):
        sale = self.sale()
        job = self.jobs(sale)
        self.assertEqual(
            (job.what, job.state, job.printer_id), ("picking", "waiting", self.printer)
        )
        sale.picking_ids.do_unreserve()
        sale.picking_ids.action_assign()
        self.assertEqual(self.jobs(sale), job)
