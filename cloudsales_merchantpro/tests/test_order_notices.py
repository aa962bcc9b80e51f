"""Orders that a notice named, and orders that a person asks for by number."""

from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import new_test_user

from .order_case import SERVICES, OrderCase

MUG = [{"product_id": 1}]
CARD = {"payment_method_code": "euplatesc", "payment_status": "awaiting"}


class TestNotices(OrderCase):
    goods = SERVICES
    page_size = 10

    def waiting(self):
        return self.env["merchantpro.order.notice"].search([("shop_id", "=", self.shop.id)])

    def asked(self):
        return [call["query"]["ids"] for call in self.site.calls_of("GET", "/orders")]

    def store(self, numbers):
        self.waiting().create([{"shop_id": self.shop.id, "external_id": each} for each in numbers])

    def test_a_noticed_order_is_read_by_its_number_and_imported(self):
        placed = self.site.add_order(MUG)
        self.shop._take_notice([placed["id"]])
        self.assert_imported(self.order(placed["id"]))
        self.assertEqual(self.asked(), [placed["id"]])
        self.assertFalse(self.waiting())

    def test_a_change_of_an_order_too_old_for_the_list_is_noticed(self):
        self.shop.order_wait_hours = 0
        old = self.read_order(MUG, date_created="2026-01-05T10:00:00+02:00", **CARD)
        self.read_order(MUG)
        self.site.update("order", old.external_id, payment_status="paid")
        self.shop.fetch_orders()
        self.assertEqual(old.state, "new", "the list does not show it")
        self.shop._take_notice([old.external_id])
        self.assert_imported(old)

    def test_notices_doubled_and_out_of_order_are_read_once_and_make_one_sale(self):
        numbers = [self.site.add_order(MUG)["id"] for _turn in range(3)]
        self.store([*numbers, *reversed(numbers), *numbers])
        self.shop._read_noticed()
        self.assertEqual(self.asked(), [",".join(numbers)])
        for number in numbers:
            self.assert_imported(self.order(number))
        with self.assert_nothing_written():
            self.shop._take_notice(numbers)

    def test_many_notices_are_read_fifty_at_a_time(self):
        self.store(str(number) for number in range(60))
        self.shop._read_noticed()
        self.assertEqual([len(ids.split(",")) for ids in self.asked()], [50, 10])
        self.assertFalse(self.waiting())

    def test_a_number_is_the_same_however_the_site_writes_it(self):
        rows = [{"id": 95.0}, {"id": 95}, {"id": " 95 "}, {"id": None}, {"id": [95]}, {}]
        self.assertEqual(self.env["merchantpro.order"]._numbers_of(rows), ["95"] * 3)

    def test_a_number_the_site_does_not_have_does_no_harm(self):
        self.shop._take_notice(["777"])
        self.assertFalse(self.order("777"))
        self.assertFalse(self.waiting())

    def test_notices_outlast_a_failing_site_and_the_cron_reads_them(self):
        placed = self.site.add_order(MUG)
        self.store([placed["id"]])
        self.site.faults.set("truncated")
        with self.assertRaises(UserError):
            self.shop._read_noticed()
        self.site.faults.clear()
        self.assertEqual(self.waiting().mapped("external_id"), [placed["id"]])
        self.shop.fetch_orders()  # so that the list is not due
        self.env["merchantpro.shop"]._cron_orders()
        self.assertFalse(self.waiting())

    def test_what_an_enqueued_job_may_miss_is_looked_for_by_the_cron(self):
        """It may have begun before the second notice is committed."""
        cron = self.env.ref("cloudsales_merchantpro.cron_orders")
        woken = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        shop = self.shop.with_context(queue_job__no_delay=False)
        for number, times in (("1", 0), ("2", 1)):
            shop._take_notice([number])
            now = woken.search([("cron_id", "=", cron.id)])
            self.assertEqual(len(now - woken), times)
        shop.with_context(cron_id=cron.id)._cron_orders()
        again = woken.search([("cron_id", "=", cron.id)])
        self.assertEqual(again, now, "it would wake itself for ever")

    def test_notices_of_a_shop_that_was_stopped_wait_for_it(self):
        self.store(["1"])
        self.shop._stop_for(ValueError("No"))
        self.site.clear_calls()
        self.shop._job_read_noticed()
        self.assertEqual((len(self.waiting()), self.site.calls), (1, []))

    def test_a_reading_says_nothing_of_orders_noticed_while_it_lasts(self):
        for number in range(1, 13):
            date = f"2026-03-01T10:{number:02}:00+02:00"
            self.site.add_order([{"product_name": "?"}], id=str(number), date_created=date)
        start, newest = self.shop._read_orders(0, False)
        noticed = self.site.add_order(MUG, date_created="2026-03-01T12:00:00+02:00")
        self.shop._take_notice([noticed["id"]])
        self.assertEqual(self.shop._read_orders(start, False, newest), (None, newest))
        # What came between the two, and whose notice was lost, is still to be read.
        self.assertEqual(str(self.shop.order_read_until), "2026-03-01 08:12:00")

    # By number

    def read(self, numbers, shop=None):
        wizard = self.env["merchantpro.orders.by.number"]
        wizard = wizard.browse(wizard._open(shop or self.shop)["res_id"])
        wizard.numbers = numbers
        return wizard, wizard.action_read()

    def test_orders_never_seen_are_read_by_their_numbers(self):
        numbers = [self.site.add_order(MUG)["id"], self.site.add_order(MUG, id="950.3")["id"]]
        _wizard, action = self.read(f" #{numbers[0]},\n{numbers[1]}, ")
        orders = self.env["merchantpro.order"].search(action["domain"])
        self.assertEqual(set(orders.mapped("external_id")), set(numbers))
        for order in orders:
            self.assert_imported(order)

    def test_numbers_the_site_does_not_have_are_told_and_the_others_come_in(self):
        placed = self.site.add_order(MUG)
        wizard, action = self.read(f"1, {placed['id']}, 2")
        self.assertEqual((wizard.missing, action["res_id"]), ("1, 2", wizard.id))
        self.assert_imported(self.order(placed["id"]))

    def test_an_order_from_before_the_start_date_comes_in_and_the_date_stays(self):
        self.shop.order_start_date = "2026-06-01 00:00:00"
        placed = self.site.add_order(MUG, date_created="2026-05-01T10:00:00+03:00")
        self.shop.fetch_orders()
        self.read(placed["id"])
        self.assert_imported(self.order(placed["id"]))
        self.assertEqual(str(self.shop.order_start_date), "2026-06-01 00:00:00")

    def test_an_ignored_order_is_wanted_again(self):
        order = self.read_order(MUG, **CARD)
        order.action_ignore()
        self.site.update("order", order.external_id, payment_status="paid")
        self.read(order.external_id)
        self.assert_imported(order)

    def test_an_imported_order_is_not_imported_again(self):
        order = self.read_order(MUG)
        sale = order.sale_order_id
        self.read(order.external_id)
        self.assertEqual((self.assert_imported(order), sale.state), (sale, "sale"))

    def test_a_person_is_told_when_the_site_refuses(self):
        self.site.faults.set("redirect", location="https://www.right.example")
        with self.assertRaisesRegex(UserError, "right.example"):
            self.read("1")

    def test_nothing_or_too_much_is_told(self):
        for numbers in (" , ", ",".join(str(number) for number in range(201))):
            with self.assertRaises(UserError):
                self.read(numbers)

    def test_a_user_may_read_by_number_and_sees_the_button_s_wizard(self):
        user = new_test_user(
            self.env, "mp_user", groups="cloudsales_merchantpro.group_user,base.group_user"
        )
        placed = self.site.add_order(MUG)
        orders = self.env["merchantpro.order"].with_user(user)
        wizard = self.env["merchantpro.orders.by.number"].with_user(user)
        action = call_kw(orders, "action_read_by_number", [[]], {})  # nothing is selected
        wizard = wizard.browse(action["res_id"])
        wizard.write({"shop_id": self.shop.id, "numbers": placed["id"]})
        wizard.action_read()
        self.assert_imported(self.order(placed["id"]))
