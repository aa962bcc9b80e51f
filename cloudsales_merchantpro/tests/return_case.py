"""Returns that the shop enters, and what becomes of them here."""

from .change_case import ChangeCase


class ReturnCase(ChangeCase):
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
