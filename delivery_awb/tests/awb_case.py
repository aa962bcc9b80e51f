import contextlib
import copy

from psycopg2.errors import UniqueViolation

from odoo.tools import mute_logger

from odoo.addons.queue_job.tests.common import JobMixin

from .courier import Courier
from .kept_caches import KeptCachesCase


class AwbCase(KeptCachesCase, JobMixin):
    """A courier, and three transfers to send with it: deliveries, reserved and not yet validated.
    What the courier made in `prepare` it knows in each test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "queue_job__no_delay": True})
        cls.product = cls.env["product.product"].create(
            {"name": "Kettle", "is_storable": True, "weight": 2.0}
        )
        fee = cls.env["product.product"].create({"name": "Courier", "type": "service"})
        cls.carrier = cls.env["delivery.carrier"].create({"name": "Courier", "product_id": fee.id})
        cls.buyer = cls.env["res.partner"].create({"name": "Ana Pop", "phone": "0722123456"})
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.env["stock.quant"]._update_available_quantity(
            cls.product, cls.warehouse.lot_stock_id, 1000
        )
        cls.transfers = cls.new_transfer(count=3)
        cls.began = Courier()
        with cls.began.working(cls.registry):
            cls.prepare()

    @classmethod
    def prepare(cls):
        """What all tests of a class begin with."""

    def setUp(self):
        super().setUp()
        self.courier = copy.deepcopy(self.began)
        self.enterContext(self.courier.working(self.registry))

    @classmethod
    def new_transfer(cls, quantity=1, count=1, **values):
        """A delivery, or so many of them."""
        places = {
            "location_id": cls.warehouse.lot_stock_id.id,
            "location_dest_id": cls.env.ref("stock.stock_location_customers").id,
        }
        move = {"product_id": cls.product.id, "product_uom_qty": quantity, **places}
        values = {
            "picking_type_id": cls.warehouse.out_type_id.id,
            "partner_id": cls.buyer.id,
            "carrier_id": cls.carrier.id,
            "move_ids": [(0, 0, move)],
            **places,
            **values,
        }
        pickings = cls.env["stock.picking"].create([dict(values) for _each in range(count)])
        pickings.action_confirm()
        pickings.action_assign()
        return pickings

    @contextlib.contextmanager
    def assertTaken(self):
        """The database refuses it: there is one already."""
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            yield

    @classmethod
    def validate(cls, picking):
        picking.move_ids.picked = True
        picking.button_validate()
