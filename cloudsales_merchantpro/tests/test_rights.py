"""Who sees a button may use it: with the rights of a user of MerchantPro and no more."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common import ShopCase


class TestRights(ShopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(
            cls.env, "rights_user", groups="base.group_user,cloudsales_merchantpro.group_user"
        )
        cls.manager = new_test_user(
            cls.env, "rights_manager", groups="base.group_user,cloudsales_merchantpro.group_manager"
        )
        cls.stranger = new_test_user(cls.env, "rights_stranger", groups="stock.group_stock_user")

    def prepare(self):
        super().prepare()
        self.mug = self.erp_product("CANA", stock=10)
        self.site.add_product(id=1, name="Cană", sku="CANA", price_gross=24.2, stock=4)
        self.import_catalog()
        self.shop.push_stock = True
        self.env.cr.flush()

    def test_a_user_sends_stock_of_the_shop(self):
        self.shop.with_user(self.user).push_changes()
        self.assertEqual(self.site.unit(1)["stock"], 10)
        self.assertFalse(self.env["merchantpro.change"].search([]))

    def test_a_user_sends_stock_of_a_row(self):
        self.row(1).with_user(self.user).action_push()
        self.assertEqual(self.site.unit(1)["stock"], 10)
        self.assertFalse(self.env["merchantpro.change"].search([]))

    def test_a_user_reads_orders(self):
        placed = self.site.add_order([{"product_id": 1}])
        self.shop.with_user(self.user).fetch_orders()
        self.assertEqual(self.order(placed["id"]).state, "done")

    def test_the_jobs_of_a_user_can_do_their_work(self):
        shop = self.shop.with_user(self.user).with_context(queue_job__no_delay=False)
        shop.push_changes()
        shop.fetch_orders()
        jobs = self.env["queue.job"].search(
            [
                (
                    "identity_key",
                    "in",
                    [f"merchantpro.{each}:{shop.id}" for each in ("push", "orders")],
                )
            ]
        )
        self.assertEqual(len(jobs), 2)
        for job in jobs:
            self.assertTrue(job.records.env.su)
            self.assertEqual(job.records.env.user, self.user)

    def test_who_has_nothing_to_do_with_the_shop_is_refused_before_any_call(self):
        self.site.clear_calls()
        for work in (self.shop.push_changes, self.shop.fetch_orders, self.row(1).action_push):
            with self.assertRaises(AccessError):
                getattr(work.__self__.with_user(self.stranger), work.__name__)()
        with self.assertRaises(AccessError):
            self.shop.with_user(self.user).action_test_connection()
        self.assertEqual(self.site.calls, [])

    def test_a_user_of_another_company_is_refused(self):
        other = self.env["res.company"].create({"name": "Other"})
        far = new_test_user(
            self.env,
            "rights_far",
            groups="cloudsales_merchantpro.group_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.site.clear_calls()
        with self.assertRaises(AccessError):
            self.shop.with_user(far).push_changes()
        self.assertEqual(self.site.calls, [])

    def test_a_product_manager_adds_a_code_without_seeing_shops(self):
        buyer = new_test_user(
            self.env, "rights_buyer", groups="base.group_user,product.group_product_manager"
        )
        view = self.env.ref("cloudsales_merchantpro.product_additional_code_list")
        codes = self.env["product.additional.code"].with_user(buyer)
        self.assertNotIn('name="shop_id"', codes.get_view(view.id)["arch"])
        self.assertEqual(codes.create({"product_id": self.mug.id, "code": "X1"}).code, "X1")
