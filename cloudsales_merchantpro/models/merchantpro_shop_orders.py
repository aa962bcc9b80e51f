"""Reading the site's orders into the inbox.

The list is read newest first. `order_read_until` moves only when a reading reached the
orders that an earlier complete reading had stored, so an interrupted one leaves no gap. It
moves to the newest order that this reading itself began with: notices bring newer ones in
between, and say nothing about those before them.
Orders change, and appear late, without a feed telling so. So the whole list of the last days
is read again every hour, and what is older but still open here is asked for by its number.
"""

import datetime

from odoo import fields, models
from odoo.fields import Domain

OVERLAP = datetime.timedelta(days=2)
FULL_EVERY = datetime.timedelta(hours=1)
JITTER = datetime.timedelta(seconds=30)  # a cron of every minute starts some seconds late
CHUNK = 50  # orders of one job
# How long we ask for orders that were dropped, or gone: some are paid, or come back, later.
HOPE = datetime.timedelta(days=30)


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    order_reading_ids = fields.One2many(
        "merchantpro.order.reading", "shop_id", string="Reading of Orders"
    )
    order_read_until = fields.Datetime(
        string="Orders Read Until", related="order_reading_ids.read_until"
    )

    def fetch_orders(self):
        """Read new and changed orders of each connected shop into the inbox, and process them."""
        for shop in self._as_system()._usable():
            full = shop._full_reading_due()
            if shop._at_once():
                shop._read_all_orders(full)
            else:
                shop._orders_later(f"merchantpro.orders:{shop.id}")._job_read_orders(0, full)
        return True

    def _orders_later(self, key):
        return self.with_delay(
            description=self.env._("MerchantPro: read orders of %s", self.name), identity_key=key
        )

    def _orders_due(self):
        """The shops whose interval has passed since orders were read, however long ago."""
        now = fields.Datetime.now()

        def due(shop):
            last = shop.order_reading_ids.last_read
            interval = datetime.timedelta(minutes=shop.order_interval)
            return not last or now - last >= interval - JITTER

        return self.filtered(due)

    def _full_reading_due(self):
        last = self.sudo().order_reading_ids.full_read
        return not last or fields.Datetime.now() - last >= FULL_EVERY

    def _read_all_orders(self, full):
        start, newest = self._read_orders(0, full)
        while start is not None:
            start, newest = self._read_orders(start, full, newest)
        after = 0 if full else None
        while after is not None:
            after = self._reread_open(after)

    def _job_read_orders(self, start, full, newest=None):
        if not self._usable():
            return  # stopped since this was enqueued
        following, newest = self._read_orders(start, full, newest)
        if following is not None:
            key = f"merchantpro.orders:{self.id}:{following}"
            self._orders_later(key)._job_read_orders(following, full, newest)
        elif full:
            self._orders_later(f"merchantpro.orders.open:{self.id}:0")._job_reread_open(0)

    def _job_reread_open(self, after):
        following = self._reread_open(after)
        if following is not None:
            key = f"merchantpro.orders.open:{self.id}:{following}"
            self._orders_later(key)._job_reread_open(following)

    def _read_orders(self, start, full, newest=None):
        """Store one page. Returns where the next one starts, or None at the end, and when the
        newest order was placed that this reading has seen."""
        reading = self.env["merchantpro.order.reading"]._take(self)
        with self._shop_failures(self):
            # The site's filter takes dates, in a time zone we do not know: one day more.
            created_after = (self._list_start(reading) - datetime.timedelta(days=1)).date()
            page = self._client().order_page(start, created_after)
            news = self.env["merchantpro.order"]._store(self, page.rows)
            news._take_up()
            newest = newest or self._newest(page.rows)
            reached = not full and not news and self._read_before(reading, page.rows)
            if page.next_start is not None and not reached:
                return page.next_start, newest
            self._move_cursor(reading, newest, full)
        return None, newest

    def _list_start(self, reading):
        return (reading.read_until or self.order_start_date) - OVERLAP

    def _read_before(self, reading, rows):
        """Whether a row of this page lies in what an earlier reading stored completely."""
        if not reading.read_until:
            return False
        return any(placed < reading.read_until for placed in self._placed(rows))

    def _newest(self, rows):
        """When the newest of raw orders was placed. The site's clock, not ours: they need not
        agree. But an order dated in the future must not make us skip all that come before it."""
        now = fields.Datetime.now()
        return max((placed for placed in self._placed(rows) if placed <= now), default=None)

    def _placed(self, rows):
        orders = self.env["merchantpro.order"]
        orders = orders._numbered(self, orders._numbers_of(rows))
        return [order.date_created for order in orders if order.date_created]

    def _move_cursor(self, reading, newest, full):
        values = {}
        # Never back: an older reading may end after a younger one.
        if newest and (not reading.read_until or newest > reading.read_until):
            values["read_until"] = newest
        if full:
            values["full_read"] = fields.Datetime.now()
        if values:
            reading.write(values)

    def _reread_open(self, after):
        """Ask by number for open orders that are too old for the list: they may have been paid,
        changed or cancelled since. Works on some beyond the id `after`; returns the last one's
        id, or None at the end."""
        if not self._usable():
            return None
        domain = self._to_reread() & Domain("id", ">", after)
        orders = self.env["merchantpro.order"].search(domain, order="id", limit=CHUNK)
        with self._shop_failures(self):
            orders._read_again(self)._take_up()
            if len(orders) == CHUNK:
                return orders[-1].id
            self._drop_unfinished()
        return None

    def _to_reread(self):
        listed_from = self._list_start(self.sudo().order_reading_ids)
        still_open = Domain("state", "in", self.env["merchantpro.order"].OPEN)
        hoped_for = Domain("ignored_because", "in", ("unfinished", "gone")) & Domain(
            "date_created", ">", fields.Datetime.now() - HOPE
        )
        old = Domain("date_created", "=", False) | Domain("date_created", "<", listed_from)
        return Domain("shop_id", "=", self.id) & old & (still_open | hoped_for)

    def _drop_unfinished(self):
        """Look at the waiting orders whose time may be over; the site was asked just now."""
        methods = self.env["merchantpro.payment.method"].search([("shop_id", "=", self.id)])
        hours = [each for each in (self.order_wait_hours, *methods.mapped("wait_hours")) if each]
        if hours:
            since = fields.Datetime.now() - datetime.timedelta(hours=min(hours))
            self.env["merchantpro.order"].search(
                [("shop_id", "=", self.id), ("state", "=", "new"), ("date_created", "<", since)]
            ).process()

    def _retry_orders(self, state):
        """Process the orders in `state` again: what they waited for may have come."""
        for shop in self:
            if shop._at_once():
                shop._job_retry_orders(state)
            else:
                shop.with_delay(
                    description=self.env._("MerchantPro: try waiting orders of %s", shop.name),
                    identity_key=f"merchantpro.orders.retry:{shop.id}:{state}",
                )._job_retry_orders(state)

    def _job_retry_orders(self, state):
        orders = self.env["merchantpro.order"]
        orders.search([("shop_id", "=", self.id), ("state", "=", state)]).process()
