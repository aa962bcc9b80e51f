"""From an order in the inbox to a confirmed, reserved sales order.

    worker A                          worker B
    SELECT … FOR UPDATE (order)
                                      SELECT … FOR UPDATE: waits
    creates the sales order, commits
                                      serialization failure, is run again:
                                      the order is done, nothing to do

Orders are imported in batches, which costs a part of what it does one by one. Whatever keeps
an order from being imported is on the order, in words. Where that is found only after the
batch was begun, a savepoint takes it back, and the orders of it go one by one.
"""

import contextlib
import logging

import psycopg2

from odoo import models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import split_every

from odoo.addons.queue_job.exception import RetryableJobError

from ..api.errors import ParseError
from ..api.orders import parse_order
from .concurrency import making
from .order_batch import meanings
from .order_buyers import Buyers
from .order_outcomes import OrderHeld, OrderIgnored, OrdersHeld, OrderWaits

_logger = logging.getLogger(__name__)
BATCH = 20  # orders of one job: most of the gain, and a repeat costs little
FIRST_SEEN = (
    "merchantpro.customer",
    "merchantpro.payment.method",
    "merchantpro.shipping.method",
    "merchantpro.tax",
    "crm.tag",
    "utm.source",
    "merchantpro.order.status",
)
# Not about this order: the same work, done again, may succeed.
AGAIN = (
    psycopg2.OperationalError,
    psycopg2.InterfaceError,
    ConcurrencyError,
    RetryableJobError,
)


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    def process(self):
        """Import each order once: sales order with the shop's total, confirmed, reserved. An
        order that cannot be imported is held with the reason; the others go on."""
        for shop in self.shop_id:
            waiting = self._open().filtered(lambda order, shop=shop: order.shop_id == shop)
            for ids in split_every(BATCH, waiting.ids):
                batch = self.browse(ids)
                if batch._at_once():
                    batch._process_batch()
                else:
                    batch._process_later()
        return True

    def _process_now(self):
        """The same at once, for a person who waits to see what becomes of them; more than a batch
        of a shop is left to the jobs."""
        for shop in self.shop_id:
            mine = self._open().filtered(lambda order, shop=shop: order.shop_id == shop)
            if len(mine) > BATCH:
                mine.process()
            elif mine:
                mine._process_batch()

    def _process_later(self):
        numbers = ", ".join(self.mapped("external_id"))
        self.with_delay(
            description=self.env._("MerchantPro: import orders %s", numbers),
            identity_key=f"merchantpro.order:{self.ids}",
            priority=self.env.context.get("merchantpro_priority"),
        )._process_batch()

    def _process_batch(self):
        """Import orders of one shop."""
        self.flush_recordset()
        self.env.cr.execute(
            "SELECT id FROM merchantpro_order WHERE id = ANY(%s) ORDER BY id FOR UPDATE",
            (self.ids,),
        )
        self.invalidate_recordset()
        orders = self.exists()._open()
        if orders:
            orders.sudo().with_company(orders.company_id)._import_ready()

    def _import_ready(self):
        """Import the orders of `self` that can be; the others say why not."""
        parsed = {}
        for order in self:
            with order._reasons():
                parsed[order] = parse_order(order.payload)
        # Not taken back with an order that is held: a person has to find these rows then.
        meaning = self._meanings(parsed)
        lines = {}
        for order in parsed:
            with order._reasons():
                order._check_ripe(parsed[order], meaning[order])
                lines[order] = order._prepare_lines(parsed[order], meaning[order])
        if lines:
            self._import(parsed, meaning, lines)
        self._lay_out_held(parsed, meaning)

    def _meanings(self, parsed):
        with self._making_first_seen(), self.env.cr.savepoint():
            return meanings(self.shop_id, parsed)

    def _import(self, parsed, meaning, lines):
        """Import the orders of `lines` together; one by one where that does not work."""
        try:
            with self._making_first_seen(), self.env.cr.savepoint():
                self._create_sales(parsed, meaning, lines)
                return
        except AGAIN:
            raise
        except OrdersHeld as some:
            self._import_rest(parsed, meaning, lines, some.reasons)
            return
        except Exception:  # told on its own order, by `_reasons`, once it is found whose it is
            if len(lines) == 1:
                (order,) = lines
                with order._reasons():
                    raise
                return
        for order, commands in lines.items():
            self._import(parsed, meaning, {order: commands})

    def _import_rest(self, parsed, meaning, lines, reasons):
        for order, reason in reasons.items():
            with order._reasons():
                raise reason
        rest = {order: lines[order] for order in lines if order not in reasons}
        if rest:
            self._import(parsed, meaning, rest)

    @contextlib.contextmanager
    def _reasons(self):
        """What keeps this order from being imported, on the order."""
        try:
            with self._making_first_seen():
                yield
        except OrderWaits as wait:
            self._settle("new", str(wait))
        except OrderIgnored as reason:
            self._settle("ignored", str(reason), because=reason.because)
        except OrderHeld as reason:
            self._settle("held", str(reason), reason.missing, reason.kind, reason.amounts)
        except (ParseError, UserError) as error:
            self._settle("error", self._told(error))
        except AGAIN:
            raise
        except Exception as error:  # whatever another module raises: one order, not its job
            self._settle("error", self._unforeseen(error))

    def _settle(self, state, reason, missing=(), kind=False, amounts=None, because=False):
        values = {
            "state": state,
            "held_reason": reason,
            "held_for": kind,
            "missing": list(missing) or False,
            "amounts_here": amounts or False,
            "ignored_because": because,
        }
        if any((self[name] or False) != value for name, value in values.items()):
            self.write(values)

    def _unforeseen(self, error):
        """Words for an error nobody thought of; the log has the rest, for who can mend it."""
        _logger.error(
            "Order %s of shop %s failed", self.external_id, self.shop_id.id, exc_info=error
        )
        if isinstance(error, psycopg2.IntegrityError):
            return self._sql_error_to_message(error)
        return self.env._(
            "The import failed in a way nobody foresaw (%s). The server's log says where. Press"
            " Retry when the cause is gone.",
            type(error).__name__,
        )

    def _making_first_seen(self):
        """Two batches at once may bring the same customer, method or VAT rate."""
        numbers = ", ".join(self.mapped("external_id"))
        reason = self.env._("Order %s waits for another one.", numbers)
        return making(self.env, reason, *(self.env[name] for name in FIRST_SEEN))

    def _create_sales(self, parsed, meaning, lines):
        """The sales orders of the orders of `lines`, confirmed and reserved."""
        orders = self.browse().union(*lines)
        buyers = Buyers(self.shop_id)
        contacts = buyers.of({order: parsed[order] for order in orders})
        sales = self.env["sale.order"].create(
            [
                {
                    **order._prepare_sale_values(parsed[order], meaning[order], contacts[order]),
                    "order_line": lines[order],
                }
                for order in orders
            ]
        )
        orders._check_sales(sales, parsed)
        sales.with_context(merchantpro_reserve_later=True).action_confirm()
        for order, sale in zip(orders, sales, strict=True):
            order._finish(sale, parsed[order])
            order._note_doubts(buyers, parsed[order], sale)
        done = {
            "state": "done",
            "held_reason": False,
            "held_for": False,
            "missing": False,
            "amounts_here": False,
        }
        # The inbox tells nothing by this that its sales order does not.
        orders.with_context(tracking_disable=True).write(done)
        orders._reserve()

    def _finish(self, sale, parsed):
        self.sale_order_id = sale
        # Confirming dates the order today; the buyer placed it then.
        sale.date_order = parsed.created
        if parsed.note:
            sale.message_post(body=self.env._("Note of the buyer: %s", parsed.note))
