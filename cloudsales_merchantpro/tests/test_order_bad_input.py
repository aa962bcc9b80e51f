"""The real order of a shop, damaged in every way, in batches with good ones: it is imported, held
or in error in words for a person, the good ones come in, and nothing is unforeseen."""

import copy
import itertools
import json
import pathlib
import re

import merchantpro_simulator

from ..api.errors import ParseError
from ..api.orders import parse_order
from .order_case import SERVICES, OrderCase

PROCESS = "odoo.addons.cloudsales_merchantpro.models.merchantpro_order_process"
REAL = pathlib.Path(merchantpro_simulator.__file__).parent / "tests" / "real_order.json"
ABSENT = object()
HOSTILE = "a\x00b\ud800<script>"
WRONG = (
    ABSENT,
    None,
    HOSTILE * 40,
    HOSTILE,
    "două bucăți",
    [["x"]],
    {"x": {"y": 1}},
    True,
    "ș" * 100_000,
    -3,
    0,
    10**30,
    999_999_999_999,
    0.333333333,
    "1e300",
)
# Where they are taken for text, any of these is as good as another.
AS_GOOD = re.compile(
    r"(?<!Decimal\()'(-?[0-9.e]+'|(ab<script>|a\\x00b|două bucăți)[^']*'?)", re.IGNORECASE
)


class TestBadInput(OrderCase):
    def prepare(self):
        super().prepare()
        self.real = json.loads(REAL.read_text(encoding="utf-8"))["order"]
        currency = self.env["res.currency"].with_context(active_test=False)
        currency.search([("name", "=", "RSD")]).active = True
        for line in self.real["line_items"]:
            self.site.add_product(
                id=line["product_id"], name=line["product_name"], sku=str(line["product_id"])
            )
        self.import_catalog()
        # Nothing to learn from moving what is not damaged.
        self.shop.variant_ids.product_id.write(SERVICES)
        tax = self.env["account.tax"].create(
            {
                "name": "20 %",
                "amount": 20,
                "type_tax_use": "sale",
                "price_include_override": "tax_included",
                "company_id": self.company.id,
            }
        )
        rates = self.env["merchantpro.tax"]
        for code in ("20", "19"):
            rates.create(
                {"shop_id": self.shop.id, "code": code, "percent": float(code), "tax_id": tax.id}
            )

    def imported(self, rows):
        """{number: order} of the inbox, after all of them were processed."""
        orders = self.env["merchantpro.order"]._store(self.shop, rows)
        with self.assertNoLogs(PROCESS, "ERROR"):
            orders.process()
        numbers = [str(row["id"]) for row in rows]
        found = orders.search([("shop_id", "=", self.shop.id), ("external_id", "in", numbers)])
        return {order.external_id: order for order in found}

    def damaged(self, place, value):
        row = copy.deepcopy(self.real)
        holder = row
        for step in place[:-1]:
            holder = holder[step]
        if value is ABSENT:
            del holder[place[-1]]
        else:
            holder[place[-1]] = value
        return row

    def header_places(self):
        return [(key,) for key in self.real if key != "id"]

    def told(self, row):
        """What the import is told by this row, to compare."""
        try:
            return repr(parse_order(row))
        except ParseError as error:
            return str(error)

    def assert_told(self, order, what):
        """It is clear to a person what became of the order."""
        if order.state == "done":
            self.assert_imported(order)
            return
        self.assertIn(order.state, ("new", "held", "error", "ignored"), what)
        self.assertTrue(order.held_reason, what)
        self.assertLess(len(order.held_reason), 2_000, what)
        self.assertNotRegex(order.held_reason, r"Traceback|foresaw|INSERT|SELECT|psycopg", what)

    def test_each_value_of_the_header_damaged(self):
        self.assert_all_told(self.header_places())

    def test_each_value_of_a_line_damaged(self):
        line = self.real["line_items"][0]
        self.row(line["product_id"]).product_id.write({"type": "consu", "is_storable": True})
        self.assert_all_told([("line_items", 0, key) for key in line])

    def assert_all_told(self, places):
        rows, what, real, known = [], {}, self.told(self.real), set()
        for place, value in itertools.product(places, WRONG):
            row = self.damaged(place, value)
            told = self.told(row)
            kind = place, AS_GOOD.sub("text", told)
            if told != real and kind not in known:
                known.add(kind)
                row["id"] = f"B{len(rows)}"
                what[row["id"]] = f"{place}: {str(value)[:30]!r}"
                rows.append(row)
        for start in range(0, len(rows), 59):
            good = {**copy.deepcopy(self.real), "id": f"G{start}"}
            orders = self.imported(
                [*rows[start : start + 30], good, *rows[start + 30 : start + 59]]
            )
            self.assert_imported(orders.pop(good["id"]))
            for number, order in orders.items():
                with self.subTest(what[number]):
                    self.assert_told(order, what[number])

    def test_damage_where_nothing_is_read_changes_nothing(self):
        rows, told = [], self.told(self.real)
        for number, value in enumerate(WRONG[1:]):
            row = {**copy.deepcopy(self.real), "id": f"N{number}", "invented": value}
            for place in self.header_places():
                if self.told(self.damaged(place, value)) == told:
                    row[place[0]] = value
            rows.append(row)
        for order in self.imported(rows).values():
            self.assert_imported(order)

    def test_a_moment_of_any_offset_is_the_same_moment(self):
        moments = {
            # Both nights of the change in Romania: an hour that is not there, one that is twice.
            "2026-03-29T02:59:59+02:00": "2026-03-29 00:59:59",
            "2026-03-29T04:00:00+03:00": "2026-03-29 01:00:00",
            "2026-10-25T03:30:00+03:00": "2026-10-25 00:30:00",
            "2026-10-25T03:30:00+02:00": "2026-10-25 01:30:00",
            "2026-01-01T00:10:00+14:00": "2025-12-31 10:10:00",
            "2025-12-31T23:50:00-12:00": "2026-01-01 11:50:00",
            "2026-06-30T12:00:00+05:45": "2026-06-30 06:15:00",
            "2026-06-30T12:00:00Z": "2026-06-30 12:00:00",
        }
        rows = [
            {**copy.deepcopy(self.real), "id": f"M{number}", "date_created": moment}
            for number, moment in enumerate(moments)
        ]
        orders = self.imported(rows)
        for row in rows:
            sale = self.assert_imported(orders[row["id"]])
            self.assertEqual(str(sale.date_order), moments[row["date_created"]])
