"""What the picking document shows: a page for each transfer, and for several of them first one
list to walk the shelves with, once, in which each order has a letter.

Lines stand in walking order: by the location's full name, numbers in it as numbers (A-2 before
A-10). So the names of locations decide the way, which is what people see on the shelves."""

import base64
import re
from itertools import count, product
from string import ascii_uppercase

from reportlab.graphics.barcode import createBarcodeDrawing

from odoo import api, models
from odoo.tools import groupby

from ..api.orders import parse_order

NUMBER = re.compile(r"(\d+)")


def walking_key(name):
    """For sorting: "WH/Stock/A-2" comes before "WH/Stock/A-10"."""
    return tuple(
        (0, int(part), "") if part.isdigit() else (1, 0, part.lower())
        for part in NUMBER.split(name or "")
        if part
    )


def letters():
    """A, B, .. Z, AA, AB, .."""
    for length in count(1):
        for each in product(ascii_uppercase, repeat=length):
            yield "".join(each)


class ReportPicking(models.AbstractModel):
    _name = "report.cloudsales_merchantpro.report_picking"
    _description = "Picking of Shop Orders"

    @api.model
    def _get_report_values(self, docids, data=None):
        pickings = self.env["stock.picking"].browse(docids or (data or {}).get("picking_ids"))
        sheets = [
            self._sheet(picking, letter if len(pickings) > 1 else "")
            for picking, letter in zip(pickings, letters(), strict=False)
        ]
        return {
            "doc_ids": pickings.ids,
            "doc_model": "stock.picking",
            "docs": pickings,
            "sheets": sheets,
            "joint": self._joint(sheets) if len(sheets) > 1 else [],
            "picture": self._picture,
            "barcode": self._barcode,
        }

    def _sheet(self, picking, letter):
        """A transfer with what the person who picks and packs it wants to know."""
        sale = picking.sale_id
        waybill = picking.awb_id
        return {
            "letter": letter,
            "picking": picking,
            "sale": sale,
            "number": sale.merchantpro_number or sale.name or picking.origin or picking.name,
            "buyer": picking.partner_id,
            "courier": waybill.carrier_id.name or picking.carrier_id.name,
            "awb": waybill.number or picking.carrier_tracking_ref,
            "locker": waybill.locker_code,
            "collect": waybill.cod_amount if waybill else picking.merchantpro_cod_amount,
            "currency": picking.merchantpro_currency_id or picking.company_id.currency_id,
            "note": self._note(sale),
            "lines": self._lines(picking),
        }

    def _note(self, sale):
        order = sale.sudo().merchantpro_order_id
        return parse_order(order.payload).note if order.payload else ""

    def _lines(self, picking):
        """Reserved goods by location, and what is still missing, last."""
        lines = [
            self._line(
                each.product_id, each.location_id, each.lot_id.name or each.lot_name, quantity
            )
            for each in picking.move_line_ids
            if (quantity := each.quantity_product_uom)
        ]
        lines = [self._summed(rows) for rows in self._grouped(lines)]
        for move in picking.move_ids:
            missing = move.product_qty - sum(move.move_line_ids.mapped("quantity_product_uom"))
            if move.state != "cancel" and move.product_uom.compare(missing, 0) > 0:
                lines.append(self._line(move.product_id, None, "", missing))
        return lines

    def _line(self, item, location, lot, quantity):
        return {
            "product": item,
            "location": location.complete_name if location else "",
            "lot": lot or "",
            "quantity": quantity,
            "unit": item.uom_id.name,
            "codes": ", ".join(item.sudo().additional_code_ids.mapped("code")),
        }

    def _grouped(self, lines):
        """Lists of lines of one product, place and lot, in walking order."""

        def key(line):
            return walking_key(line["location"]), line["product"].id, line["lot"]

        return [rows for _key, rows in groupby(sorted(lines, key=key), key)]

    def _summed(self, rows):
        return {**rows[0], "quantity": sum(row["quantity"] for row in rows)}

    def _joint(self, sheets):
        """One line for each product and place of all transfers: the sum, and whose it is."""
        lines = [{**line, "letter": sheet["letter"]} for sheet in sheets for line in sheet["lines"]]
        found = [row for row in lines if row["location"]]
        missing = [row for row in lines if not row["location"]]
        return [
            {
                **self._summed(rows),
                "shares": [(row["letter"], row["quantity"]) for row in rows],
            }
            for rows in [*self._grouped(found), *self._grouped(missing)]
        ]

    def _picture(self, item):
        """A small picture inside the document: nothing is fetched while it is printed."""
        content = item.with_context(bin_size=False).image_128
        return content and f"data:image/png;base64,{content.decode()}"

    def _barcode(self, value, width=400, height=60):
        """Drawn as lines: sharp at any size, and Odoo's own way to do it needs a library for
        pixels that many servers lack. A value that has no barcode shows none."""
        try:
            drawing = createBarcodeDrawing(
                "Code128", value=value, width=width, height=height, humanReadable=0, quiet=0
            )
        except (ValueError, AttributeError):
            return ""
        content = base64.b64encode(drawing.asString("svg").encode())
        return f"data:image/svg+xml;base64,{content.decode()}"
