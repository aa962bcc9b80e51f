"""Goods on their way through warehouses: counted once, wherever they are."""

from .need_case import NeedCase


class TestNeedsRoutes(NeedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.env["stock.warehouse"].create({"name": "Al doilea", "code": "DOI"})

    def test_picked_first_and_shipped_then(self):
        self.warehouse.delivery_steps = "pick_ship"
        self.stock(2)
        sale = self.sell(5)
        self.assertEqual(self.of(sale), {"open": 3})
        pick = sale.picking_ids
        pick.move_ids.quantity = 2
        pick.move_ids.picked = True
        pick.with_context(skip_backorder=True).button_validate()
        self.settle()
        self.assertEqual(self.of(sale), {"open": 3})
        order = self.consolidate()
        order.button_confirm()
        self.receive(order)
        self.assertEqual(self.of(sale), {"received": 3})

    def test_received_in_two_steps(self):
        self.warehouse.reception_steps = "two_steps"
        sale = self.sell(5)
        order = self.consolidate()
        order.button_confirm()
        self.settle()
        self.assertEqual(self.of(sale), {"ordered": 5})
        first = order.picking_ids
        first.move_ids.picked = True
        first.button_validate()
        self.settle()
        # In the warehouse, not on the shelf yet.
        self.assertEqual(self.of(sale), {"covered": 5})
        store = self.env["stock.move"].search(
            [("product_id", "=", self.mug.id), ("state", "=", "assigned")]
        )
        store.picked = True
        store.picking_id.button_validate()
        self.settle()
        self.assertEqual(self.of(sale), {"received": 5})
        self.assertEqual(sale.picking_ids.state, "assigned")

    def test_what_odoo_buys_to_order_is_not_needed(self):
        to_order = self.env.ref("stock.route_warehouse0_mto")
        to_order.active = True
        buy = self.env["stock.rule"].search([("action", "=", "buy")], limit=1).route_id
        waiting = self.sell(2)
        self.mug.route_ids = to_order | buy
        sale = self.sell(4)
        self.assertFalse(self.of(sale))
        bought = self.env["purchase.order.line"].search([("product_id", "=", self.mug.id)])
        self.assertEqual(bought.product_qty, 4)
        # Nor is it there for who waits for stock.
        self.assertEqual(self.of(waiting), {"open": 2})
        bought.order_id.button_confirm()
        self.settle()
        self.assertEqual(self.of(waiting), {"open": 2})
        self.receive(bought.order_id)
        self.assertEqual(self.of(waiting), {"open": 2})

    def test_what_comes_from_another_warehouse(self):
        other = self.second
        self.env["stock.quant"]._update_available_quantity(self.mug, other.lot_stock_id, 4)
        sale = self.sell(3)
        self.assertEqual(self.of(sale), {"open": 3})
        transfer = self.env["stock.picking"].create(
            {
                "picking_type_id": other.int_type_id.id,
                "location_id": other.lot_stock_id.id,
                "location_dest_id": self.warehouse.lot_stock_id.id,
                "move_ids": [
                    (
                        0,
                        0,
                        {
                            "product_id": self.mug.id,
                            "product_uom_qty": 2,
                            "location_id": other.lot_stock_id.id,
                            "location_dest_id": self.warehouse.lot_stock_id.id,
                        },
                    )
                ],
            }
        )
        transfer.action_confirm()
        self.settle()
        self.assertEqual(self.of(sale), {"covered": 2, "open": 1})
        transfer.action_assign()
        transfer.move_ids.picked = True
        transfer.button_validate()
        self.settle()
        self.assertEqual(self.of(sale), {"received": 2, "open": 1})

    def test_each_warehouse_orders_for_itself(self):
        self.sell(3), self.sell(2, warehouse_id=self.second.id)
        orders = self.consolidate()
        quantities = {
            order.picking_type_id.warehouse_id: order.order_line.product_qty for order in orders
        }
        self.assertEqual(quantities, {self.warehouse: 3, self.second: 2})

    def test_a_delivery_of_what_is_reserved_writes_no_need(self):
        self.stock(2)
        sale = self.sell(5)
        self.settle()
        self.env.cr.execute("UPDATE purchase_need SET write_date = '2020-01-01'")
        self.env.cr.execute("SELECT id, xmin, ctid::text FROM purchase_need")
        before = self.env.cr.fetchall()
        self.env.invalidate_all()
        sale.picking_ids.move_ids.picked = True
        sale.picking_ids.with_context(skip_backorder=True).button_validate()
        self.settle()
        self.env.cr.execute("SELECT id, xmin, ctid::text FROM purchase_need")
        self.assertEqual(self.env.cr.fetchall(), before)
        self.assertEqual(self.of(sale), {"open": 3})
        self.assert_true_to_stock()
