"""A real shop (the simulator, in this process) for each test, and short ways to fill both sides."""

import contextlib
import uuid
from unittest.mock import patch

from odoo.sql_db import db_connect
from odoo.tools import sql

from odoo.addons.cloudsales_merchantpro.api import client
from odoo.addons.cloudsales_merchantpro.api.limits import Limits
from odoo.addons.delivery_awb.tests.kept_caches import KeptCachesCase

from merchantpro_simulator import Simulator

# Jobs run at once; no changes of fields are tracked; who becomes a user is not invited by mail.
CONTEXT = {"queue_job__no_delay": True, "tracking_disable": True, "no_reset_password": True}
# What a repeated run must not touch. The call log and the readings themselves may grow.
WATCHED_TABLES = (
    "merchantpro_category",
    "merchantpro_product",
    "merchantpro_variant",
    "merchantpro_image",
    "merchantpro_order",
    "merchantpro_order_line",
    "merchantpro_customer",
    "merchantpro_tax",
    "merchantpro_payment_method",
    "merchantpro_shipping_method",
    "merchantpro_change",
    "product_template",
    "product_product",
    "product_attribute",
    "product_attribute_value",
    "product_category",
    "res_partner",
    "sale_order",
    "sale_order_line",
    "stock_move",
    "stock_quant",
)


class ShopCase(KeptCachesCase):
    """`self.site` is the shop on the other side, `self.shop` its record here, connected.

    What the tests of a class begin with is made once, in `prepare`; each of them finds it
    unchanged on both sides."""

    seed = "empty"
    page_size = client.PAGE  # less where several pages are read

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
        cls.company = cls.env.ref("base.main_company")
        cls.env = cls.env(context={**cls.env.context, **CONTEXT})
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        # Waiting for the budget, and between the tries of a call, is tested by itself, where time
        # does not pass for real.
        cls.classPatch(Limits, "windows", lambda limits: ((10**6, 1),))
        pauses = client.Client.__init__.__kwdefaults__
        cls.enterClassContext(patch.dict(pauses, sleep=lambda seconds: None))
        cls.classPatch(client, "PAGE", cls.page_size)
        cls.site = cls.enterClassContext(Simulator(seed=cls.seed, key=uuid.uuid4().hex))
        cls._prepare_once()

    @classmethod
    def _prepare_once(cls):
        """Whatever `prepare` keeps in `self` belongs to the class."""
        first = cls()
        own = set(vars(first))
        first.shop = first.make_shop()
        first.prepare()
        for name in set(vars(first)) - own:
            setattr(cls, name, getattr(first, name))
        cls.site.remember()

    def prepare(self):
        """What all tests of a class begin with. No patches here: they would not end."""

    def setUp(self):
        super().setUp()
        self.site.restore()
        # The budget is the key's, and its log is no part of the transaction of a test.
        with db_connect(self.env.cr.dbname).cursor() as own:
            own.execute("DELETE FROM merchantpro_rate_bucket; DELETE FROM merchantpro_rate_call")

    def make_shop(self, **values):
        shop = self.env["merchantpro.shop"].create(
            {
                "name": "Test shop",
                "url": self.site.url,
                "api_key": self.site.key,
                "api_secret": self.site.secret,
                "webhook_secret": self.site.webhook_secret,
                "company_id": self.company.id,
                "order_warehouse_id": self.warehouse.id,
                "order_start_date": "2020-01-01 00:00:00",
                **values,
            }
        )
        shop.action_test_connection()
        self.site.clear_calls()
        return shop

    def erp_product(self, code=False, stock=0, extra=(), **values):
        product = self.env["product.product"].create(
            {
                "name": f"ERP {code or values.get('barcode') or 'product'}",
                "default_code": code,
                "is_storable": True,
                "additional_code_ids": [(0, 0, {"code": each}) for each in extra],
                **values,
            }
        )
        if stock:
            self.set_stock(product, stock)
        return product

    def set_stock(self, product, quantity):
        """So much of it lies there; the documents that move goods have tests of their own."""
        quants, shelf = self.env["stock.quant"], self.warehouse.lot_stock_id
        there = sum(quants._gather(product, shelf, strict=True).mapped("quantity"))
        if quantity != there:
            quants._update_available_quantity(product, shelf, quantity - there)

    def another_warehouse(self, **values):
        """Of a company that had several before: for its second one Odoo goes through all of its
        settings, which takes four times as long."""
        several = ("stock.group_stock_multi_locations", "stock.group_stock_multi_warehouses")
        self.env.ref("base.group_user").implied_ids |= self.env["res.groups"].union(
            *map(self.env.ref, several)
        )
        return self.env["stock.warehouse"].create({"name": "Far", "code": "FAR", **values})

    def row(self, external_id):
        return self.shop.variant_ids.filtered(lambda row: row.external_id == str(external_id))

    def import_catalog(self):
        self.shop.fetch_catalog()
        self.shop.variant_ids.import_to_catalog()

    def know_taxes(self, *percents):
        """As from an earlier import: the next one makes no taxes for these, which takes longer
        than an order."""
        names = {percent: f"TVA {percent}%" for percent in percents}
        self.env["merchantpro.tax"]._for_percents(self.shop, names)

    def order(self, external_id):
        return self.env["merchantpro.order"].search(
            [("shop_id", "=", self.shop.id), ("external_id", "=", external_id)]
        )

    def read_order(self, lines, **header):
        """Somebody orders in the shop, and we read orders."""
        (order,) = self.read_orders(lines, header)
        return order

    def read_orders(self, lines, *headers):
        """As many people order the same, and we read what they ordered at once."""
        placed = [self.site.add_order(lines, **each) for each in headers]
        self.shop.fetch_orders()
        return [self.order(each["id"]) for each in placed]

    def push(self):
        # The outbox is written when a transaction ends.
        self.env.cr.flush()
        self.shop.push_changes()

    @contextlib.contextmanager
    def assert_nothing_written(self, tables=WATCHED_TABLES):
        """No row is added, removed or updated: PostgreSQL moves a row with every update."""
        self._age()
        before = self._versions()
        yield
        after = self._versions()
        for table in tables:
            self.assertEqual(before[table], after[table], f"{table} was written")

    def _age(self):
        """As if all of it were written yesterday: within one transaction, a write that changes
        nothing but the date of the writing is not made."""
        self.env.cr.flush()
        for table in WATCHED_TABLES:
            if sql.column_exists(self.env.cr, table, "write_date"):
                self.env.cr.execute(f"UPDATE {table} SET write_date = write_date - interval '1d'")
        self.env.invalidate_all()

    def _versions(self):
        self.env.cr.flush()
        versions = {}
        for table in WATCHED_TABLES:
            self.env.cr.execute(f"SELECT id, ctid::text FROM {table}")
            versions[table] = dict(self.env.cr.fetchall())
        return versions
