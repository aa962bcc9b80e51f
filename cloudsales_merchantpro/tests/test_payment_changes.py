"""What the site says later of a payment, and what the courier is to collect."""

from .payment_case import PaymentCase


class TestPaymentChanges(PaymentCase):
    def notes(self, sale):
        return [body for body in sale.message_ids.mapped("body") if "payment" in body]

    def cash_sale(self, **header):
        order = self.read_order([{"product_id": 1, "quantity": 2}], **header)
        return self.assert_imported(order)

    def test_each_change_is_noted_once(self):
        sale = self.sale
        self.site_says(sale, payment_status="refunded")
        self.site_says(sale, customer_note="Sunați!")
        (note,) = self.notes(sale)
        self.assertIn("refunded now (before: paid)", note)

    def test_a_refund_of_what_was_invoiced_asks_for_a_person_and_refunds_nothing(self):
        sale = self.sale
        invoice = self.invoice(sale)
        self.site_says(sale, payment_status="refunded")
        activity = sale.activity_ids
        self.assertIn("refunded", activity.summary)
        self.assertEqual((invoice.payment_state, invoice.state), ("paid", "posted"))
        self.assertEqual(self.payments(sale).state, "paid")
        self.site_says(sale, customer_note="Sunați!")
        self.assertEqual(sale.activity_ids, activity)

    def test_a_refund_of_what_was_neither_invoiced_nor_entered_is_only_noted(self):
        self.method("euplatesc").journal_id = False
        sale = self.paid_sale()
        self.site_says(sale, payment_status="refunded")
        self.assertEqual((len(self.notes(sale)), len(sale.activity_ids)), (1, 0))

    # Cash on delivery

    def test_the_courier_collects_what_the_site_says(self):
        sale = self.cash_sale(shipping_amount=10)
        self.assertEqual(sale.merchantpro_cod_amount, 58.4)
        self.assertEqual(sale.picking_ids.merchantpro_cod_amount, 58.4)

    def test_the_courier_collects_the_rest_of_what_was_paid_in_part(self):
        sale = self.cash_sale(shipping_cod_amount=0, paid_amount=8.4)
        self.assertEqual(sale.merchantpro_cod_amount, 40)

    def test_nothing_is_collected_for_what_is_paid_otherwise(self):
        for header in ({"payment_method_code": "wire"}, {"payment_status": "paid"}):
            self.assertEqual(self.cash_sale(**header).merchantpro_cod_amount, 0)

    def test_what_is_paid_meanwhile_is_not_collected(self):
        sale = self.cash_sale()
        self.site_says(sale, payment_status="paid", paid_amount=48.4)
        self.assertEqual(sale.merchantpro_cod_amount, 0)

    def test_another_method_may_be_collected_too(self):
        self.method("ramburs_posta").write(
            {"collected_by_courier": True, "wait_for_payment": False}
        )
        sale = self.cash_sale(payment_method_code="ramburs_posta")
        self.assertEqual(sale.merchantpro_cod_amount, 48.4)
