"""What people see of the sending, and what they can do about it."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields

from .common import ShopCase


class TestSending(ShopCase):
    def prepare(self):
        super().prepare()
        for number in range(1, 5):
            self.erp_product(f"P{number}", stock=10)
            self.site.add_product(id=number, sku=f"P{number}", stock=10)
        self.import_catalog()
        self.shop.push_stock = True
        self.push()
        self.site.clear_calls()

    def change(self, number, stock):
        self.set_stock(self.row(number).product_id, stock)
        self.env.cr.flush()

    def sent(self):
        return [call["path"].rsplit("/")[-1] for call in self.site.calls_of("PATCH")]

    # What is seen

    def test_the_shop_tells_how_much_waits_and_since_when(self):
        self.change(1, 5)
        self.change(1, 6)
        self.change(2, 7)
        oldest = self.env["merchantpro.change"].search([])[0].changed_at
        self.assertEqual((self.shop.waiting_count, self.shop.waiting_since), (2, oldest))
        self.assertEqual(self.row(2).waiting_since >= oldest, True)
        self.assertFalse(self.row(3).waiting_since)
        waiting = self.env["merchantpro.variant"].search([("waiting_since", "!=", False)])
        self.assertEqual(waiting, self.row(1) | self.row(2))
        self.push()
        self.shop.invalidate_recordset()
        self.assertEqual((self.shop.waiting_count, self.shop.waiting_since), (0, False))

    def test_the_shop_tells_its_pace_and_when_it_will_be_through(self):
        for number in (1, 2, 3):
            self.change(number, number)
        self.push()
        self.shop.invalidate_recordset()
        self.assertEqual(self.shop.push_pace, 0.6)
        self.assertEqual(self.shop._push_minutes(0), 0)
        self.assertEqual(self.shop._push_minutes(81), 2)
        self.assertEqual(self.shop._push_minutes(5000), 60 + 18)

    def test_a_change_that_waits_over_five_minutes_is_a_warning(self):
        self.change(1, 5)
        self.assertFalse(self.shop.push_warning)
        with freeze_time(fields.Datetime.now() + timedelta(minutes=7)):
            self.shop.invalidate_recordset()
            self.assertRegex(self.shop.push_warning, "waiting for [67] minutes")

    def test_a_row_tells_when_the_site_acknowledged_it(self):
        self.change(1, 5)
        with freeze_time("2030-01-02 10:00:00"):
            self.push()
        self.assertEqual(str(self.row(1).pushed_at), "2030-01-02 10:00:00")

    def test_the_graph_of_the_last_day_has_the_calls_that_sent(self):
        self.change(1, 5)
        self.push()
        self.env.cr.flush()
        action = self.shop.action_open_sent()
        self.assertEqual(action["view_mode"], "graph,list")
        sent = self.env["merchantpro.call"].search(
            [*action["domain"], ("path", "=like", "/inventory/%")]
        )
        self.assertEqual(sent.mapped("path"), ["/inventory/id/1"])

    # Switches

    def test_a_paused_shop_sends_nothing_and_everything_afterwards(self):
        self.shop.stock_paused = True
        self.change(1, 5)
        self.push()
        self.assertEqual(self.sent(), [])
        self.shop.stock_paused = False
        self.push()
        self.assertEqual(self.sent(), ["1"])

    # Everything

    def test_sending_everything_tells_how_long_it_takes_and_sends_what_seems_equal(self):
        self.site.update("product", 3, stock=77)
        action = self.shop.action_push_everything()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual((wizard.row_count, wizard.minutes), (4, 1))
        wizard.action_confirm()
        self.assertEqual(self.sent(), ["1", "2", "3", "4"])
        self.assertEqual(self.site.unit(3)["stock"], 10)
        self.push()
        self.assertEqual(len(self.sent()), 4)

    def test_real_changes_go_before_everything(self):
        later = self.shop.with_context(queue_job__no_delay=False)
        later._send_everything()
        self.change(4, 50)
        self.change(3, 2)
        self.push()
        self.assertEqual(self.sent(), ["3", "4", "1", "2"])
