"""Several changes in one call, where somebody switched it on and the site takes it."""

from .common import ShopCase


class TestPushBatches(ShopCase):
    def setUp(self):
        super().setUp()
        for number in range(1, 24):
            self.erp_product(f"P{number}", stock=10)
            self.site.add_product(id=number, sku=f"P{number}", stock=10)
        self.import_catalog()
        self.shop.write({"push_stock": True, "batch_calls": True, "batch_as_one": True})
        self.push()
        self.site.clear_calls()

    def sell(self, *numbers):
        for number in numbers:
            product = self.row(number).product_id
            self.set_stock(product, product.qty_available - 1)

    def calls(self):
        return [(call["method"], call["path"]) for call in self.site.calls if "batched" not in call]

    def stock_on_site(self):
        return {self.site.unit(number)["stock"] for number in range(1, 24)}

    def test_batches_are_off_until_somebody_switches_them_on(self):
        self.assertFalse(self.make_shop().batch_calls)

    def test_up_to_twenty_changes_go_in_one_call(self):
        self.sell(*range(1, 24))
        self.push()
        self.assertEqual(self.calls(), [("POST", "/batch"), ("POST", "/batch")])
        self.assertEqual(self.stock_on_site(), {9})
        self.assertEqual(set(self.shop.variant_ids.mapped("stock")), {9})
        self.assertFalse(self.env["merchantpro.change"].search([]))

    def test_where_each_change_counts_as_a_call_a_batch_has_what_a_second_allows(self):
        self.shop.batch_as_one = False
        # As ever but for the numbers: the tests' own budget has no end.
        self.patch(type(self.shop._limiter().limits), "at_once", 4)
        self.sell(*range(1, 7))
        self.push()
        self.assertEqual(self.calls(), [("POST", "/batch"), ("POST", "/batch")])

    def test_one_change_of_a_batch_that_is_gone_or_refused_stops_no_other(self):
        self.site.remove("product", 2)
        self.sell(1, 2, 3)
        self.push()
        self.assertEqual((self.site.unit(1)["stock"], self.site.unit(3)["stock"]), (9, 9))
        self.assertFalse(self.row(2).on_site)
        self.assertFalse(self.env["merchantpro.change"].search([]))

    def test_a_site_that_does_not_understand_gets_them_one_by_one_from_then_on(self):
        self.site.faults.set("wrong_types", path="/batch")
        self.sell(1, 2)
        self.push()
        self.assertEqual(
            self.calls(),
            [("POST", "/batch"), ("PATCH", "/inventory/id/1"), ("PATCH", "/inventory/id/2")],
        )
        self.assertFalse(self.shop.batch_calls)
        self.assertIn("Switch batches off", self.shop.message_ids[0].body)
        self.assertFalse(self.env["merchantpro.change"].search([]))
