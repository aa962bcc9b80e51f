"""Sending stock and prices to the site: at most one writer a shop, latest value only, riskiest
first. Values are absolute, so a push repeated after a crash does no harm."""

from odoo import fields, models
from odoo.exceptions import UserError

from .merchantpro_shop_turn import JOB_SECONDS
from .push_run import PushRun

LOCK = 0x4D50  # advisory lock class of the pushes
PRIORITY = 12  # after the orders (10), before imports and pictures (20)


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    stock_paused = fields.Boolean(
        string="Pause Stock", help="Stock is not sent for now; what changes is sent afterwards."
    )
    batch_calls = fields.Boolean(
        string="Send in Batches",
        help="Send up to 20 changes in one call. The site's documentation does not confirm how;"
        " where it does not understand, they are sent one by one.",
    )
    batch_as_one = fields.Boolean(
        string="A Batch Is One Call",
        help="The site counts a batch as one call, not as one for each of its changes. Ask its"
        " support before you switch this on.",
    )

    def push_changes(self):
        """Send what changed since the last push, stock and prices only where the site's value
        differs. Shops that are not connected, or send nothing, are left alone. Raises UserError
        for a shop without stock locations."""
        self.env["merchantpro.change"]._insert_collected()
        for shop in self._as_system()._usable().filtered(lambda shop: shop._sends()):
            if shop._at_once():
                shop._check_publishes()
                PushRun(shop).run()
            else:
                shop._push_later(f"merchantpro.push:{shop.id}")
        return True

    def _push_later(self, key):
        self.with_delay(
            description=self.env._("MerchantPro: send stock and prices to %s", self.name),
            identity_key=key,
            priority=PRIORITY,
        )._job_push()

    def _sends_stock(self):
        """Whether stock is sent now; a shop without locations says why not (`push_problem`)."""
        return self.push_stock and not self.stock_paused and not self.push_problem

    def _sends_prices(self):
        return self.price_direction == "push" and not self.price_paused

    def _sends_now(self):
        return self._sends_stock() or self._sends_prices()

    def _sends(self):
        # Without locations the person who starts it is told.
        return self.push_stock and not self.stock_paused or self._sends_prices()

    def _check_publishes(self):
        if self.push_problem and not self._sends_prices():
            raise UserError(self.push_problem)

    def _job_push(self):
        # Stopped or switched off since this was enqueued?
        if not self._usable() or not self._sends_now():
            return
        with self._turn(LOCK) as shop:
            more = PushRun(shop, JOB_SECONDS).run()
        if more:
            # The identity key belongs to this job until it is done.
            self._push_later(f"merchantpro.push.next:{self.id}")

    def _stop_batches(self, error):
        """The site does not take several changes in one call, or not as we send them."""
        self.batch_calls = False
        self.message_post(body=self._told(error))

    def _published(self, rows):
        """({row: {field of the API: value}}, {row: why its price is not among them}): what the
        site should have, of the rows that are told anything."""
        rows = rows.filtered(lambda row: row.match_state == "linked" and row.on_site)
        values, problems = {}, {}
        if self._sends_stock():
            values = {row: {"stock": stock} for row, stock in self._published_stock(rows).items()}
        if self._sends_prices():
            prices, problems = self._published_prices(rows)
            for row, price in prices.items():
                values.setdefault(row, {}).update(price)
        return values, problems

    def write(self, vals):
        paused = {"stock_paused", "price_paused", "price_direction"} & set(vals)
        result = super().write(vals)
        if paused:
            self.env.registry.clear_cache()
            # What was not sent meanwhile is compared with the site's values again.
            self.env["merchantpro.change"]._note_shops(self)
        return result
