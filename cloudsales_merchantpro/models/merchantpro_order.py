"""Inbox: an order as the site sent it, and what became of it. Nothing is imported from
memory: every order is stored here first, each on its own."""

import contextlib
import logging

import psycopg2

from odoo import api, fields, models
from odoo.tools import split_every

from ..api.catalog import digest
from ..api.errors import ParseError
from ..api.fields import code, decimal, identifier, moment, text
from ..api.orders import status
from ..api.storable import storable
from .concurrency import making

_logger = logging.getLogger(__name__)
PER_CALL = 50  # numbers that the site surely takes in one call


class MerchantProOrder(models.Model):
    _name = "merchantpro.order"
    _description = "Shop Order"
    _inherit = ["mail.thread", "mail.activity.mixin", "merchantpro.job"]
    _order = "date_created desc, id desc"
    _rec_name = "external_id"

    OPEN = ("new", "held", "error")  # states of what may still become a sales order

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
        group_expand=True,
    )
    held_reason = fields.Text(readonly=True)
    sale_order_id = fields.Many2one(
        "sale.order", string="Sales Order", readonly=True, index=True, copy=False
    )
    # A thousand orders in a list must not bring a thousand documents with them.
    payload = fields.Json(string="Order as Received", readonly=True, prefetch=False)
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

    def _open(self):
        return self.filtered(lambda order: order.state in self.OPEN)

    @api.model
    def _store(self, shop, rows):
        """Keep raw orders of the site; returns those that are new or changed. A row without an
        id cannot be an order and is only logged."""
        wanted = {}
        for row in rows:
            try:
                wanted[identifier(row)] = row
            except ParseError as error:
                _logger.warning("Shop %s sent an order that has no number: %s", shop.id, error)
        known = {order.external_id: order for order in self._numbered(shop, wanted)}
        changed = self.browse()
        for external_id, row in wanted.items():
            order = known.get(external_id, self.browse())
            changed |= order._store_one(shop, external_id, row)
        return changed

    def _store_one(self, shop, external_id, row):
        """Keep one order, known (self) or not; returns it if it is new or changed. One that
        cannot be stored is put on record as such, and the others go on."""
        try:
            values = self._prepare_inbox_values(shop, external_id, storable(row))
            if self and self.digest == values["digest"]:
                return self.browse()
            stored = self.env._("Order %s is being stored.", external_id)
            with making(self.env, stored, self), self.env.cr.savepoint():
                if not self:
                    return self.create(values)
                self.write({**values, **self._prepare_change_values(values["payload"])})
                return self
        except (ParseError, psycopg2.DataError, psycopg2.IntegrityError) as error:
            # Not the row itself: a log is no place for what a buyer entrusted to the shop.
            _logger.warning(
                "Order %s of shop %s cannot be stored: %s",
                external_id,
                shop.id,
                type(error).__name__,
            )
            self._store_refused(shop, external_id, error)
            return self.browse()

    def _store_refused(self, shop, external_id, error):
        order = self or self.create({"shop_id": shop.id, "external_id": external_id})
        if order in order._open():
            reason = self._told(error).partition("\n")[0]
            order._settle("error", self.env._("What the site sent cannot be stored: %s", reason))

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
        shops._retry_orders("held")

    def action_retry(self):
        """Process again what was held or failed, what somebody ignored, and what was imported
        to a sales order that somebody deleted since."""
        closed = self - self._open()
        closed.filtered(lambda order: not order.sale_order_id)._ask_for("person")
        self._process_now()

    def action_ignore(self):
        self.filtered(lambda order: order.state != "done").write(
            {"state": "ignored", "ignored_because": "person"}
        )

    def action_reread(self):
        """Ask the site for these orders again, and process them again."""
        for shop in self.shop_id:
            with self._shop_failures(shop):
                self.filtered(lambda order, shop=shop: order.shop_id == shop)._read_again(shop)
        self.action_retry()

    def action_read_by_number(self):
        """Ask for numbers, of the shop of these orders if there are any."""
        return self.env["merchantpro.orders.by.number"]._open(self.shop_id[:1])

    def _read_again(self, shop):
        """Ask the site for these orders of one shop; returns those that are new or changed."""
        return self._read_numbers(shop, self.mapped("external_id"))[0]

    @api.model
    def _read_numbers(self, shop, numbers):
        """Ask the site for orders by their full numbers, seen before or not. Returns (those that
        are new or changed, the numbers that the site does not have). Open orders that the site
        has no more are not waited for any longer."""
        changed, missing = self.browse(), []
        for asked in split_every(PER_CALL, numbers):
            rows = shop._client().orders_by_ids(asked)
            changed |= self._store(shop, rows)
            there = set(self._numbers_of(rows))
            missing += [number for number in asked if number not in there]
        gone = self._numbered(shop, missing)
        gone._open()._settle_gone()
        gone.filtered(lambda order: order.state == "done" and order.sale_order_id)._settle_missing()
        return changed, missing

    @api.model
    def _numbered(self, shop, numbers):
        """The orders of the inbox with these numbers."""
        return self.search([("shop_id", "=", shop.id), ("external_id", "in", list(numbers))])

    @api.model
    def _numbers_of(self, rows):
        """The numbers of raw orders, as they are stored; none of a row that has no number."""
        numbers = []
        for row in rows:
            with contextlib.suppress(ParseError):  # `_store` tells of it
                numbers.append(identifier(row))
        return numbers

    def _settle_gone(self):
        for order in self:
            words = self.env._("The site does not have this order any more.")
            order._settle("ignored", words, because="gone")
        # Should the site have it again, it is news however little changed.
        self.write({"digest": False})

    def action_open_sale(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.sale_order_id.id,
            "view_mode": "form",
        }
