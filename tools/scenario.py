"""Run inside Odoo (`env` at hand): the demonstration's main job, from an ERP full of products
to a shop whose orders are imported, whose documents are made and whose stock is true."""

import time
from collections import Counter

from merchantpro_simulator import demo_data, seed_orders

from . import scenario_documents, scenario_needs


class Scenario:
    def __init__(self, env, connection, say=print):
        company = env.ref("base.main_company")
        self.in_jobs = env
        self.env = env(context={**env.context, "queue_job__no_delay": True, "lang": "en_US"})
        self.company = company.with_env(self.env)
        self.shop = self.env["merchantpro.shop"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        self.connection = connection
        self.say = say

    def prepare(self, services):
        """Everything up to the first order; what is done already is not done again."""
        self.sell()
        self._step("documents set up", lambda: scenario_documents.prepare(self.env, services))
        self._step("suppliers", lambda: scenario_needs.prepare(self.env))

    def sell(self):
        """The shop's goods are ours and its stock is true."""
        self._step("existing products", self._make_erp)
        self._step("shop connected", self._make_shop)
        self._step("catalogue fetched", lambda: self.shop.fetch_catalog())
        self._step("catalogue imported", self._import)
        self._step("stock sent", self.push)

    def read_orders(self):
        """By jobs, as the server that runs beside does it."""
        self.shop.with_env(self.in_jobs).fetch_orders()

    def buy(self):
        """The end of the day: what is missing is ordered."""
        scenario_needs.end_the_day(self.in_jobs)

    def finish(self):
        """The figures of the table."""
        self._step("stock sent again", self.push)
        figures = {
            **self.figures(),
            **scenario_documents.figures(self.env),
            **scenario_needs.figures(self.env),
        }
        figures["problems"] = [
            *problems(figures),
            *scenario_documents.problems(figures),
            *scenario_needs.problems(figures),
        ]
        return figures

    def _step(self, name, work):
        started = time.monotonic()
        work()
        self.env.cr.commit()
        self.say(f"  {name:<24}{time.monotonic() - started:6.1f} s")

    def _make_erp(self):
        warehouses = self.env["stock.warehouse"].search([("company_id", "=", self.company.id)])
        if len(warehouses) < 2:
            warehouses |= warehouses.create({"name": "Depozit Cluj", "code": "CLJ"})
        self.warehouses = warehouses[:2]
        self.warehouses[0].name = "Depozit București"
        products = self.env["product.product"]
        rows = demo_data.erp_products()
        if products.search_count([("default_code", "=", rows[0]["default_code"])]):
            return
        created = products.create(
            [
                {
                    "name": row["name"],
                    "default_code": row["default_code"],
                    "barcode": row["barcode"],
                    # The site's price less the VAT that a new product gets here.
                    "list_price": round(row["price"] / 1.21, 2),
                    "is_storable": True,
                    "additional_code_ids": [(0, 0, {"code": code}) for code in row["codes"]],
                }
                for row in rows
            ]
        )
        self._count_stock(
            (product, warehouse, quantity)
            for product, row in zip(created, rows, strict=True)
            for warehouse, quantity in zip(self.warehouses, row["stock"], strict=True)
        )

    def _count_stock(self, counted):
        """One count of all of it: triples of product, warehouse and quantity."""
        self.env["stock.quant"].with_context(inventory_mode=True).create(
            [
                {
                    "product_id": product.id,
                    "location_id": warehouse.lot_stock_id.id,
                    "inventory_quantity": quantity,
                }
                for product, warehouse, quantity in counted
                if quantity
            ]
        ).action_apply_inventory()

    def _make_shop(self):
        shop = self.shop or self.shop.create(
            {
                "name": "Prăvălia Demo",
                "company_id": self.company.id,
                "order_warehouse_id": self.warehouses[0].id,
                "order_start_date": "2020-01-01 00:00:00",
                **self.connection,
            }
        )
        shop.write(self.connection)
        shop.action_test_connection()
        self.shop = shop

    def _import(self):
        new = self.shop.variant_ids.filtered(lambda row: row.match_state == "new")
        self.shop.variant_ids.import_to_catalog()
        # A merchant counts the goods that are new to the ERP; here the site's figure is right.
        self._count_stock(
            (row.product_id, self.warehouses[0], row.stock)
            for row in new.filtered(lambda row: row.product_id.is_storable)
        )
        self.shop.push_stock = True

    def push(self):
        """Stock and prices go to the site."""
        # The outbox is written when a transaction ends.
        self.env.cr.commit()
        self.shop.push_changes()

    def figures(self):
        """What became of the catalogue and of the orders."""
        rows, orders = self.shop.variant_ids, self.env["merchantpro.order"]
        orders = orders.search([("shop_id", "=", self.shop.id)])
        sales = orders.sale_order_id
        return {
            "matches": dict(Counter(rows.mapped("match_state"))),
            "fetched": len(rows),
            "linked": len(rows.filtered(lambda r: r.match_field not in ("created", False)
                                        and r.match_state == "linked")),
            "created": len(rows.filtered(lambda r: r.match_field == "created")),
            "review": len(rows.filtered(lambda r: r.match_state in ("ambiguous", "no_code"))),
            "orders": len(orders),
            "imported": len(orders.filtered(lambda o: o.state == "done")),
            "waiting": len(orders.filtered(lambda o: o.state == "new")),
            "held": len(orders.filtered(lambda o: o.state == "held")),
            "ignored": len(orders.filtered(lambda o: o.state == "ignored")),
            "errors": len(orders.filtered(lambda o: o.state == "error")),
            "reserved moves": len(sales.order_line.move_ids.filtered(
                lambda move: move.state in ("assigned", "partially_available"))),
            "stock pushes": self.env["merchantpro.call"].search_count(
                [("shop_id", "=", self.shop.id), ("method", "=", "PATCH")]),
            "why held": {
                order.external_id: (order.held_reason or "").split("\n")[0]
                for order in orders.filtered(lambda o: o.state in ("held", "error"))
            },
        }  # fmt: skip


def problems(figures):
    """What does not add up, in words; empty when the demonstration did its job."""
    expected, states = demo_data.expected_matches(), seed_orders.expected_states()
    wanted = {
        "fetched": sum(expected.values()),
        "linked": expected["matched"],
        "created": expected["new"],
        "review": expected["ambiguous"] + expected["no_code"],
        "imported": states["done"],
        "waiting": states["wait"],
        "held": states["held"],
        "ignored": states["ignored"],
        "errors": 0,
    }
    return [
        f"{name}: {figures[name]} instead of {value}"
        for name, value in wanted.items()
        if figures[name] != value
    ]
