"""From an order in the inbox to a confirmed, reserved sales order.

    worker A                          worker B
    SELECT … FOR UPDATE (order)
                                      SELECT … FOR UPDATE: waits
    creates the sales order, commits
                                      serialization failure, is run again:
                                      the order is done, nothing to do

Whatever keeps an order from being imported is on the order, in words; the savepoint
leaves nothing half made behind.
"""

import logging
from dataclasses import dataclass

import psycopg2

from odoo import models
from odoo.exceptions import ConcurrencyError, UserError

from odoo.addons.queue_job.exception import RetryableJobError

from ..api.errors import ParseError
from ..api.orders import parse_order
from .concurrency import begin_again, made_meanwhile

_logger = logging.getLogger(__name__)
FIRST_SEEN = (
    "merchantpro.customer",
    "merchantpro.payment.method",
    "merchantpro.shipping.method",
    "merchantpro.tax",
)
# Not about this order: the same work, done again, may succeed.
AGAIN = (
    psycopg2.OperationalError,
    psycopg2.InterfaceError,
    ConcurrencyError,
    RetryableJobError,
)


class OrderHeld(Exception):
    """A person has to decide or add something first; the text says what. `missing` are the
    marks of products that were not found."""

    def __init__(self, reason, missing=()):
        super().__init__(reason)
        self.missing = list(missing)


class OrderWaits(Exception):
    """The order is not ripe: the site will change it. The text says what for."""


class OrderIgnored(Exception):
    """There is nothing to import; the text says why."""


@dataclass(frozen=True)
class Meaning:
    """What the codes of one order mean here, looked up once for all its lines."""

    payment: models.Model  # merchantpro.payment.method
    shipping: models.Model  # merchantpro.shipping.method
    taxes: dict  # {VAT percent or None: merchantpro.tax}


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    def process(self):
        """Import each order once: sales order with the shop's total, confirmed, reserved. An
        order that cannot be imported is held with the reason; the others go on."""
        for order in self._open():
            if order._at_once():
                order._process_one()
            else:
                order.with_delay(
                    description=self.env._("MerchantPro: import order %s", order.external_id),
                    identity_key=f"merchantpro.order:{order.id}",
                )._process_one()
        return True

    def _process_one(self):
        self.flush_recordset()
        self.env.cr.execute("SELECT id FROM merchantpro_order WHERE id = %s FOR UPDATE", (self.id,))
        self.invalidate_recordset()
        if not self._open():
            return
        order = self.sudo().with_company(self.company_id)
        try:
            sale = order._import_once()
        except OrderWaits as wait:
            order._settle("new", str(wait))
        except OrderIgnored as reason:
            order._settle("ignored", str(reason))
        except OrderHeld as reason:
            order._settle("held", str(reason), reason.missing)
        except (ParseError, UserError) as error:
            order._settle("error", order._told(error))
        except AGAIN:
            raise
        except Exception as error:  # whatever another module raises: one order, not its job
            order._settle("error", order._unforeseen(error))
        else:
            done = {"state": "done", "held_reason": False, "missing": False}
            order.write({**done, "sale_order_id": sale.id})

    def _settle(self, state, reason, missing=()):
        missing = list(missing) or False
        if (self.state, self.held_reason, self.missing or False) != (state, reason, missing):
            self.write({"state": state, "held_reason": reason, "missing": missing})

    def _unforeseen(self, error):
        """Words for an error nobody thought of; the log has the rest, for who can mend it."""
        if made_meanwhile(error, *(self.env[name] for name in FIRST_SEEN)):
            # Two orders at once brought the same customer, method or VAT rate.
            begin_again(self.env, self.env._("Order %s waits for another one.", self.external_id))
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

    def _import_once(self):
        """The sales order of this order. Raises one of the reasons above."""
        parsed = parse_order(self.payload)
        with self.env.cr.savepoint():
            # On its own: a person has to find these rows when the order is held.
            meaning = self._meaning(parsed)
        with self.env.cr.savepoint():
            return self._import_order(parsed, meaning)

    def _meaning(self, parsed):
        """The Meaning of an api Order. Rows appear when first seen."""
        shop = self.shop_id
        return Meaning(
            payment=self.env["merchantpro.payment.method"]._for_code(
                shop, parsed.payment_method_code or "-", parsed.payment_method_name
            ),
            shipping=self.env["merchantpro.shipping.method"]._for_code(
                shop, parsed.shipping_method_id or "-", parsed.shipping_method_name
            ),
            taxes=self.env["merchantpro.tax"]._for_percents(shop, self._rates(parsed)),
        )

    def _import_order(self, parsed, meaning):
        self._check_ripe(parsed, meaning)
        lines = self._prepare_lines(parsed, meaning)
        values = self._prepare_sale_values(parsed, meaning)
        sale = self.env["sale.order"].create({**values, "order_line": lines})
        self._check_total(sale, parsed)
        sale.action_confirm()
        self._reserve(sale)
        # Confirming dates the order today; the buyer placed it then.
        sale.date_order = parsed.created
        if parsed.note:
            sale.message_post(body=self.env._("Note of the buyer: %s", parsed.note))
        return sale

    def _reserve(self, sale):
        """Operation types may leave the reserving to a person or to a day; what the shop's
        buyer was promised is reserved now, else another shop sells it again."""
        moves = sale.picking_ids.move_ids
        moves.filtered(
            lambda move: (
                move.state in ("confirmed", "waiting")
                and move.picking_type_id.reservation_method != "at_confirm"
            )
        )._action_assign()
