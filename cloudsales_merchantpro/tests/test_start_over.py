"""Unlinking rows, and matching them anew; products and orders stay."""

from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user

from odoo.addons.queue_job.tests.common import trap_jobs

from .common import ShopCase
from .test_import_variants import SHIRT


class TestStartOver(ShopCase):
    def prepare(self):
        super().prepare()
        self.mug = self.erp_product("CANA", stock=10)
        self.site.add_product(id=1, name="Cană", sku="CANA", price_gross=24.2, stock=4)
        self.site.add_product(**SHIRT)
        self.site.add_product(id=3, sku="IGNORED")
        self.shop.fetch_catalog()
        self.row(3).action_ignore()
        self.shop.variant_ids.import_to_catalog()

    def wizard(self, action):
        return self.env[action["res_model"]].browse(action["res_id"])

    def test_a_whole_shop_starts_over_and_finds_the_same_products(self):
        products = self.shop.variant_ids.product_id
        with self.assert_nothing_written(("product_product", "product_template")):
            wizard = self.wizard(self.shop.action_open_start_over())
            self.assertEqual(wizard.linked_count, 3)
            wizard.action_confirm()
        self.assertEqual(self.row(1).match_state, "matched")
        self.assertEqual((self.row(21) | self.row(22)).mapped("match_state"), ["matched"] * 2)
        self.assertEqual(self.row(3).match_state, "ignored")
        self.assertEqual(self.shop.variant_ids.product_id, products)
        self.shop.variant_ids.import_to_catalog()
        self.assertEqual(set(self.row(21).mapped("match_field")), {"default_code"})

    def test_without_matching_again_the_rows_wait(self):
        wizard = self.wizard(self.shop.action_open_start_over())
        wizard.rematch = False
        wizard.action_confirm()
        self.assertEqual(self.row(1).match_state, "unmatched")
        self.assertFalse(self.row(1).product_id)
        self.assertTrue(self.mug.exists())

    def test_decisions_are_forgotten_only_when_asked(self):
        wizard = self.wizard(self.shop.action_open_start_over())
        with Form(wizard) as form:
            form.decisions = True
        self.assertEqual(wizard.row_count, 4)
        wizard.action_confirm()
        self.assertEqual(self.row(3).match_state, "new")

    def test_chosen_rows_alone(self):
        self.wizard(self.row(1).action_open_start_over()).action_confirm()
        self.assertEqual(self.row(1).match_state, "matched")
        self.assertEqual(self.row(21).match_state, "linked")

    def test_a_page_with_all_its_variants(self):
        self.row(21).parent_id.action_start_over()
        self.assertEqual(self.row(22).match_state, "matched")
        self.assertEqual(self.row(1).match_state, "linked")

    def test_nothing_is_sent_for_it_any_more(self):
        self.shop.push_stock = True
        self.set_stock(self.mug, 7)
        self.env.cr.flush()
        self.assertTrue(self.env["merchantpro.change"].search([]))
        self.row(1).action_unlink_product()
        self.assertFalse(
            self.env["merchantpro.change"].search([("variant_id", "=", self.row(1).id)])
        )
        self.set_stock(self.mug, 6)
        self.push()
        self.assertEqual(self.site.unit(1)["stock"], 4)

    def test_orders_that_came_in_stay(self):
        order = self.read_order([{"product_id": 1}])
        sale = order.sale_order_id
        self.wizard(self.shop.action_open_start_over()).action_confirm()
        self.assertEqual(sale.order_line.product_id & self.mug, self.mug)
        self.assertEqual((sale.state, order.state), ("sale", "done"))

    def test_an_import_that_waits_does_nothing_for_it(self):
        self.row(1).action_start_over()
        with trap_jobs() as trap:
            self.row(1).with_context(queue_job__no_delay=False).import_to_catalog()
            self.row(1).action_unlink_product()
            self.row(1).match()
            for job in trap.enqueued_jobs:
                job.perform()
        self.assertEqual(self.row(1).match_state, "matched")

    def test_products_the_site_created_are_the_merchants_afterwards(self):
        self.shop.refresh_name = True
        self.wizard(self.shop.action_open_start_over()).action_confirm()
        self.shop.variant_ids.import_to_catalog()
        self.site.remove("product", 2)
        self.site.add_product(**{**SHIRT, "name": "Alt nume"})
        self.shop.fetch_catalog()
        self.assertEqual(self.row(21).product_id.name, "Tricou")

    def test_a_user_unlinks_rows_but_no_whole_shop(self):
        user = new_test_user(
            self.env, "clerk", groups="cloudsales_merchantpro.group_user,base.group_user"
        )
        self.wizard(self.row(1).with_user(user).action_open_start_over()).with_user(
            user
        ).action_confirm()
        self.assertEqual(self.row(1).match_state, "matched")
        wizard = self.wizard(self.shop.with_user(user).action_open_start_over())
        with self.assertRaises(AccessError):
            wizard.with_user(user).action_confirm()
