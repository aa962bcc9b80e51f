"""An order that was split on the site after it was imported: its goods must not be sold twice.

    order 100: 3 mugs             imported: 3 mugs reserved
    split on the site             100: 1 mug, 100.1: 2 mugs
    100.1 is read                 held, while 100 has not given 2 mugs away
    100 is read, 1 mug left       applied: 1 mug reserved; 100.1 comes in by itself

The same when 100 does not exist on the site any more. An order that came in together with the
one it was split from, or before it, was split before.
"""

from collections import defaultdict

from odoo import fields, models

from ..api.demand import demand
from .merchantpro_order_process import OrderHeld


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    given_away = fields.Json(
        readonly=True,
        copy=False,
        help="Quantity, by the site's id of the product, that changes on the site took out of"
        " this order.",
    )
    split_checked = fields.Boolean(readonly=True, copy=False)

    def _prepare_change_values(self, payload):
        values = super()._prepare_change_values(payload)
        less = self._given_away_by(demand(payload))
        return {**values, "given_away": less} if less else values

    def _given_away_by(self, wanted):
        """`given_away` when the order asks for only `wanted` now; {} if that is as before."""
        less = defaultdict(float, self.given_away or {})
        before = dict(less)
        for product, quantity in (self.demand or {}).items():
            taken = quantity - float(wanted.get(product, 0))
            if taken > 0:
                less[product] += taken
        return {} if less == before else dict(less)

    def _check_ripe(self, parsed, meaning):
        super()._check_ripe(parsed, meaning)
        parent = self.parent_id
        if not parent.sale_order_id or parent.sale_order_id.state == "cancel":
            return
        if self.split_checked or parent.create_date >= self.create_date:
            return
        if parent.change_state or not parent._has_given(self):
            raise OrderHeld(
                self.env._(
                    "Split from order %(number)s, whose sales order %(sale)s still has these goods."
                    " It comes in by itself when the goods are out of order %(number)s. Press"
                    " Import Anyway if they are not the same goods.",
                    number=parent.external_id,
                    sale=parent.sale_order_id.name,
                )
            )

    def _has_given(self, child):
        """Whether this order gave away what was split off, up to and with `child`."""
        split = self.child_ids.filtered(
            lambda each: each.id <= child.id and each.create_date > self.create_date
        )
        wanted = defaultdict(float)
        for each in split.filtered(lambda each: each.state != "ignored" or each == child):
            for product, quantity in (each.demand or {}).items():
                wanted[product] += quantity
        given = self.given_away or {}
        return all(given.get(product, 0) >= quantity for product, quantity in wanted.items())

    def _after_changes(self):
        result = super()._after_changes()
        self.child_ids._open().process()
        return result

    def action_import_split(self):
        """A person says that these are not the goods of the order it was split from."""
        self._as_system().split_checked = True
        self._process_now()

    def _settle_missing(self):
        """The site does not have these imported orders any more. Where all of one went into the
        orders that were split off, it is cancelled; else a person has to look."""
        for order in self.filtered(lambda order: order.sale_order_id.state != "cancel"):
            with order._untouched():
                order._end_split()
                order._changes_applied()
        self._after_changes()

    def _end_split(self):
        if not self.child_ids or not self.shop_id.apply_order_changes:
            raise OrderHeld(self.env._("The site does not have this order any more."))
        self._cancel_sale()
