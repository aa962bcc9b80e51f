"""A shop whose card payments are entered in a bank journal."""

from .order_case import OrderCase

CARD = {
    "payment_method_code": "euplatesc",
    "payment_status": "paid",
    "payment_transaction_id": "TX-1",
    "payment_date": "2026-05-02T00:30:00+03:00",
}


class PaymentCase(OrderCase):
    def prepare(self):
        super().prepare()
        self.bank = self.env["account.journal"].create(
            {"name": "euPlatesc", "type": "bank", "code": "EUPL", "company_id": self.company.id}
        )
        self.method("euplatesc").journal_id = self.bank
        self.sale = self.paid_sale(payment_transaction_id="TX-1")

    def method(self, code):
        return self.env["merchantpro.payment.method"]._for_codes(self.shop, {code: code})[code]

    def paid_sale(self, lines=({"product_id": 1, "quantity": 2},), **header):
        (sale,) = self.paid_sales({"payment_transaction_id": "TX-2", **header}, lines=lines)
        return sale

    def paid_sales(self, *headers, lines=({"product_id": 1, "quantity": 2},)):
        orders = self.read_orders(lines, *({**CARD, **header} for header in headers))
        return [self.assert_imported(order) for order in orders]

    def site_says(self, sale, **fields):
        """Somebody changes the order on the site, and we read it again."""
        order = sale.merchantpro_order_id
        self.site.update("order", order.external_id, **fields)
        order._read_again(self.shop)

    def payments(self, sale):
        return sale.merchantpro_order_id.account_payment_ids

    def invoice(self, sale, post=True):
        for line in sale.order_line:
            line.qty_delivered = line.product_uom_qty
        invoice = sale._create_invoices()
        if post:
            invoice.action_post()
        return invoice
