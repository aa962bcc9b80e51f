"""A courier on localhost, an account there, and three transfers to send with it."""

from odoo.addons.delivery_awb.tests.kept_caches import KeptCachesCase

from sameday_simulator import Simulator


class SamedayCase(KeptCachesCase):
    @classmethod
    def _request_handler(cls, session, request, /, **options):
        # Odoo's guard against calls to the internet compares the time-out with a number; the
        # client's is a pair (to connect, to read).
        if isinstance(options.get("timeout"), tuple):
            options["timeout"] = max(options["timeout"])
        return super()._request_handler(session, request, **options)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "queue_job__no_delay": True})
        cls.courier = cls.enterClassContext(Simulator())
        cls.product = cls.env["product.product"].create(
            {"name": "Ceainic", "is_storable": True, "weight": 2.0}
        )
        cls.carrier = cls.new_carrier()
        cls.carrier.action_sameday_read()
        cls.buyer = cls.env["res.partner"].create(
            {
                "name": "Ana Țurcanu",
                "phone": "+40 722 000 111",
                "street": "Str. Horea 1",
                "city": "Cluj-Napoca",
                "zip": "400174",
                "state_id": cls.env.ref("base.RO_CJ").id,
                "country_id": cls.env.ref("base.ro").id,
            }
        )
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.env["stock.quant"]._update_available_quantity(
            cls.product, cls.warehouse.lot_stock_id, 1000
        )
        cls.transfers = cls.new_orders(3).picking_ids

    def setUp(self):
        super().setUp()
        self.courier.clear()

    @classmethod
    def new_carrier(cls, **values):
        fee = cls.env["product.product"].create({"name": "Curier", "type": "service"})
        return cls.env["delivery.carrier"].create(
            {
                "name": "Sameday",
                "delivery_type": "sameday",
                "product_id": fee.id,
                "sameday_url": cls.courier.url,
                "sameday_username": cls.courier.username,
                "sameday_password": cls.courier.password,
                **values,
            }
        )

    @classmethod
    def new_orders(cls, count=1, quantity=1, **values):
        """Confirmed orders to be sent with Sameday."""
        line = {"product_id": cls.product.id, "product_uom_qty": quantity}
        values = {
            "partner_id": cls.buyer.id,
            "carrier_id": cls.carrier.id,
            "order_line": [(0, 0, line)],
            **values,
        }
        orders = cls.env["sale.order"].create([dict(values) for _each in range(count)])
        orders.action_confirm()
        return orders

    def make(self, picking, **values):
        """The waybill of a transfer, with other values than those it begins with."""
        waybill = self.env["delivery.awb"].create({**picking._prepare_awb_values(), **values})
        waybill._send()
        return waybill
