"""Orders that were split on the site: linked, and no piece is sold twice."""

from .change_case import ChangeCase


class TestOrderSplit(ChangeCase):
    def prepare(self):
        super().prepare()
        # As in real life, another transaction than the one that reads what was split off.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE merchantpro_order SET create_date = create_date - interval '1h'"
        )
        self.env.invalidate_all()

    def split(self, quantities):
        return self.site.split_order(self.shop_order.external_id, quantities)["id"]

    def reserved(self, product):
        return 10 - self.free(product)

    def test_split_twice_all_are_imported_and_nothing_is_doubled(self):
        child = self.split({1: 1})
        self.assertEqual(child, f"{self.shop_order.external_id}.1")
        self.shop.fetch_orders()
        self.assert_applied()
        other = self.assert_imported(self.order(child))
        self.assertEqual(self.line(self.mug).product_uom_qty, 1)
        self.assertEqual(other.order_line.product_uom_qty, 1)
        self.assertEqual((self.reserved(self.mug), self.reserved(self.book)), (2, 1))
        self.assert_know_each_other(self.shop_order.child_ids)
        self.split({2: 1})
        self.shop.fetch_orders()
        self.assert_applied()
        self.assertEqual(self.shop_order.child_ids.mapped("state"), ["done", "done"])
        self.assertEqual((self.reserved(self.mug), self.reserved(self.book)), (2, 1))

    def assert_know_each_other(self, child):
        self.assertEqual(child.parent_id, self.shop_order)
        self.assertEqual(self.shop_order.related_count, 1)
        self.assertEqual(child.action_open_related()["domain"], [("id", "in", self.shop_order.ids)])

    def test_the_part_waits_until_the_whole_is_smaller_whatever_else_changes(self):
        whole = self.site.order(self.shop_order.external_id)
        self.split({1: 1})
        smaller = self.site.order(self.shop_order.external_id)
        self.site.update("order", whole["id"], **whole)
        self.shop.fetch_orders()
        child = self.shop_order.child_ids
        self.assert_held(child, self.sale.name)
        self.site.update("order", whole["id"], customer_note="Sunați")
        self.shop.fetch_orders()
        self.assert_held(child, "still has these goods")
        self.assertEqual(self.reserved(self.mug), 2)
        self.site.update("order", whole["id"], **smaller)
        self.shop.fetch_orders()
        self.assert_imported(child)
        self.assertEqual(self.reserved(self.mug), 2)

    def test_a_person_can_say_that_they_are_other_goods(self):
        whole = self.site.order(self.shop_order.external_id)
        self.split({1: 1})
        self.site.update("order", whole["id"], **whole)
        self.shop.fetch_orders()
        self.shop_order.child_ids.action_import_split()
        self.assert_imported(self.shop_order.child_ids)

    def test_a_part_waits_for_goods_that_were_sent_here_already(self):
        self.deliver()
        self.split({1: 1})
        self.shop.fetch_orders()
        child = self.shop_order.child_ids
        self.assert_told("2 × Cană")
        self.assert_held(child, "still has these goods")
        self.shop_order.action_change_settled()
        self.assertEqual(child.state, "done")

    def test_split_before_it_was_read(self):
        placed = self.site.add_order([{"product_id": 1, "quantity": 4}])
        part = self.site.split_order(placed["id"], {1: 1})
        self.shop.fetch_orders()
        self.assert_imported(self.order(placed["id"]))
        self.assert_imported(self.order(part["id"]))
        self.assertEqual(self.reserved(self.mug), 6)

    def test_a_whole_that_is_gone_makes_room_for_its_parts(self):
        self.split({1: 2, 2: 1})
        self.site.remove("order", self.shop_order.external_id)
        self.shop.fetch_orders()
        child = self.shop_order.child_ids
        self.assert_held(child, self.sale.name)
        self.shop_order._read_again(self.shop)
        self.assertEqual(self.sale.state, "cancel")
        self.assert_imported(child)
        self.assertEqual((self.reserved(self.mug), self.reserved(self.book)), (2, 1))

    def test_an_order_that_is_gone_without_parts_is_told_once(self):
        self.site.remove("order", self.shop_order.external_id)
        for _each in range(2):
            self.shop_order._read_again(self.shop)
            self.assertEqual(self.sale.state, "sale")
            self.assert_told("does not have this order")
