"""What the site changes on an order that is already imported.

    stored as the site sends it now     `payload`
    what the sales order was made from  `applied`, kept from the moment they differ

Only what changed between the two is applied, so what people changed here stays. All of it is
applied, or nothing: then a person is told, once, what the site changed and why it stayed as it
was; the two are kept apart until it can be applied, or a person has settled it by hand.
The rows are locked as for the import, and each order has its savepoint:

    worker A                          worker B
    SELECT … FOR UPDATE (order)
                                      SELECT … FOR UPDATE: waits
    edits the sales order, commits
                                      serialization failure, is run again:
                                      nothing is waiting any more
"""

import contextlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html, split_every

from ..api.errors import ParseError
from ..api.orders import parse_order
from .merchantpro_order_process import AGAIN, BATCH, OrderHeld
from .order_buyers import Buyers
from .order_outcomes import OrdersHeld

ENDED = "cancelled"


class ChangeNotApplied(Exception):
    """The sales order stays as it is and a person has to look; the text says why."""


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    applied = fields.Json(string="Order as Last Applied", readonly=True, prefetch=False, copy=False)
    change_state = fields.Selection(
        [("waiting", "Not Looked At"), ("told", "Needs a Person")],
        string="Changed on the Site",
        readonly=True,
        copy=False,
    )
    change_reason = fields.Text(readonly=True, copy=False)
    change_activity_id = fields.Many2one(
        "mail.activity", readonly=True, copy=False, ondelete="set null"
    )

    _change_index = models.Index("(shop_id, change_state) WHERE change_state IS NOT NULL")

    # Noticing

    def _prepare_change_values(self, payload):
        """Beside the new payload of a known order: that the old one was the last applied."""
        if self.state != "done" or not self.sale_order_id or not self.payload:
            return {}
        return {"applied": self.applied or self.payload, "change_state": "waiting"}

    @api.model
    def _store(self, shop, rows):
        changed = super()._store(shop, rows)
        # Also those whose job was lost: whatever waits is looked at with the next reading.
        self.search([("shop_id", "=", shop.id), ("change_state", "=", "waiting")])._follow()
        return changed

    def _follow(self):
        """Apply to the sales orders what the site changed; the orders are of one shop."""
        for ids in split_every(BATCH, self.ids):
            batch = self.browse(ids)
            if batch._at_once():
                batch._follow_batch()
            else:
                numbers = ", ".join(batch.mapped("external_id"))
                batch.with_delay(
                    description=self.env._("MerchantPro: changes of orders %s", numbers),
                    identity_key=f"merchantpro.order.changes:{batch.ids}",
                )._follow_batch()

    def _follow_batch(self):
        self.flush_recordset()
        self.env.cr.execute(
            "SELECT id FROM merchantpro_order WHERE id = ANY(%s) ORDER BY id FOR UPDATE",
            (self.ids,),
        )
        self.invalidate_recordset()
        orders = self.exists().filtered(lambda order: order.change_state == "waiting")
        if orders:
            orders.sudo().with_company(orders.company_id)._apply_changes()

    # Applying

    def _apply_changes(self):
        changes = {}
        for order in self:
            with order._untouched():
                changes[order] = (parse_order(order.applied), parse_order(order.payload))
        meaning = self._meanings(
            {(order, index): pair[index] for order, pair in changes.items() for index in (0, 1)}
        )
        contacts = self._changed_contacts(changes)
        for order, (before, after) in changes.items():
            with order._untouched():
                both = meaning[order, 0], meaning[order, 1]
                words = order._apply_change(before, after, both, contacts.get(order))
                order._changes_applied()
                if words:
                    order._remind(words)
        self._after_changes()

    def _changed_contacts(self, changes):
        """{order: contacts} of those with another buyer or another place. Orders whose contacts
        cannot be found or made are told, and leave `changes`."""
        moved = {
            order: after
            for order, (before, after) in changes.items()
            if order._buyer_changed(before, after) and not order._edit_obstacle()
        }
        if not moved:
            return {}
        try:
            with self.env.cr.savepoint():
                return Buyers(self.shop_id).of(moved)
        except AGAIN:
            raise
        except Exception:  # told on its own order, once it is found whose it is
            return self._contacts_one_by_one(moved, changes)

    def _contacts_one_by_one(self, moved, changes):
        contacts = {}
        for order, after in moved.items():
            with order._untouched():
                contacts.update(Buyers(self.shop_id).of({order: after}))
            if order not in contacts:
                del changes[order]
        return contacts

    @contextlib.contextmanager
    def _untouched(self):
        """Either all of what is done inside, or nothing and a person is told why."""
        try:
            with self.env.cr.savepoint():
                yield
        except OrderHeld as reason:
            self._tell(str(reason), reason.missing, reason.kind)
        except OrdersHeld as some:
            reason = some.reasons[self]
            self._tell(str(reason), reason.missing, reason.kind)
        except ChangeNotApplied as reason:
            self._tell(str(reason))
        except (ParseError, UserError) as error:
            self._tell(self._told(error))
        except AGAIN:
            raise
        except Exception as error:  # whatever another module raises: one order, not its job
            self._tell(self._unforeseen(error))

    def _apply_change(self, before, after, meanings, contacts):
        """Bring the sales order from one api Order to another. Returns words for a person, or "";
        raises ChangeNotApplied."""
        if self.return_of:
            return self._check_return_unchanged(before, after)
        if not self.shop_id.apply_order_changes:
            return self._only_tell(before, after, meanings)
        if after.shipping_status == ENDED:
            return "" if before.shipping_status == ENDED else self._cancel_sale()
        if before.shipping_status == ENDED:
            self._restore_sale()
        self._edit_sale(before, after, meanings, contacts)
        if after.shipping_status == "returned" and before.shipping_status != "returned":
            return self._take_back_all(after, meanings[1])
        if after.payment_status == ENDED and before.payment_status != ENDED:
            return self.env._(
                "The payment was cancelled on the site. Ask the buyer; cancel the order there if"
                " it is not to be sent."
            )
        return ""

    def _only_tell(self, before, after, meanings):
        edits = self._line_edits(before, after, meanings)
        words = self._site_state_words(before, after)
        words += self._edit_words(edits, before, after, meanings)
        if words:
            raise ChangeNotApplied("\n".join(words))

    def _site_state_words(self, before, after):
        if before.shipping_status == after.shipping_status:
            return []
        if ENDED in (before.shipping_status, after.shipping_status):
            return [
                self.env._(
                    "The order was %(before)s on the site and is %(after)s now.",
                    before=before.shipping_status or "-",
                    after=after.shipping_status or "-",
                )
            ]
        if after.shipping_status == "returned":
            return [self.env._("The site says that the goods came back.")]
        return []

    def _changes_applied(self):
        self.change_activity_id.sudo().unlink()
        # What the sales order does not show, the inbox need not tell either.
        self.with_context(tracking_disable=True).write(
            {
                "applied": False,
                "change_state": False,
                "change_reason": False,
                "change_missing": False,
                "change_held_for": False,
            }
        )

    def _after_changes(self):
        """What waited for these changes."""

    # Telling a person

    def _tell(self, reason, missing=(), kind=False):
        """An activity on the sales order, once for the same words; `missing` and `kind` as of
        OrderHeld."""
        self.write(
            {
                "change_state": "told",
                "change_missing": list(missing) or False,
                "change_held_for": kind,
            }
        )
        if self.change_reason == reason and self.change_activity_id:
            return
        self.change_reason = reason
        if self.change_activity_id:
            self.change_activity_id.sudo().note = plaintext2html(reason)
        else:
            self.change_activity_id = self._remind(reason)

    def _remind(self, words):
        sale = self.sale_order_id
        return sale.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=self.env._("Order %s was changed on the site", self.external_id),
            note=plaintext2html(words),
            user_id=sale.user_id.id,
        )

    def _follow_told(self):
        told = self.filtered(lambda order: order.change_state == "told" and order.applied)
        told.change_state = "waiting"
        for shop in told.shop_id:
            told.filtered(lambda order, shop=shop: order.shop_id == shop)._follow()

    def action_follow_again(self):
        """Try again what could not be applied."""
        self._as_system()._follow_told()

    def action_change_settled(self):
        """A person did here what the site changed, or decided not to."""
        told = self._as_system().filtered(lambda order: order.change_state == "told")
        for order in told:
            order._changes_applied()
        told._after_changes()
