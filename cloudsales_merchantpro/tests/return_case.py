"""Returns that the shop enters, and what becomes of them here."""

from .change_case import LINES, ChangeCase


class ReturnCase(ChangeCase):
    """The goods of the order have left."""

    def prepare(self):
        super().prepare()
        self.deliver()

    def goods_still_here(self):
        """It is about another order, whose goods have not left."""
        self.shop_order = self.read_order(LINES)
        self.sale = self.assert_imported(self.shop_order)

    def give_back(self, quantities, **fields):
        """The shop enters a return, and we read orders."""
        back = self.site.return_order(self.shop_order.external_id, quantities, **fields)
        self.shop.fetch_orders()
        return self.order(back["id"])

    @property
    def returns(self):
        return self.sale.picking_ids.filtered(
            lambda picking: picking.picking_type_code == "incoming"
        )

    @property
    def credits(self):
        return self.sale.invoice_ids.filtered(lambda move: move.move_type == "out_refund")

    def coming_back(self):
        return {move.product_id: move.product_uom_qty for move in self.returns.move_ids}
