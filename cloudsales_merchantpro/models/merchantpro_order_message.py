"""Outbox: what a site is to be told of an order, once each.

A row is written in the transaction of its cause (the cancellation, the delivery), which may
happen in two of them at once, and again; the unique index lets only the first one count. What
became of it is written by `MessageRun`, and stays on record."""

import datetime

from odoo import api, fields, models
from odoo.tools import SQL

KINDS = ("cancelled", "in_process", "shipped", "delivered", "awb")
# Minutes until what got no usable answer is tried again; the last one for ever after.
PAUSES = (1, 2, 5, 15, 60)


class MerchantProOrderMessage(models.Model):
    _name = "merchantpro.order.message"
    _description = "What a Site Is Told of an Order"
    _inherit = "merchantpro.job"
    _log_access = False
    _order = "id"

    order_id = fields.Many2one(
        "merchantpro.order", required=True, readonly=True, ondelete="cascade", index=True
    )
    shop_id = fields.Many2one(related="order_id.shop_id", store=True, index=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    kind = fields.Selection(
        [
            ("cancelled", "Cancelled"),
            ("in_process", "In process"),
            ("shipped", "Shipped"),
            ("delivered", "Delivered"),
            ("awb", "Waybill Number"),
        ],
        required=True,
        readonly=True,
    )
    value = fields.Char(readonly=True, help="The number of the waybill.")
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("done", "Acknowledged"),
            ("refused", "Refused"),
            ("gone", "Order Is Gone"),
            ("skipped", "Not Sent"),
        ],
        default="waiting",
        required=True,
        readonly=True,
    )
    problem = fields.Text(readonly=True)
    noted_at = fields.Datetime(string="Since", readonly=True)
    settled_at = fields.Datetime(string="Settled", readonly=True)
    tries = fields.Integer(string="Failed Tries", readonly=True)
    next_try = fields.Datetime(readonly=True)
    unsure = fields.Boolean(
        readonly=True, help="It was sent and no answer came: the site is asked before it is again."
    )
    insist = fields.Boolean(
        readonly=True, help="A person wants it sent although the site has the order as cancelled."
    )

    _once_uniq = models.UniqueIndex("(order_id, kind, coalesce(value, ''))")
    _waiting_index = models.Index("(shop_id) WHERE state = 'waiting'")

    @api.model
    def _note(self, orders, kind, value=None):
        """The sites of these orders are to be told `kind`, where their shops do that. Not what a
        site itself said: an order read as cancelled is cancelled here too."""
        switch = f"push_{kind}"
        orders.flush_model(["shop_id", "company_id", "shipping_status"])
        orders.shop_id.flush_model(["active", switch])
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO merchantpro_order_message
                       (order_id, shop_id, company_id, kind, value, state, noted_at, tries)
                SELECT o.id, o.shop_id, o.company_id, %s, %s, 'waiting', now() AT TIME ZONE 'UTC', 0
                  FROM merchantpro_order o
                  JOIN merchantpro_shop s ON s.id = o.shop_id
                 WHERE o.id = ANY(%s) AND s.active AND %s
                   AND coalesce(o.shipping_status, '') != %s
                    ON CONFLICT DO NOTHING
                """,
                kind,
                value,
                orders.ids,
                SQL.identifier("s", switch),
                kind,
            )
        )
        if self.env.cr.rowcount:
            orders.invalidate_recordset(["site_message_ids"])
            self.env["merchantpro.change"]._wake_push()

    @api.model
    def _due(self, shop):
        """What this shop is to be told now, in the order in which it happened: of each order the
        oldest one that waits, so that none overtakes another."""
        self.flush_model()
        self.env.cr.execute(
            """
            SELECT id FROM (
                SELECT DISTINCT ON (order_id) id, kind, next_try
                  FROM merchantpro_order_message
                 WHERE shop_id = %s AND state = 'waiting' AND kind = ANY(%s)
                 ORDER BY order_id, id
            ) m
             WHERE next_try IS NULL OR next_try <= %s
             ORDER BY id
            """,
            (shop.id, shop._kinds_told(), fields.Datetime.now()),
        )
        return self.browse(row[0] for row in self.env.cr.fetchall())

    def _newer(self):
        """Whether the order got another waybill since."""
        self.ensure_one()
        return bool(
            self.kind == "awb"
            and self.search_count(
                [("order_id", "=", self.order_id.id), ("kind", "=", "awb"), ("id", ">", self.id)],
                limit=1,
            )
        )

    def _settle(self, state, problem=False):
        self.write(
            {
                "state": state,
                "problem": problem,
                "settled_at": fields.Datetime.now(),
                "next_try": False,
                "unsure": False,
            }
        )

    def _try_later(self, error):
        pause = PAUSES[min(self.tries, len(PAUSES) - 1)]
        self.write(
            {
                "problem": self._told(error),
                "tries": self.tries + 1,
                "next_try": fields.Datetime.now() + datetime.timedelta(minutes=pause),
            }
        )

    def action_retry(self):
        """Tell it now, whatever was said before."""
        messages = self._as_system().filtered(lambda message: message.state != "done")
        messages.write(
            {
                "state": "waiting",
                "problem": False,
                "tries": 0,
                "next_try": False,
                "settled_at": False,
                "insist": True,
            }
        )
        messages.shop_id.send_messages()


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    site_message_ids = fields.One2many(
        "merchantpro.order.message", "order_id", string="Told to the Site"
    )
