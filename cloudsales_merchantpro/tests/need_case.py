"""A shop that makes needs, a warehouse, two suppliers, and an independent count of what is
missing."""

from odoo.addons.delivery_awb.tests.kept_caches import KeptCachesCase

from ..models.purchase_need import LIVING
from .common import CONTEXT


class NeedCase(KeptCachesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, **CONTEXT})
        cls.company = cls.env.ref("base.main_company")
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.company.purchase_needs_all_orders = True
        cls.needs = cls.env["purchase.need"]
        cls.supplier, cls.other = cls.env["res.partner"].create(
            [
                {"name": "Furnizor", "email": "comenzi@furnizor.example"},
                {"name": "Alt furnizor", "email": "alt@furnizor.example"},
            ]
        )
        cls.buyer = cls.env["res.partner"].create({"name": "Ana"})
        cls.mug = cls.product("Cană", cls.supplier)
        cls.book = cls.product("Carte", cls.other)

    @classmethod
    def product(cls, name, supplier=None, price=5.0, **seller):
        sellers = supplier and [(0, 0, {"partner_id": supplier.id, "price": price, **seller})]
        return cls.env["product.product"].create(
            {"name": name, "is_storable": True, "seller_ids": sellers or []}
        )

    def sell(self, quantity=1, product=None, **values):
        """A confirmed order of one line; what it misses is on the list."""
        sale = self.env["sale.order"].create(
            {
                "partner_id": self.buyer.id,
                "warehouse_id": self.warehouse.id,
                "order_line": [
                    (0, 0, {"product_id": (product or self.mug).id, "product_uom_qty": quantity})
                ],
                **values,
            }
        )
        date = sale.date_order
        sale.action_confirm()
        if "date_order" in values:
            sale.date_order = date
        self.settle()
        return sale

    def settle(self):
        """What happens when a transaction ends."""
        self.env.cr.flush()

    def stock(self, quantity, product=None):
        """So much more lies there."""
        self.env["stock.quant"]._update_available_quantity(
            product or self.mug, self.warehouse.lot_stock_id, quantity
        )
        self.settle()

    def purchase(self, quantity, product=None, confirm=True):
        """A person buys."""
        product = product or self.mug
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.other.id,
                "picking_type_id": self.warehouse.in_type_id.id,
                "order_line": [(0, 0, {"product_id": product.id, "product_qty": quantity})],
            }
        )
        if confirm:
            order.button_confirm()
        self.settle()
        return order

    def receive(self, order, quantity=None):
        """All that is open of a purchase, or so much of its only line and the rest later."""
        picking = order.picking_ids.filtered(lambda each: each.state not in ("done", "cancel"))
        if quantity is not None:
            picking.move_ids.quantity = quantity
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()
        self.settle()

    def of(self, record):
        """{state: quantity} of the needs of an order, or of the product."""
        field = {"sale.order": "sale_order_id", "product.product": "product_id"}[record._name]
        found = {}
        for need in self.needs.search([(field, "=", record.id)]):
            quantity = need.missing_qty if need.state in LIVING else need.quantity
            found[need.state] = found.get(need.state, 0) + quantity
        return found

    def consolidate(self):
        open_needs = self.needs.search([("state", "=", "open")])
        open_needs.consolidate()
        self.settle()
        return self.needs.search([]).purchase_order_id

    def assert_true_to_stock(self):
        """Ordered, covered, excluded and open are what every line of an order misses."""
        self.settle()
        self.env.cr.execute(
            """
            SELECT m.sale_line_id, m.product_id, sum(m.product_qty - coalesce(
                   (SELECT sum(quantity_product_uom) FROM stock_move_line WHERE move_id = m.id), 0
                   ))::float
              FROM stock_move m JOIN stock_location d ON d.id = m.location_dest_id
             WHERE m.sale_line_id IS NOT NULL AND d.usage = 'customer'
               AND m.state NOT IN ('done', 'cancel', 'draft')
             GROUP BY 1, 2
            """
        )
        missing = {(line, product): qty for line, product, qty in self.env.cr.fetchall() if qty}
        self.needs.invalidate_model()
        said = {}
        for need in self.needs.search([("state", "in", LIVING), ("sale_line_id", "!=", False)]):
            key = need.sale_line_id.id, need.product_id.id
            said[key] = said.get(key, 0) + need.missing_qty
            self.assertGreater(need.missing_qty, 0, need.state)
        self.assertEqual(said, missing)


class MissingCase(NeedCase):
    """Three mugs of `self.sale` are missing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sale = cls().sell(3)


class OrderedCase(MissingCase):
    """They are on the draft `self.order`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls().consolidate()
