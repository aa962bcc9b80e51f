"""Inbox: an order as the site sent it, and what became of it. Nothing is imported from
memory: every order is stored here first, each on its own."""

import logging

from odoo import api, fields, models

from ..api.catalog import digest
from ..api.errors import ParseError
from ..api.fields import code, decimal, identifier, moment, text
from ..api.orders import status

_logger = logging.getLogger(__name__)


class MerchantProOrder(models.Model):
    _name = "merchantpro.order"
    _description = "Shop Order"
    _inherit = ["mail.thread", "mail.activity.mixin", "merchantpro.job"]
    _order = "date_created desc, id desc"
    _rec_name = "external_id"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    external_id = fields.Char(string="Number", required=True, readonly=True)
    state = fields.Selection(
        [
            ("new", "New"),
            ("done", "Imported"),
            ("held", "Held"),
            ("error", "Error"),
            ("ignored", "Ignored"),
        ],
        default="new",
        required=True,
        index=True,
        readonly=True,
        tracking=True,
    )
    held_reason = fields.Text(readonly=True)
    sale_order_id = fields.Many2one(
        "sale.order", string="Sales Order", readonly=True, index=True, copy=False
    )
    payload = fields.Json(string="Order as Received", readonly=True)
    digest = fields.Char(string="Fingerprint", readonly=True)
    payment_status = fields.Char(readonly=True)
    shipping_status = fields.Char(readonly=True)
    date_created = fields.Datetime(string="Placed On", readonly=True, index=True)
    buyer = fields.Char(readonly=True)
    total = fields.Float(digits=(16, 2), readonly=True)
    currency = fields.Char(readonly=True)

    _external_uniq = models.Constraint(
        "unique(shop_id, external_id)", "The order is already in the inbox."
    )

    @api.model
    def _store(self, shop, rows):
        """Keep raw orders of one page; returns those that are new or changed, which are also
        processed. A row without an id cannot be an order and is only logged."""
        wanted = {}
        for row in rows:
            try:
                wanted[identifier(row)] = row
            except ParseError as error:
                _logger.warning("Shop %s sent an order that has no number: %s", shop.id, error)
        known = {
            order.external_id: order
            for order in self.search(
                [("shop_id", "=", shop.id), ("external_id", "in", list(wanted))]
            )
        }
        changed = self.browse()
        for external_id, row in wanted.items():
            order = known.get(external_id)
            if order and order.digest == digest(row):
                continue
            values = self._prepare_inbox_values(shop, external_id, row)
            if order:
                order.write(values)
            changed |= order or self.create(values)
        changed.filtered(lambda order: order.state in ("new", "held", "error")).process()
        return changed

    def _prepare_inbox_values(self, shop, external_id, row):
        """What the list shows of an order. Nothing fails here: what cannot be read is told by
        `process`, on the order."""

        def tolerant(read, key):
            try:
                return read(row, key)
            except ParseError:
                return None

        return {
            "shop_id": shop.id,
            "external_id": external_id,
            "payload": row,
            "digest": digest(row),
            "payment_status": tolerant(status, "payment_status"),
            "shipping_status": tolerant(status, "shipping_status"),
            "date_created": tolerant(moment, "date_created"),
            "buyer": tolerant(text, "billing_name") or tolerant(text, "shipping_name"),
            "total": float(tolerant(decimal, "total_amount") or 0),
            "currency": tolerant(code, "currency"),
        }

    @api.model
    def _retry_held(self, shops):
        """A new mapping helps the orders that waited for it."""
        self.search([("shop_id", "in", shops.ids), ("state", "in", ("new", "held"))]).process()

    def action_retry(self):
        """Process again what was held or failed."""
        self.process()

    def action_ignore(self):
        self.filtered(lambda order: order.state != "done").write({"state": "ignored"})

    def action_reread(self):
        """Ask the site for these orders again."""
        for shop in self.shop_id:
            orders = self.filtered(lambda order, shop=shop: order.shop_id == shop)
            with self._shop_failures(shop):
                rows = shop._client().orders_by_ids(orders.mapped("external_id"))
                self._store(shop, rows)

    def action_open_sale(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.sale_order_id.id,
            "view_mode": "form",
        }
