"""What the shop is sent when goods move, through Odoo's own documents."""

from odoo.tests import Form

from .common import ShopCase


class StockCase(ShopCase):
    """A mug of which ten lie in the warehouse, sold by the shop as unit 1."""

    def prepare(self):
        super().prepare()
        self.mug = self.erp_product("CANA", stock=10)
        self.site.add_product(id=1, name="Cană", sku="CANA", price_gross=24.2, stock=4)
        self.import_catalog()
        self.shop.push_stock = True
        self.push()
        self.partner = self.env["res.partner"].create({"name": "Ana"})
        self.shelf = self.warehouse.lot_stock_id

    def sent(self):
        """Stocks that the shop is sent now; it keeps what it was sent before."""
        self.site.clear_calls()
        self.push()
        return [call["body"]["stock"] for call in self.site.calls_of("PATCH", "/inventory")]

    def sell(self, quantity, product=None, **values):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.partner.id,
                "warehouse_id": self.warehouse.id,
                "order_line": [
                    (0, 0, {"product_id": (product or self.mug).id, "product_uom_qty": quantity})
                ],
                **values,
            }
        )
        order.action_confirm()
        return order

    def purchase(self, quantity, product=None):
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.partner.id,
                "picking_type_id": self.warehouse.in_type_id.id,
                "order_line": [
                    (0, 0, {"product_id": (product or self.mug).id, "product_qty": quantity})
                ],
            }
        )
        order.button_confirm()
        return order

    def elsewhere(self, name):
        """Shelves of the company that are none of the shop's."""
        return self.env["stock.location"].create(
            {"name": name, "location_id": self.warehouse.view_location_id.id}
        )

    def validate(self, pickings):
        """As planned, in full."""
        result = pickings.button_validate()
        self.assertTrue(set(pickings.mapped("state")) == {"done"}, result)

    def transfer(self, source, destination, quantity, product=None, **values):
        """An internal transfer, ready to be validated."""
        product = product or self.mug
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.int_type_id.id,
                "location_id": source.id,
                "location_dest_id": destination.id,
                "move_ids": [
                    (
                        0,
                        0,
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            "location_id": source.id,
                            "location_dest_id": destination.id,
                        },
                    )
                ],
                **values,
            }
        )
        picking.action_confirm()
        picking.action_assign()
        return picking

    def return_of(self, picking, quantity):
        """The transfer that brings back part of another."""
        wizard = Form(
            self.env["stock.return.picking"].with_context(
                active_id=picking.id, active_ids=picking.ids, active_model="stock.picking"
            )
        ).save()
        wizard.product_return_moves.quantity = quantity
        return self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
