"""Returns: an order of the site that returns goods of another one, and an order that is itself
returned (a parcel that was refused)."""

from dataclasses import replace

from odoo import fields, models

from ..api.orders import parse_order
from .merchantpro_order_change import ENDED, ChangeNotApplied
from .merchantpro_order_process import OrderHeld, OrderIgnored, OrderWaits


def mirrored(parsed):
    """An api Order of goods that come back, with positive quantities and amounts: the site may
    tell them with either sign."""
    lines = tuple(
        line
        if line.is_discount
        else replace(
            line,
            quantity=abs(line.quantity),
            unit_gross=abs(line.unit_gross),
            subtotal_gross=abs(line.subtotal_gross),
        )
        for line in parsed.lines
    )
    return replace(
        parsed,
        lines=lines,
        shipping_gross=abs(parsed.shipping_gross),
        total=abs(parsed.total),
    )


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    taken_back = fields.Boolean(string="Returned as a Whole", readonly=True, copy=False)

    def _import_ready(self):
        returns = self.filtered(lambda order: order.return_of and order.shop_id.apply_order_changes)
        if returns:
            returns._import_returns()
        others = self - returns
        result = super(MerchantProOrder, others)._import_ready() if others else None
        others._retry_returns()
        return result

    def _retry_returns(self):
        """Returns may be read before the orders whose goods come back."""
        done = self.filtered(lambda order: order.state == "done")
        if done:
            marks = [f"order:{number}" for number in done.mapped("external_id")]
            self._retry_marked(self.shop_id, marks)

    def _import_returns(self):
        parsed = {}
        for order in self:
            with order._reasons():
                parsed[order] = mirrored(parse_order(order.payload))
        meaning = self._meanings(parsed)
        for order in parsed:
            with order._reasons(), self.env.cr.savepoint():
                order._import_return(parsed[order], meaning[order])

    def _import_return(self, parsed, meaning):
        if parsed.shipping_status == ENDED:
            raise OrderIgnored(self.env._("Cancelled on the site before it was imported."))
        if "temporary" in (parsed.payment_status, parsed.shipping_status):
            raise OrderWaits(self.env._("The buyer has not finished the order."))
        source = self.source_id
        sale = source.sale_order_id
        if source.ignored_because == "history":
            words = self.env._("Kept as history: order %s is.", source.external_id)
            raise OrderIgnored(words, because="history")
        if not sale:
            raise OrderHeld(
                self.env._(
                    "This is a return of order %s, which is not imported. Make the return and the"
                    " credit note by hand, then ignore this one.",
                    self.return_of,
                ),
                [f"order:{self.return_of}"],
            )
        if source.taken_back:
            raise OrderIgnored(self.env._("All of order %s came back already.", source.external_id))
        words = self._take_back(sale, parsed, meaning, parsed.id)
        self.write(
            {
                "state": "done",
                "held_reason": False,
                "held_for": False,
                "missing": False,
                "sale_order_id": sale.id,
            }
        )
        if words:
            self._remind(words)

    def _take_back_all(self, parsed, meaning):
        """The site says that the whole order came back. Its returns, if it has any, tell better
        what did. Returns words for a person, or ""."""
        if parsed.return_ids or self.return_ids.filtered(lambda each: each.state != "ignored"):
            return ""
        words = self._take_back(self.sale_order_id, parsed, meaning, parsed.id)
        self.taken_back = True
        return words

    def _check_return_unchanged(self, before, after):
        same = ("lines", "shipping_gross", "total")
        if after.shipping_status == ENDED and before.shipping_status != ENDED:
            raise ChangeNotApplied(
                self.env._(
                    "The return %s was cancelled on the site. Cancel its picking and its credit"
                    " note here, if the goods stay with the buyer.",
                    self.external_id,
                )
            )
        if any(getattr(before, name) != getattr(after, name) for name in same):
            raise ChangeNotApplied(
                self.env._(
                    "The return %s was changed on the site. Correct its picking and its credit"
                    " note here.",
                    self.external_id,
                )
            )
