"""What changes in the catalogue settles the rows and wakes the orders that it concerns."""

from unittest.mock import patch

from odoo.addons.queue_job.tests.common import trap_jobs

from .match_case import MatchCase

EAN = "5941234567899"


class TestRematchByAdditionalCode(MatchCase):
    def add_code(self, product, code, **values):
        return self.env["product.additional.code"].create(
            {"product_id": product.id, "code": code, **values}
        )

    def test_a_code_that_goes_unsettles_the_row(self):
        code = self.add_code(self.erp_product("X"), "SITE-1")
        row = self.matched("SITE-1")
        code.unlink()
        self.assertEqual((row.match_state, row.product_id.id), ("new", False))

    def test_a_code_that_changes_concerns_rows_of_the_old_and_of_the_new(self):
        product = self.erp_product("X")
        code = self.add_code(product, "SITE-1")
        old, new = self.matched("SITE-1"), self.matched("SITE-2")
        code.code = "SITE-2"
        self.assertEqual(old.match_state, "new")
        self.assert_matched(new, product)

    def test_a_code_that_moves_to_another_product_moves_the_row(self):
        code = self.add_code(self.erp_product("X"), "SITE-1")
        row = self.matched("SITE-1")
        other = self.erp_product("Y")
        code.product_id = other
        self.assert_matched(row, other)

    def test_a_code_that_becomes_another_shops_unsettles_the_row(self):
        code = self.add_code(self.erp_product("X"), "SITE-1")
        row = self.matched("SITE-1")
        code.shop_id = self.make_shop(name="Other")
        self.assertEqual(row.match_state, "new")

    def test_a_linked_row_stays_linked(self):
        product = self.erp_product("X")
        row = self.staged("SITE-1", product_id=product.id, match_state="linked")
        self.add_code(self.erp_product("Y"), "SITE-1")
        self.assertEqual((row.match_state, row.product_id), ("linked", product))

    def test_many_codes_are_looked_up_together(self):
        products = self.env["product.product"].create([{"name": f"P{n}"} for n in range(50)])
        rows = [self.staged(f"SITE-{n}") for n in range(50)]
        values = [
            {"product_id": product.id, "code": f"site-{n}"} for n, product in enumerate(products)
        ]
        self.add_code(products[0], "warm")
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.env["product.additional.code"].create(values)
        self.assertLess(self.env.cr.sql_log_count - before, 40)
        self.assertEqual([row.match_state for row in rows], ["matched"] * 50)


class TestRematchByProduct(MatchCase):
    def test_a_new_product_settles_the_row_when_the_transaction_ends(self):
        row = self.matched("A")
        product = self.erp_product("a")
        self.env.cr.flush()
        self.assert_matched(row, product)

    def test_a_changed_reference_concerns_rows_of_the_old_and_of_the_new(self):
        product = self.erp_product("A")
        old, new = self.matched("A"), self.matched("B")
        product.default_code = "B"
        self.env.cr.flush()
        self.assertEqual(old.match_state, "new")
        self.assert_matched(new, product)

    def test_a_new_barcode_settles_the_row(self):
        product = self.erp_product("A")
        row = self.matched(ean=EAN)
        product.product_tmpl_id.barcode = EAN
        self.env.cr.flush()
        self.assert_matched(row, product)

    def test_archiving_and_restoring_changes_the_row(self):
        product = self.erp_product("A", extra=["SITE-1"])
        row = self.matched("SITE-1")
        product.product_tmpl_id.action_archive()
        self.env.cr.flush()
        self.assert_ambiguous(row, "archived")
        product.product_tmpl_id.action_unarchive()
        self.env.cr.flush()
        self.assert_matched(row, product)

    def test_deleting_a_product_unsettles_its_rows(self):
        product = self.erp_product("A", extra=["SITE-1"])
        row = self.matched("SITE-1")
        product.product_tmpl_id.unlink()
        self.env.cr.flush()
        self.assertEqual((row.match_state, row.product_id.id), ("new", False))

    def test_a_product_that_becomes_another_companys_is_lost_to_the_row(self):
        product = self.erp_product("A")
        row = self.matched("A")
        product.company_id = self.env["res.company"].create({"name": "Other"})
        self.env.cr.flush()
        self.assertEqual(row.match_state, "new")

    def test_many_writes_are_looked_up_once(self):
        products = self.env["product.product"].create([{"name": f"P{n}"} for n in range(10)])
        row = self.matched("code-9")
        variants = type(self.env["merchantpro.variant"])
        waiting = variants._waiting_for
        with patch.object(variants, "_waiting_for", autospec=True, side_effect=waiting) as looks:
            for n, product in enumerate(products):
                product.default_code = f"code-{n}"
            self.env.cr.flush()
        self.assertEqual(looks.call_count, 1)
        self.assert_matched(row, products[9])

    def test_a_write_that_names_nothing_else_looks_nothing_up(self):
        product = self.erp_product("A")
        self.env.cr.flush()
        variants = type(self.env["merchantpro.variant"])
        with patch.object(variants, "_waiting_for") as looks:
            product.write({"default_code": "A", "list_price": 12})
            self.env.cr.flush()
        looks.assert_not_called()


class TestHeldOrders(MatchCase):
    def held(self, sku, shop=None):
        """An order of a product that nothing here has."""
        site = self.site.add_product(sku=sku, price_gross=10)
        order = self.read_order([{"product_id": site["id"], "quantity": 1}])
        self.assertEqual(order.state, "held")
        return order

    def test_a_new_code_wakes_the_orders_that_waited_for_it_and_no_other(self):
        order, other = self.held("SITE-1"), self.held("SITE-2")
        product = self.erp_product("X")
        with self.processed() as processed:
            self.env["product.additional.code"].create({"product_id": product.id, "code": "site-1"})
        self.assertEqual(processed, [order])
        self.assertEqual((order.state, other.state), ("done", "held"))
        self.assertEqual(order.sale_order_id.order_line.product_id, product)
        self.assertFalse(order.missing)

    def test_a_changed_reference_wakes_them_too(self):
        order = self.held("SITE-1")
        self.erp_product("SITE-1")
        self.env.cr.flush()
        self.assertEqual(order.state, "done")

    def test_linking_the_row_wakes_its_orders_and_no_other(self):
        order, other = self.held("SITE-1"), self.held("SITE-2")
        self.shop.fetch_catalog()
        row = self.shop.variant_ids.filtered(lambda each: each.sku == "SITE-1")
        row.product_id = self.erp_product("X")
        with self.processed() as processed:
            row.action_link()
        self.assertEqual(processed, [order])
        self.assertEqual((order.state, other.state), ("done", "held"))

    def test_orders_are_jobs_while_a_person_waits(self):
        order = self.held("SITE-1")
        codes = self.env["product.additional.code"].with_context(queue_job__no_delay=False)
        with trap_jobs() as trap:
            codes.create({"product_id": self.erp_product("X").id, "code": "SITE-1"})
            trap.assert_jobs_count(1)
            trap.assert_enqueued_job(order.sudo()._process_batch)
        self.assertEqual(order.state, "held")

    def test_an_order_held_for_another_reason_is_left(self):
        order = self.held("SITE-1")
        order.missing = False
        with self.processed() as processed:
            self.erp_product("SITE-1", extra=["SITE-1b"])
            self.env.cr.flush()
        self.assertEqual(processed, [])

    def processed(self):
        return Processed(self)


class Processed:
    """The orders that are processed inside the block."""

    def __init__(self, case):
        self.model = type(case.env["merchantpro.order"])
        self.orders = []

    def __enter__(self):
        process = self.model._process_batch

        def noted(order):
            self.orders.append(order.browse(order.id))
            return process(order)

        self.patch = patch.object(self.model, "_process_batch", noted)
        self.patch.start()
        return self.orders

    def __exit__(self, *failure):
        self.patch.stop()
