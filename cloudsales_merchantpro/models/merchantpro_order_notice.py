"""The order numbers that notices of a site named: rows that are only inserted, however often a
site tells of an order, and read together by number. That finds also what changed on orders
which are too old for the list.

    notice                             job
                                       looks for rows: none
    INSERT, a job waits already
    commit                             ends

So the notice wakes the cron too when a job waits already (`_delay_once`). Rows go in the
transaction that stores the orders, so a reader that is killed leaves them for the next one.
"""

from odoo import fields, models
from odoo.tools import SQL

from .merchantpro_order import PER_CALL

TAKEN = 1000  # rows of one turn


class MerchantProOrderNotice(models.Model):
    _name = "merchantpro.order.notice"
    _description = "Notice of an Order"
    _log_access = False

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    external_id = fields.Char(string="Number", required=True)

    def _take(self, shop):
        """The oldest rows of the shop, of as many orders as one call reads; this transaction's
        until it ends. Rows that another one has are left to it."""
        rows = self.env.execute_query(
            SQL(
                "SELECT id, external_id FROM merchantpro_order_notice WHERE shop_id = %s"
                " ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED",
                shop.id,
                TAKEN,
            )
        )
        numbers = list(dict.fromkeys(number for _id, number in rows))[:PER_CALL]
        return self.browse([row_id for row_id, number in rows if number in numbers]), numbers


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    def _take_notice(self, numbers):
        """The site told of these orders; of orders at all, if it did not say which."""
        self.ensure_one()
        if not numbers:
            self.fetch_orders()
            return
        self.env["merchantpro.order.notice"].sudo().create(
            [{"shop_id": self.id, "external_id": number} for number in numbers]
        )
        self._read_noticed()

    def _noticed(self):
        """Those of the shops whose notices wait."""
        waiting = (
            self.env["merchantpro.order.notice"]
            .sudo()
            ._read_group([("shop_id", "in", self.ids)], ["shop_id"])
        )
        return self.browse([shop.id for (shop,) in waiting])

    def _read_noticed(self):
        for shop in self._as_system()._usable():
            if shop._at_once():
                shop._job_read_noticed()
            else:
                shop._delay_once(
                    f"merchantpro.orders.noticed:{shop.id}",
                    "cron_orders",
                    description=self.env._("MerchantPro: read orders %s told of", shop.name),
                )._job_read_noticed()

    def _job_read_noticed(self):
        if not self._usable():
            return  # the notices wait until the connection was tested
        notices, numbers = self.env["merchantpro.order.notice"].sudo()._take(self)
        if not notices:
            return
        with self._shop_failures(self):
            news, _missing = self.env["merchantpro.order"]._read_numbers(self, numbers)
            news._take_up()
            notices.unlink()
            if self._noticed():
                self._read_noticed()
