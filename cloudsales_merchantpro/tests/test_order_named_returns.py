"""Returns that the site names only on the order whose goods come back."""

from odoo.exceptions import UserError

from .change_case import LINES
from .return_case import ReturnCase


class TestNamedReturns(ReturnCase):
    def name(self, quantities, told=False, **fields):
        """The shop enters a return that its list does not show, and we read orders; its number."""
        number = self.shop_order.external_id
        back = self.site.return_order(number, quantities, listed=False, told=told, **fields)
        self.shop.fetch_orders()
        return back["id"]

    def minute(self):
        """What happens every minute."""
        self.env["merchantpro.shop"]._cron_orders()

    def waiting(self):
        notices = self.env["merchantpro.order.notice"].search([("shop_id", "=", self.shop.id)])
        return notices.mapped("external_id")

    def test_it_is_asked_for_and_brings_back_goods_and_money_once(self):
        self.invoice()
        number = self.name({1: 1})
        self.assertEqual(self.waiting(), [number])
        self.minute()
        back = self.order(number)
        self.assertEqual((back.state, back.sale_order_id), ("done", self.sale))
        self.assertEqual(back.source_id, self.shop_order)
        self.assertEqual(self.coming_back(), {self.mug: 1})
        self.assertEqual((self.credits.state, self.credits.amount_total), ("draft", 24.2))
        self.assertFalse(self.waiting())
        self.edit(customer_note="Mulțumesc")
        self.assertEqual(self.waiting(), [], "it is here")
        self.shop._take_notice([number, number])
        self.site.update("order", number, tags=[{"id": 1, "name": "văzut"}])
        self.shop._take_notice([number])
        self.assertEqual((len(self.returns), len(self.credits)), (1, 1))
        self.assertEqual(self.order(number).return_of, self.shop_order.external_id)
        self.assertFalse(self.sale.activity_ids)

    def test_one_that_says_itself_whose_goods_it_brings_needs_no_list_either(self):
        number = self.name({1: 2}, told=True)
        self.minute()
        self.assertEqual((self.order(number).state, self.coming_back()), ("done", {self.mug: 2}))

    def test_a_fetch_that_fails_is_tried_again(self):
        number = self.name({1: 1})
        self.site.faults.set("truncated")
        with self.assertRaises(UserError):
            self.minute()
        self.site.faults.clear()
        self.assertEqual((self.waiting(), len(self.returns)), ([number], 0))
        self.minute()
        self.assertEqual((self.waiting(), self.coming_back()), ([], {self.mug: 1}))

    def test_one_in_the_list_that_does_not_say_so_is_a_return_and_no_sale(self):
        number = self.shop_order.external_id
        back = self.site.return_order(number, {1: 1}, told=False)
        self.shop.fetch_orders()
        self.assertEqual(
            (self.order(back["id"]).state, self.coming_back()), ("done", {self.mug: 1})
        )
        self.assertEqual(self.waiting(), [])

    def test_one_that_was_held_before_it_was_named_is_tried_again(self):
        gone = {"product_id": 99, "missing": True, "product_name": "Vază", "unit_price_gross": 5}
        back = self.read_order([gone])
        self.assertEqual(back.state, "held")
        self.site.update("order", back.external_id, line_items=[{**LINES[0], "quantity": -1,
                         "product_sku": "CANA", "unit_price_gross": 24.2,
                         "product_tax_percent": 21}], total_amount=-24.2)  # fmt: skip
        back.payload = self.site.order(back.external_id)
        self.edit(rma_orders=[{"id": int(back.external_id), "type": "return"}])
        self.assertEqual((back.state, self.coming_back()), ("done", {self.mug: 1}))

    def test_a_sale_that_turns_out_to_be_a_return_is_told(self):
        other = self.read_order([LINES[0]])
        number = self.shop_order.external_id
        self.edit(rma_orders=[{"id": int(other.external_id), "type": "return"}])
        self.assertEqual((other.state, other.return_of), ("done", number))
        self.assertIn(number, other.sale_order_id.activity_ids.note)
        other.action_change_settled()
        other._read_again(self.shop)
        self.assertFalse(other.sale_order_id.activity_ids, "once is enough")

    def test_one_that_another_worker_read_from_the_list_is_a_return(self):
        number = self.name({1: 1})
        # As if it had been stored by who did not see yet that it is named.
        back = self.env["merchantpro.order"].create(
            self.shop_order._prepare_inbox_values(self.shop, number, self.site.order(number))
        )
        back.return_of = False
        self.minute()
        self.assertEqual((back.state, self.coming_back()), ("done", {self.mug: 1}))

    def test_goods_that_go_out_instead_are_an_order(self):
        instead = self.site.add_order([LINES[0]])
        self.edit(rma_orders=[{"id": int(instead["id"]), "type": "exchange"}])
        self.assertNotEqual(self.assert_imported(self.order(instead["id"])), self.sale)
        self.assertFalse(self.returns)

    def test_a_return_that_the_site_does_not_show_is_told_once(self):
        for note in ("una", "două"):
            self.edit(rma_orders=[{"id": 777, "type": "return"}], customer_note=note)
            self.minute()
        self.assertEqual(len(self.sale.activity_ids), 1)
        self.assertIn("777", self.sale.activity_ids.note)
        self.assertEqual(self.waiting(), [])

    def test_in_a_shop_that_applies_no_changes_it_is_held(self):
        self.shop.apply_order_changes = False
        number = self.name({1: 1})
        self.minute()
        self.assert_held(self.order(number), "return of order " + self.shop_order.external_id)
        self.assertFalse(self.returns)

    def test_a_return_read_before_its_order_waits_for_it(self):
        self.env["merchantpro.order.status"].search([("code", "=", "delivered")]).decision = "take"
        source = self.site.add_order([LINES[0]], payment_status="temporary", notify=False)
        back = self.read_order([LINES[0]], return_source_id=source["id"])
        self.assert_held(back, source["id"])
        self.site.update("order", source["id"], payment_status="awaiting")
        self.shop.fetch_orders()
        self.assert_held(back, "not delivered")

    def test_nobody_asks_for_the_returns_of_orders_that_were_not_imported(self):
        other = self.read_order(LINES, shipping_status="cancelled")
        self.site.update("order", other.external_id, rma_orders=[{"id": 5}])
        self.shop.fetch_orders()
        self.assertEqual((other.named_returns, self.waiting()), (["5"], []))

    def test_a_return_of_what_is_kept_as_history_is_history(self):
        day = "2025-12-31"
        sold = self.site.add_order(LINES, date_created=f"{day}T10:00:00+02:00", notify=False)
        number = self.site.return_order(sold["id"], {1: 1}, listed=False, told=False)["id"]
        history = self.env["merchantpro.order.history"].create(
            {"shop_id": self.shop.id, "date_from": day, "date_to": day, "purpose": "keep"}
        )
        history.action_start()
        self.minute()
        self.assertEqual(self.order(sold["id"]).state, "ignored")
        back = self.order(number)
        self.assertEqual((back.state, back.ignored_because), ("ignored", "history"))

    def test_a_count_does_not_miss_it_in_the_list(self):
        self.name({1: 1}, date_created=self.ago(minutes=40))
        self.minute()
        count = self.shop._count_orders()
        self.assertEqual((count.state, count.differs), ("done", False))

    def test_nonsense_names_nothing(self):
        for named in ("x", [[]], {"x": 1}, [{"id": None}], [{"id": {"x": 1}}], [{"id": "9" * 300}]):
            self.edit(rma_orders=named)
            self.assertEqual(self.waiting(), [])
