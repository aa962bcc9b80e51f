"""Reading the site's orders into the inbox.

The list is read newest first. `order_read_until` moves only when a reading reached the
orders that an earlier complete reading had stored, so an interrupted one leaves no gap.
"""

import datetime

from odoo import fields, models

OVERLAP = datetime.timedelta(days=2)  # orders change, and appear late, without a feed telling so
FULL_EVERY = datetime.timedelta(hours=1)


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    order_full_read = fields.Datetime(
        string="Recent Orders Read On",
        readonly=True,
        copy=False,
        help="When all orders of the last days were read last.",
    )

    def fetch_orders(self):
        """Read new and changed orders of each connected shop into the inbox, and process them."""
        for shop in self._usable():
            full = shop._full_reading_due()
            if shop._at_once():
                start = 0
                while start is not None:
                    start = shop._read_orders(start, full)
            else:
                shop.with_delay(
                    description=self.env._("MerchantPro: read orders of %s", shop.name),
                    identity_key=f"merchantpro.orders:{shop.id}",
                )._job_read_orders(0, full)
        return True

    def _full_reading_due(self):
        last = self.order_full_read
        return not last or fields.Datetime.now() - last >= FULL_EVERY

    def _job_read_orders(self, start, full):
        following = self._read_orders(start, full)
        if following is not None:
            self.with_delay(
                identity_key=f"merchantpro.orders:{self.id}:{following}"
            )._job_read_orders(following, full)

    def _read_orders(self, start, full):
        """Store one page. Returns where the next one starts, or None at the end."""
        with self._shop_failures(self):
            since = (self.order_read_until or self.order_start_date) - OVERLAP
            # The site's filter takes dates, in a time zone we do not know: one day more.
            created_after = (since - datetime.timedelta(days=1)).date()
            page = self._client().order_page(start, created_after)
            news = self.env["merchantpro.order"]._store(self, page.rows)
            reached = not full and not news and self._read_before(page.rows)
            if page.next_start is not None and not reached:
                return page.next_start
            self._move_cursor(full)
        return None

    def _read_before(self, rows):
        """Whether a row of this page lies in what an earlier reading stored completely."""
        if not self.order_read_until:
            return False
        ids = [str(row.get("id")) for row in rows]
        return bool(
            self.env["merchantpro.order"].search_count(
                [
                    ("shop_id", "=", self.id),
                    ("external_id", "in", ids),
                    ("date_created", "<", self.order_read_until),
                ],
                limit=1,
            )
        )

    def _move_cursor(self, full):
        values = {}
        newest = self.env["merchantpro.order"].search(
            [("shop_id", "=", self.id), ("date_created", "!=", False)],
            order="date_created desc",
            limit=1,
        )
        # The site's clock, not ours: they need not agree.
        if newest and newest.date_created != self.order_read_until:
            values["order_read_until"] = newest.date_created
        if full:
            values["order_full_read"] = fields.Datetime.now()
        if values:
            self.write(values)
