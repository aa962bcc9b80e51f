"""What the messages of an order say, as fields that a merchant finds in the editor of templates.

A message about one transfer (`alert_picking_id` in the context) is about its waybills; any other
is about all waybills of the order."""

import json

from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    alert_number = fields.Char(
        string="Number for the Buyer",
        compute="_compute_alert_words",
        compute_sudo=True,
        help="The number on the site, where it has one.",
    )
    alert_shop = fields.Char(
        string="Shop for the Buyer", compute="_compute_alert_words", compute_sudo=True
    )
    alert_awb = fields.Char(
        string="Waybill Numbers", compute="_compute_alert_waybills", compute_sudo=True
    )
    alert_awb_url = fields.Char(
        string="Tracking Page", compute="_compute_alert_waybills", compute_sudo=True
    )
    alert_courier = fields.Char(
        string="Courier", compute="_compute_alert_waybills", compute_sudo=True
    )
    alert_point = fields.Char(
        string="Locker or Point", compute="_compute_alert_waybills", compute_sudo=True
    )
    alert_cash = fields.Monetary(
        string="Cash to the Courier", compute="_compute_alert_waybills", compute_sudo=True
    )
    alert_missing = fields.Text(
        string="Products Awaited",
        compute="_compute_alert_missing",
        compute_sudo=True,
        help="What is not in stock yet, a product a line.",
    )

    @api.depends(
        "name",
        "merchantpro_order_id.external_id",
        "merchantpro_shop_id.name",
        "merchantpro_shop_id.alert_name",
    )
    def _compute_alert_words(self):
        for order in self:
            order.alert_number = order.merchantpro_number or order.name
            shop = order.merchantpro_shop_id
            order.alert_shop = shop._alert_shop_name() if shop else order.company_id.name

    @api.depends("picking_ids.awb_ids.state", "picking_ids.carrier_tracking_ref")
    @api.depends_context("alert_picking_id")
    def _compute_alert_waybills(self):
        for order in self:
            pickings = order._alert_pickings()
            waybills = pickings.awb_id
            numbers = waybills.filtered("number").mapped("number") or [
                picking.carrier_tracking_ref for picking in pickings if picking.carrier_tracking_ref
            ]
            urls = [picking._alert_tracking_url() for picking in pickings]
            carriers = waybills.carrier_id or pickings.carrier_id
            order.alert_awb = ", ".join(numbers)
            order.alert_awb_url = next(filter(None, urls), False)
            order.alert_courier = ", ".join(carriers.mapped("name"))
            order.alert_point = ", ".join(waybills.filtered("locker_code").mapped("locker_code"))
            order.alert_cash = sum(waybills.mapped("cod_amount"))

    def _alert_pickings(self):
        """The transfers to the buyer that a message is about."""
        about = self.env.context.get("alert_picking_id")
        return self.picking_ids.filtered(
            lambda picking: (
                picking.picking_type_code == "outgoing"
                and picking.state != "cancel"
                and about in (picking.id, False, None)
            )
        )

    @api.depends("picking_ids.move_ids.quantity", "picking_ids.move_ids.state")
    def _compute_alert_missing(self):
        for order in self:
            lines = [line._alert_missing() for line in order.order_line]
            order.alert_missing = "\n".join(filter(None, lines))

    def _alert_lines(self):
        """The table of what was ordered, for an e-mail."""
        lines = self.order_line.filtered(lambda line: not line.display_type)
        return self.env["ir.qweb"]._render(
            "cloudsales_merchantpro.alert_lines", {"order": self, "lines": lines}
        )

    def _no_alerts_url(self):
        """Where the buyer says that he wants no more of these."""
        partner = self.partner_id
        return (
            f"{self.get_base_url()}/merchantpro/no-messages"
            f"/{partner.id}/{partner._no_alerts_token()}"
        )


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _alert_missing(self):
        """“2 × Mug” for what this line still waits for, else nothing."""
        moves = self.move_ids.filtered(
            lambda move: (
                move.location_dest_id.usage == "customer"
                and move.state in ("waiting", "confirmed", "partially_available")
            )
        )
        missing = sum(moves.mapped("product_uom_qty")) - sum(moves.mapped("quantity"))
        if missing <= 0:
            return ""
        return f"{missing:g} × {self.product_id.display_name}"


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _alert_tracking_url(self):
        return self.awb_id.tracking_url or self._first_url(self.carrier_tracking_url)

    def _first_url(self, url):
        """Of several parcels Odoo has the pages as JSON: [[number, page], ...]."""
        if not url or not url.startswith("["):
            return url
        return json.loads(url)[0][1]
