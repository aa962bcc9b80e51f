"""Waybills of orders of shops: what is collected, which locker, what the site hears and says."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .rule_case import RuleCase

CASH = {"payment_method_code": "cash_delivery", "payment_status": "awaiting"}


@tagged("post_install", "-at_install")
class TestOrderAwb(RuleCase):
    books = False

    def prepare(self):
        super().prepare()
        self.shop.push_awb = True
        fee = self.env.ref("cloudsales_merchantpro.product_shipping").id
        self.by_hand, self.on_site = self.env["delivery.carrier"].create(
            [
                {"name": kind, "delivery_type": kind, "product_id": fee}
                for kind in ("manual", "merchantpro")
            ]
        )
        self.cash = self.cash_sale()

    def cash_sale(self, **header):
        sale = self.sale([{"product_id": 1, "quantity": 4}], **{**CASH, **header})
        sale.picking_ids.carrier_id = self.by_hand
        return sale

    def waybill(self, picking, number=None):
        """Made at a courier and typed here."""
        waybill = self.env["delivery.awb"].create(picking._prepare_awb_values())
        waybill.number = number or f"N{waybill.id}"
        waybill._become("issued")
        waybill._tell_transfer()
        return waybill

    def told(self, sale, kind="awb"):
        messages = sale.merchantpro_order_id.site_message_ids
        return messages.filtered(lambda each: each.kind == kind).mapped("value")

    def site_says(self, sale, **fields):
        order = sale.merchantpro_order_id
        self.site.update("order", order.external_id, **fields)
        order._read_again(self.shop)

    # What is collected

    def test_what_is_unpaid_is_collected_and_nothing_of_what_is_paid(self):
        sale = self.cash
        picking = sale.picking_ids
        self.assertEqual(picking._awb_cod_amount(), sale.amount_total)
        self.site_says(sale, payment_status="paid")
        self.assertEqual(picking._awb_cod_amount(), 0)
        card = self.cash_sale(payment_method_code="euplatesc", payment_status="paid")
        self.assertEqual(card.picking_ids._awb_cod_amount(), 0)

    def test_what_was_paid_here_meanwhile_is_not_collected(self):
        sale = self.cash
        for line in sale.order_line:
            line.qty_delivered = line.product_uom_qty
        invoice = sale._create_invoices()
        invoice.action_post()
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        register.create({"amount": 20})._create_payments()
        left = sale.amount_total - 20
        self.assertAlmostEqual(sale.picking_ids._awb_cod_amount(), left, 2)

    def test_a_back_order_collects_the_rest_and_never_the_same_twice(self):
        sale = self.cash
        first = sale.picking_ids
        first.move_ids.quantity = 3
        first.with_context(skip_backorder=True).button_validate()
        second = sale.picking_ids - first
        total = sale.amount_total
        self.assertEqual(len(second), 1)
        one = self.waybill(first)
        self.assertTrue(0 < one.cod_amount < total)
        two = self.waybill(second)
        self.assertAlmostEqual(one.cod_amount + two.cod_amount, total, 2)
        # Sent again, each asks for its own.
        self.assertAlmostEqual(first._awb_cod_amount(), one.cod_amount, 2)
        one._become("refused")
        self.assertAlmostEqual(second._awb_cod_amount(), total, 2)

    def test_a_waybill_of_everything_leaves_nothing_for_the_back_order(self):
        sale = self.cash
        first = sale.picking_ids
        self.waybill(first)
        first.move_ids.quantity = 3
        first.with_context(skip_backorder=True).button_validate()
        second = sale.picking_ids - first
        self.assertEqual(second._awb_cod_amount(), 0)

    # Lockers, the site's own waybills

    def test_locker_is_the_one_of_the_order(self):
        sale = self.cash_sale(shipping_locker_id="1234")
        self.assertEqual(sale.picking_ids._prepare_awb_values()["locker_code"], "1234")

    def test_made_on_the_site_is_read_back_and_not_told_to_it(self):
        sale = self.cash
        picking = sale.picking_ids
        picking.carrier_id = self.on_site
        picking.action_make_awb()
        waybill = picking.awb_ids
        self.assertEqual((waybill.state, picking.carrier_tracking_ref), ("draft", False))
        self.assertIn("no waybill", waybill.problem)
        self.site_says(sale, shipping_awb="SITE-7")
        self.assertEqual((waybill.state, waybill.number), ("issued", "SITE-7"))
        self.assertEqual((picking.carrier_tracking_ref, self.told(sale)), ("SITE-7", []))
        self.site_says(sale, shipping_status="delivered")
        waybill._job_track()
        self.assertEqual(waybill.state, "delivered")
        self.assertTrue(picking.merchantpro_delivered_at)

    def test_made_on_the_site_before_anybody_asked(self):
        sale = self.cash
        sale.picking_ids.carrier_id = self.on_site
        self.site_says(sale, shipping_awb="SITE-8")
        self.assertEqual(sale.picking_ids.awb_id.number, "SITE-8")
        self.site_says(sale, customer_note="again")
        self.assertEqual(len(sale.picking_ids.awb_ids), 1)

    def test_no_second_waybill_beside_the_one_of_the_site(self):
        sale = self.cash
        self.site_says(sale, shipping_awb="SITE-9")
        with self.assertRaisesRegex(UserError, "SITE-9"):
            sale.action_make_awb()
        self.assertFalse(sale.picking_ids.awb_ids)

    # What follows from it

    def test_site_is_told_once_and_rules_run_for_what_the_courier_says(self):
        rules = {event: self.rule(event) for event in ("awb", "at_point", "delivered", "refused")}
        sale = self.cash
        waybill = self.waybill(sale.picking_ids)
        self.assertEqual(self.told(sale), [waybill.number])
        self.assertEqual(self.runs(rules["awb"]).picking_id, sale.picking_ids)
        waybill._become("at_point")
        waybill._become("delivered")
        self.assertEqual(len(self.runs(rules["at_point"])), 1)
        self.assertEqual(len(self.runs(rules["delivered"])), 1)
        self.assertTrue(sale.merchantpro_delivered_at)
        self.assertFalse(self.runs(rules["refused"]))

    def test_refused_with_an_open_invoice_is_for_a_person(self):
        rule = self.rule("refused")
        sale = self.cash
        for line in sale.order_line:
            line.qty_delivered = line.product_uom_qty
        invoice = sale._create_invoices()
        invoice.action_post()
        # The invoice was issued after the parcel left.
        waybill = self.waybill(sale.picking_ids)
        waybill._become("returning")
        self.assertEqual(len(self.runs(rule)), 1)
        self.assertIn(invoice.name, sale.activity_ids[0].note)
        waybill._become("returned")
        self.assertEqual(len(sale.activity_ids), 2)
        view = self.env.ref("cloudsales_merchantpro.sale_order_awb_search")
        arch = self.env["sale.order"].get_view(view.inherit_id.id, "search")["arch"]
        self.assertIn("merchantpro_refused", arch)
        found = self.env["sale.order"].search(self.refused_domain())
        self.assertIn(sale, found)
        invoice._reverse_moves(cancel=True)
        self.assertNotIn(sale, self.env["sale.order"].search(self.refused_domain()))

    def refused_domain(self):
        from ast import literal_eval

        from lxml import etree

        view = self.env.ref("cloudsales_merchantpro.sale_order_awb_search")
        (found,) = etree.fromstring(view.arch).iter("filter")
        return literal_eval("".join(found.get("domain").split("\n")))

    # Rules

    def test_rule_asks_for_the_waybill_once(self):
        rule = self.rule("confirmed", action="awb")
        sale = self.sale(**CASH)
        self.assertEqual(self.states(rule), ["failed"])
        self.assertIn("no carrier", self.runs(rule).problem)
        sale.picking_ids.carrier_id = self.on_site
        self.site_says(sale, shipping_awb="SITE-1")
        # Read back by itself, so there is nothing to retry.
        self.assertEqual(self.states(rule), ["done"])
        self.assertIn("SITE-1", self.runs(rule).result)
        self.assertEqual(len(sale.picking_ids.awb_ids), 1)

    def test_what_the_courier_says_later_is_on_the_run(self):
        rule = self.rule("confirmed", action="awb")
        sale = self.sale(**CASH)
        picking = sale.picking_ids
        picking.carrier_id = self.on_site
        run = self.runs(rule)
        run.action_retry()
        self.assertEqual((run.state, picking.awb_ids.state), ("done", "draft"))
        picking.awb_ids._refuse("Adresă greșită")
        self.assertEqual((run.state, run.problem), ("failed", "Adresă greșită"))
        self.site_says(sale, shipping_awb="SITE-2")
        run.action_retry()
        self.assertEqual(run.state, "done")
        self.assertIn("SITE-2", run.result)

    def test_typed_by_hand_is_no_failure_of_a_rule(self):
        rule = self.rule("picked", action="awb")
        sale = self.cash
        sale.picking_ids.move_ids.picked = True
        self.assertEqual(self.states(rule), ["skipped"])

    # Many at once

    def test_of_many_orders_those_that_can_get_theirs(self):
        second, without = map(
            self.assert_imported, self.read_orders([{"product_id": 1}], CASH, CASH)
        )
        sales = self.cash | second
        sales.picking_ids.carrier_id = self.on_site
        for sale in sales:
            self.site.update("order", sale.merchantpro_number, shipping_awb=f"B{sale.id}")
        sales.merchantpro_order_id._read_again(self.shop)
        notice = (sales | without).action_make_awb()
        self.assertEqual(
            sales.picking_ids.mapped("awb_id.number"), [f"B{sale.id}" for sale in sales]
        )
        self.assertIn("no carrier", notice["params"]["message"])
