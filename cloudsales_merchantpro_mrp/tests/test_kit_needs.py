"""A kit that is sold needs its components; what is manufactured comes too."""

from .kit_case import KitCase


class TestKitNeeds(KitCase):
    def needs(self):
        self.env.cr.flush()
        return self.env["purchase.need"].search([("state", "!=", "cancelled")], order="id")

    def test_the_components_of_a_kit_are_needed(self):
        self.shop.make_purchase_needs = True
        supplier = self.env["res.partner"].create({"name": "Furnizor"})
        for part in self.pot, self.cup:
            part.seller_ids = [(0, 0, {"partner_id": supplier.id, "price": 5})]
        order = self.read_order([{"product_id": 10, "quantity": 7}])
        sale = order.sale_order_id
        self.assertTrue(sale, order.held_reason)
        found = {need.product_id: need.missing_qty for need in self.needs()}
        self.assertEqual(found, {self.pot: 2, self.cup: 7})
        self.assertEqual(self.needs().sale_line_id.product_id, self.tea_set)
        self.needs().consolidate()
        line = sale.order_line.filtered(lambda line: line.product_id == self.tea_set)
        line.product_uom_qty = 6
        found = {need.product_id: need.missing_qty for need in self.needs()}
        self.assertEqual(found, {self.pot: 1, self.cup: 3})
        quantities = self.needs().purchase_order_id.order_line.mapped("product_qty")
        self.assertEqual(sorted(quantities), [1, 3])

    def test_what_is_being_manufactured_comes(self):
        self.env.company.purchase_needs_all_orders = True
        wood = self.erp_product("WOOD", stock=50)
        box = self.erp_product("BOX")
        self.make_kit(box, {wood: 1}, type="normal")
        production = self.env["mrp.production"].create({"product_id": box.id, "product_qty": 2})
        production.action_confirm()
        self.sell(3, box)
        found = {need.state: need.missing_qty for need in self.needs()}
        self.assertEqual(found, {"covered": 2, "blocked": 1})
