"""The demonstration's shop, smaller but with all kinds: what the simulator seeds, the importer
makes of it."""

from merchantpro_simulator import demo_data, seed_orders
from tools.scenario import Scenario, problems

from .common import ShopCase


class TestMainJob(ShopCase):
    seed = "demo"

    @classmethod
    def setUpClass(cls):
        # Goods of all roles; digital ones and the clothes that are ordered; some of each range.
        special = demo_data.AMBIGUOUS, demo_data.NO_CODE, demo_data.CLAIMED, range(255, 265)
        numbers = set(range(0, 300, 7)).union(*special)
        cls.classPatch(demo_data, "NUMBERS", sorted(numbers))
        cls.classPatch(seed_orders, "MORE", 1)
        super().setUpClass()

    def make_shop(self, **values):
        return self.env["merchantpro.shop"]

    def test_every_product_and_every_kind_of_order_ends_where_it_should(self):
        self.patch(self.env.cr, "commit", self.env.cr.flush)
        # Pictures take a third of the time, and have tests of their own.
        self.patch(self.registry["merchantpro.image"], "_queue", lambda images, **values: None)
        connection = {
            "url": self.site.url,
            "api_key": self.site.key,
            "api_secret": self.site.secret,
            "webhook_secret": "webhook-secret",
        }
        job = Scenario(self.env, connection, say=lambda line: None)
        job.sell()
        job.read_orders()
        job.push()
        self.assertEqual(problems(job.figures()), [])
        self.shop = job.shop
        self.check_matches()
        self.check_orders()
        self.check_stock()
        self.site.clear_calls()
        with self.assert_nothing_written():
            self.shop.fetch_orders()
            self.push_again()
        self.assertEqual(self.site.calls_of("PATCH"), [])

    def check_matches(self):
        roles = {str(7100 + good.number): good.role for good in demo_data.goods()}
        fields = {"code": "default_code", "ean": "barcode", "extra": "additional", "new": "created"}
        for row in self.shop.variant_ids:
            role = roles[row.parent_id.external_id]
            if role in fields:
                self.assertEqual(row.match_field, fields[role], row.name)
            else:
                self.assertIn(row.match_state, ("ambiguous", "no_code"), row.name)

    def check_orders(self):
        states = {"done": "done", "wait": "new", "held": "held", "ignored": "ignored"}
        orders = self.env["merchantpro.order"].search([("shop_id", "=", self.shop.id)])
        for order in orders:
            kind = self.site.order(order.external_id)["meta_fields"]["demo_kind"]
            self.assertEqual(order.state, states[seed_orders.KINDS[kind]], f"{kind}: {order.id}")
            sale = order.sale_order_id
            self.assertEqual(bool(sale), order.state == "done", kind)
            if sale:
                self.assertAlmostEqual(sale.amount_total, order.total, 2, kind)

    def check_stock(self):
        """The site shows what is free here, for every linked row it counts."""
        wanted = self.shop._published_stock(self.shop.variant_ids)
        self.assertGreater(len(wanted), 60)
        for row, value in wanted.items():
            self.assertEqual(self.site.unit(row.external_id)["stock"], value, row.name)

    def push_again(self):
        self.env["merchantpro.change"]._note_shops(self.shop)
        self.shop.push_changes()
