"""Prices that begin and end by date, rates that hold from a day on, and reading the site by
the clock, whether or not the cron was there at the moment."""

from freezegun import freeze_time

from .price_case import PriceCase


class TestPriceDates(PriceCase):
    def setUp(self):
        super().setUp()
        self.clock = self.enterContext(freeze_time("2026-03-02 08:00:00"))
        self.list = self.pricelist()
        self.use(self.list)
        self.send()
        self.cron()
        self.sent()

    def cron(self):
        self.env.ref("cloudsales_merchantpro.cron_prices").ir_actions_server_id.run()

    def at(self, moment):
        self.clock.move_to(moment)
        self.cron()
        return self.sent_prices()

    def sale(self, start="2026-03-02 10:00:00", end="2026-03-02 12:00:00"):
        rule = self.fixed(self.list, 15, date_start=start, date_end=end)
        self.sent()
        return rule

    def test_a_sale_begins_and_ends_by_itself(self):
        self.sale()
        self.assertEqual(self.at("2026-03-02 09:59:59"), [])
        self.assertEqual(self.at("2026-03-02 10:00:00"), [18.15])
        self.assertEqual(self.at("2026-03-02 12:00:00"), [])
        self.assertEqual(self.at("2026-03-02 12:00:01"), [24.2])
        self.assertEqual(self.at("2026-03-02 12:01:00"), [])

    def test_nothing_is_missed_while_the_cron_was_down(self):
        self.sale()
        self.assertEqual(self.at("2026-03-02 11:00:00"), [18.15])
        # It begins and ends between two looks: the price is the one of now.
        self.sale("2026-03-02 13:00:00", "2026-03-02 14:00:00")
        self.assertEqual(self.at("2026-03-05 08:00:00"), [24.2])

    def test_what_was_noted_is_not_noted_again(self):
        self.sale()
        self.at("2026-03-02 10:00:00")
        self.clock.move_to("2026-03-02 10:01:00")
        self.cron()
        self.assertFalse(self.noted())

    def test_a_look_that_finds_nothing_writes_nothing(self):
        self.sale()
        seen = self.shop.rules_seen_until
        self.at("2026-03-02 09:00:00")
        self.assertEqual(self.shop.rules_seen_until, seen)

    def test_dates_of_a_pricelist_that_this_one_is_based_on(self):
        base = self.pricelist("Base")
        self.rule(
            self.list, compute_price="formula", base="pricelist", base_pricelist_id=base,
            price_discount=0,
        )  # fmt: skip
        self.fixed(base, 15, date_start="2026-03-02 10:00:00", date_end="2026-03-02 12:00:00")
        self.sent()
        self.assertEqual(self.at("2026-03-02 10:00:30"), [18.15])

    def test_a_rate_that_holds_from_tomorrow_is_sent_tomorrow(self):
        euro = self.foreign(rate=5, day="2026-03-02")
        self.list.currency_id = euro
        self.fixed(self.list, 3)
        self.rate(euro, 4, "2026-03-03")
        self.assertEqual(self.sent_prices(), [18.15])
        self.assertEqual(self.at("2026-03-02 23:00:00"), [])
        self.assertEqual(self.at("2026-03-03 00:01:00"), [14.52])
        self.cron()
        self.assertFalse(self.noted())

    def test_without_another_currency_no_day_is_noted(self):
        self.clock.move_to("2026-03-03 00:01:00")
        self.cron()
        self.assertFalse(self.noted())

    def readings(self):
        self.cron()
        return len(self.shop.fetch_ids)

    def test_a_site_that_decides_is_read_at_its_interval(self):
        self.shop.write(
            {
                "price_direction": "pull",
                "price_target_warehouse_ids": self.warehouse.ids,
                "price_pull_interval": 6,
            }
        )
        self.clock.move_to("2026-03-02 10:00:00")
        self.shop.fetch_catalog()
        self.site.update("product", 1, price_gross=36.3)
        count = len(self.shop.fetch_ids)
        self.clock.move_to("2026-03-02 15:59:00")
        self.assertEqual(self.readings(), count)
        self.clock.move_to("2026-03-02 16:01:00")
        self.assertEqual(self.readings(), count + 1)
        self.assertAlmostEqual(self.list._get_product_price(self.mug, 1), 30)
        self.assertEqual(self.readings(), count + 1)
        self.shop.price_pull_interval = 0
        self.clock.move_to("2026-04-02 16:01:00")
        self.assertEqual(self.readings(), count + 1)

    def test_a_reading_that_somebody_paused_is_not_resumed_by_the_clock(self):
        self.shop.write(
            {"price_direction": "pull", "price_target_warehouse_ids": self.warehouse.ids}
        )
        paused = self.env["merchantpro.catalog.fetch"].create(
            {"shop_id": self.shop.id, "state": "paused"}
        )
        self.clock.move_to("2026-05-02 16:01:00")
        self.cron()
        self.assertEqual(paused.state, "paused")
