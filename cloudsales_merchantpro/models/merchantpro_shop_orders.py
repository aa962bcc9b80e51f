"""Reading the site's orders into the inbox.

The list is read newest first. `order_read_until` moves only when a reading reached the
orders that an earlier complete reading had stored, so an interrupted one leaves no gap.
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
                shop.with_delay(
                    description=self.env._("MerchantPro: read orders of %s", shop.name),
                    identity_key=f"merchantpro.orders:{shop.id}",
                )._job_read_orders(0, full)
        return True

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
        start = 0
        while start is not None:
            start = self._read_orders(start, full)
        after = 0 if full else None
        while after is not None:
            after = self._reread_open(after)

    def _job_read_orders(self, start, full):
        if not self._usable():
            return  # stopped since this was enqueued
        following = self._read_orders(start, full)
        if following is not None:
            self.with_delay(
                identity_key=f"merchantpro.orders:{self.id}:{following}"
            )._job_read_orders(following, full)
        elif full:
            self.with_delay(identity_key=f"merchantpro.orders.open:{self.id}:0")._job_reread_open(0)

    def _job_reread_open(self, after):
        following = self._reread_open(after)
        if following is not None:
            self.with_delay(
                identity_key=f"merchantpro.orders.open:{self.id}:{following}"
            )._job_reread_open(following)

    def _read_orders(self, start, full):
        """Store one page. Returns where the next one starts, or None at the end."""
        reading = self.env["merchantpro.order.reading"]._take(self)
        with self._shop_failures(self):
            # The site's filter takes dates, in a time zone we do not know: one day more.
            created_after = (self._list_start(reading) - datetime.timedelta(days=1)).date()
            page = self._client().order_page(start, created_after)
            news = self.env["merchantpro.order"]._store(self, page.rows)
            news._open().process()
            reached = not full and not news and self._read_before(reading, page.rows)
            if page.next_start is not None and not reached:
                return page.next_start
            self._move_cursor(reading, full)
        return None

    def _list_start(self, reading):
        return (reading.read_until or self.order_start_date) - OVERLAP

    def _read_before(self, reading, rows):
        """Whether a row of this page lies in what an earlier reading stored completely."""
        if not reading.read_until:
            return False
        ids = [str(row.get("id")) for row in rows]
        return bool(
            self.env["merchantpro.order"].search_count(
                [
                    ("shop_id", "=", self.id),
                    ("external_id", "in", ids),
                    ("date_created", "<", reading.read_until),
                ],
                limit=1,
            )
        )

    def _move_cursor(self, reading, full):
        now = fields.Datetime.now()
        values = {}
        # The site's clock, not ours: they need not agree. But an order dated in the future must
        # not make us skip all that come before it.
        newest = self.env["merchantpro.order"].search(
            [("shop_id", "=", self.id), ("date_created", "<=", now)],
            order="date_created desc",
            limit=1,
        )
        if newest and newest.date_created != reading.read_until:
            values["read_until"] = newest.date_created
        if full:
            values["full_read"] = now
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
            orders._read_again(self)._open().process()
            return orders[-1].id if len(orders) == CHUNK else None
        return None

    def _to_reread(self):
        listed_from = self._list_start(self.sudo().order_reading_ids)
        still_open = Domain("state", "in", self.env["merchantpro.order"].OPEN)
        old = Domain("date_created", "=", False) | Domain("date_created", "<", listed_from)
        return Domain("shop_id", "=", self.id) & old & still_open

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
