"""Each event of rules happens once, for the right document."""

from odoo.tests import Form

from .rule_case import RuleCase


class TestRuleEvents(RuleCase):
    def prepare(self):
        """Two orders of a buyer come in; of the second three books are missing."""
        super().prepare()
        events = ("imported", "confirmed", "reserved", "delayed")
        self.first_rules = {event: self.rule(event) for event in events}
        (self.mug | self.book).invoice_policy = "delivery"
        mugs = {"product_id": 1, "quantity": 2}
        placed = [
            self.site.add_order([mugs, {"product_id": 2, "quantity": books}], customer_id=1)
            for books in (1, 12)
        ]
        self.shop.fetch_orders()
        self.whole, self.short = (self.assert_imported(self.order(each["id"])) for each in placed)

    def assert_happened(self, rule, *documents):
        runs = self.runs(rule)
        found = [run.picking_id or run.move_id or run.order_id for run in runs.sorted("id")]
        self.assertEqual(found, list(documents))

    # The order

    def test_imported_confirmed_and_reserved_or_delayed_when_an_order_comes_in(self):
        self.assert_happened(self.first_rules["imported"], self.whole, self.short)
        self.assert_happened(self.first_rules["confirmed"], self.whole, self.short)
        self.assert_happened(self.first_rules["reserved"], self.whole.picking_ids)
        self.assert_happened(self.first_rules["delayed"], self.short)

    def test_cancelled_once_though_it_is_confirmed_and_cancelled_again(self):
        cancelled, sale = self.rule("cancelled"), self.whole
        sale._action_cancel()
        sale.action_draft()
        sale.action_confirm()
        sale._action_cancel()
        self.assert_happened(cancelled, sale)
        self.assert_happened(self.first_rules["confirmed"], sale, self.short)

    def test_orders_of_no_shop_are_not_watched(self):
        rule = self.rule("confirmed", shop_ids=False)
        sale = self.env["sale.order"].create(
            {
                "partner_id": self.env.user.partner_id.id,
                "order_line": [(0, 0, {"product_id": self.mug.id})],
            }
        )
        sale.action_confirm()
        self.assert_happened(rule)

    # Paid

    def test_paid_when_the_site_says_so_and_not_again_with_the_invoice(self):
        rule, sale = self.rule("paid"), self.whole
        self.assert_happened(rule)
        number = sale.merchantpro_order_id.external_id
        self.site.update("order", number, payment_status="paid")
        sale.merchantpro_order_id._read_again(self.shop)
        self.assert_happened(rule, sale)
        self.pay(self.invoice(sale))
        self.assert_happened(rule, sale)

    def test_paid_when_it_comes_in_paid(self):
        rule = self.rule("paid")
        sale = self.sale(payment_status="paid", payment_method_code="euplatesc")
        self.assert_happened(rule, sale)

    def test_paid_when_the_last_of_its_invoices_is(self):
        rule, sale = self.rule("paid"), self.whole
        first = self.invoice(sale, sale.order_line[:1])
        self.pay(first)
        self.assert_happened(rule)
        self.pay(self.invoice(sale))
        self.assert_happened(rule, sale)

    def test_an_invoice_of_two_orders_is_noted_for_both(self):
        rule, sales = self.rule("invoiced"), self.whole | self.short
        invoice = self.invoice(sales)
        self.env["merchantpro.rule"]._happened("invoiced", invoice)
        self.env["merchantpro.rule"]._happened("invoiced", invoice)
        runs = self.runs(rule)
        self.assertEqual((len(invoice), runs.move_id, runs.order_id), (1, invoice, sales))

    def invoice(self, sale, lines=None):
        for line in lines or sale.order_line:
            line.qty_delivered = line.product_uom_qty
        invoice = sale._create_invoices()
        invoice.action_post()
        return invoice

    def pay(self, invoice):
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard.create({})._create_payments()

    # Reserved, or not

    def test_delayed_when_something_is_missing_and_reserved_when_all_has_come(self):
        rule, before, picking = self.first_rules["reserved"], self.whole, self.short.picking_ids
        self.receive(self.book, 1)
        self.assert_happened(rule, before.picking_ids)
        self.receive(self.book, 5)
        self.assert_happened(rule, before.picking_ids, picking)
        picking.do_unreserve()
        picking.action_assign()
        self.assert_happened(rule, before.picking_ids, picking)
        self.assert_happened(self.first_rules["delayed"], self.short)

    def test_reserved_when_what_was_missing_is_cancelled(self):
        rule = self.rule("reserved")
        books = self.short.order_line.filtered(lambda line: line.product_id == self.book)
        books.product_uom_qty = 0
        self.assert_happened(rule, self.short.picking_ids)

    def test_a_back_order_is_reserved_by_itself(self):
        rule = self.rule("reserved")
        self.picking(self.short).with_context(skip_backorder=True).button_validate()
        back_order = self.picking(self.short)
        self.assert_happened(rule)
        self.receive(self.book, 3)
        self.assert_happened(rule, back_order)

    def receive(self, product, quantity):
        receipt = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.in_type_id.id,
                "move_ids": [
                    (
                        0,
                        0,
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            "location_id": self.env.ref("stock.stock_location_suppliers").id,
                            "location_dest_id": self.warehouse.lot_stock_id.id,
                        },
                    )
                ],
            }
        )
        receipt.action_confirm()
        receipt.button_validate()
        self.env["stock.rule"].run_scheduler()  # as the nightly one does

    # The goods on their way

    def test_picked_when_all_its_moves_are_then_shipped_delivered_and_returned(self):
        rules = [self.rule(event) for event in ("picked", "shipped", "delivered", "returned")]
        sale, picking = self.whole, self.whole.picking_ids
        picking.move_ids[0].picked = True
        self.assert_happened(rules[0])
        picking.move_ids[1].picked = True
        self.assert_happened(rules[0], picking)
        picking.button_validate()
        self.assert_happened(rules[1], picking)
        sale.action_mark_delivered()
        picking._mark_delivered()
        self.assert_happened(rules[2], picking)
        self.assert_happened(rules[3])
        back = self.bring_back(picking)
        self.assert_happened(rules[3], back)
        for rule in rules[:3]:
            self.assert_happened(rule, picking)

    def bring_back(self, picking):
        wizard = Form(
            self.env["stock.return.picking"].with_context(
                active_id=picking.id, active_ids=picking.ids, active_model="stock.picking"
            )
        ).save()
        wizard.product_return_moves.quantity = 1
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        back.button_validate()
        return back

    def test_each_parcel_of_an_order_is_shipped_and_delivered(self):
        shipped, delivered = self.rule("shipped"), self.rule("delivered")
        sale, first = self.whole, self.picking(self.whole)
        first.move_ids.quantity = 1
        first.with_context(skip_backorder=True).button_validate()
        first._mark_delivered()
        self.assert_happened(delivered, first)
        second = self.deliver(sale)
        sale.action_mark_delivered()
        self.assert_happened(shipped, first, second)
        self.assert_happened(delivered, first, second)

    def test_a_warehouse_that_picks_and_packs_first(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        rules = [self.rule(event) for event in ("reserved", "picked", "shipped")]
        sale = self.sale()
        first = sale.picking_ids
        self.assert_happened(rules[0], first)
        for _step in ("pick", "pack"):
            self.assert_happened(rules[1])
            self.deliver(sale)
        last = self.picking(sale)
        self.assertEqual(last.picking_type_code, "outgoing")
        self.assert_happened(rules[1], last)
        self.deliver(sale)
        self.assert_happened(rules[0], first)
        self.assert_happened(rules[1], last)
        self.assert_happened(rules[2], last)
