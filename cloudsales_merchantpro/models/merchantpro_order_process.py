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

import psycopg2

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from ..api.errors import ParseError
from ..api.orders import parse_order


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


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    def process(self):
        """Import each order once: sales order with the shop's total, confirmed, reserved. An
        order that cannot be imported is held with the reason; the others go on."""
        for order in self.filtered(lambda order: order.state in ("new", "held", "error")):
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
        if self.state not in ("new", "held", "error"):
            return
        order = self.sudo().with_company(self.company_id)
        try:
            parsed = parse_order(order.payload)
            # Outside the savepoint: a person has to find them when the order is held.
            order._ensure_mappings(parsed)
            with self.env.cr.savepoint():
                sale = order._import_order(parsed)
        except OrderWaits as wait:
            order._settle("new", str(wait))
        except OrderIgnored as reason:
            order._settle("ignored", str(reason))
        except OrderHeld as reason:
            order._settle("held", str(reason), reason.missing)
        except (ParseError, UserError, psycopg2.IntegrityError) as error:
            order._settle("error", order._told(error))
        else:
            done = {"state": "done", "held_reason": False, "missing": False}
            order.write({**done, "sale_order_id": sale.id})

    def _settle(self, state, reason, missing=()):
        missing = list(missing) or False
        if (self.state, self.held_reason, self.missing or False) != (state, reason, missing):
            self.write({"state": state, "held_reason": reason, "missing": missing})

    def _ensure_mappings(self, parsed):
        """A row for each payment method, shipping method and VAT rate of an api Order."""
        self._payment_method(parsed)
        self._shipping_method(parsed)
        for line in parsed.lines:
            if line.tax_percent is not None:
                taxes = self.env["merchantpro.tax"]
                taxes._for_percent(self.shop_id, line.tax_percent, line.tax_name)

    def _import_order(self, parsed):
        """The sales order of an api Order. Raises one of the reasons above."""
        method = self._payment_method(parsed)
        self._check_ripe(parsed, method)
        lines = self._prepare_lines(parsed)
        values = self._prepare_sale_values(parsed, method)
        sale = self.env["sale.order"].create({**values, "order_line": lines})
        self._check_total(sale, parsed)
        sale.action_confirm()
        # Confirming dates the order today; the buyer placed it then.
        sale.date_order = parsed.created
        if parsed.note:
            sale.message_post(body=self.env._("Note of the buyer: %s", parsed.note))
        return sale

    def _check_ripe(self, parsed, method):
        if parsed.shipping_status == "cancelled":
            raise OrderIgnored(self.env._("Cancelled on the site before it was imported."))
        if self.shop_id.order_start_date and parsed.created < self.shop_id.order_start_date:
            raise OrderIgnored(self.env._("Placed before the shop's start date."))
        if parsed.payment_status == "temporary":
            raise OrderWaits(self.env._("The buyer has not finished the order."))
        if method.wait_for_payment and parsed.payment_status != "paid":
            raise OrderWaits(self.env._("Waits until it is paid (%s).", method.name))
        if parsed.return_source_id:
            raise OrderHeld(
                self.env._(
                    "This is a return of order %s. Make the return and the credit note on that"
                    " order, then ignore this one.",
                    parsed.return_source_id,
                )
            )

    def _prepare_sale_values(self, parsed, method):
        shop = self.shop_id
        buyer, invoice, delivery = self.env["merchantpro.customer"]._partners_for(shop, parsed)
        shipping = self._shipping_method(parsed)
        values = {
            "company_id": shop.company_id.id,
            "partner_id": buyer.id,
            "partner_invoice_id": invoice.id,
            "partner_shipping_id": delivery.id,
            "merchantpro_order_id": self.id,
            "client_order_ref": parsed.id,
            "origin": f"{shop.name} {parsed.id}",
            "date_order": parsed.created,
            "pricelist_id": self._pricelist(parsed).id,
            "warehouse_id": shop.order_warehouse_id.id,
            # The site's VAT is on the lines; a position of the contact must not replace it.
            "fiscal_position_id": False,
        }
        if shop.invoice_journal_id:
            values["journal_id"] = shop.invoice_journal_id.id
        if method.payment_term_id:
            values["payment_term_id"] = method.payment_term_id.id
        if shipping.carrier_id:
            values["carrier_id"] = shipping.carrier_id.id
        return values

    def _payment_method(self, parsed):
        return self.env["merchantpro.payment.method"]._for_code(
            self.shop_id, parsed.payment_method_code or "-", parsed.payment_method_name
        )

    def _shipping_method(self, parsed):
        return self.env["merchantpro.shipping.method"]._for_code(
            self.shop_id, parsed.shipping_method_id or "-", parsed.shipping_method_name
        )

    def _pricelist(self, parsed):
        """None for the company's currency, else a pricelist of the order's currency; prices
        come with the lines, so the list only carries the currency."""
        company = self.shop_id.company_id
        pricelists = self.env["product.pricelist"]
        if not parsed.currency or parsed.currency == company.currency_id.name:
            return pricelists
        currency = (
            self.env["res.currency"]
            .with_context(active_test=False)
            .search([("name", "=", parsed.currency)])
        )
        if not currency.active:
            raise OrderHeld(
                self.env._("The order is in %s. Activate this currency first.", parsed.currency)
            )
        found = pricelists.search(
            [("currency_id", "=", currency.id), ("company_id", "in", (company.id, False))], limit=1
        )
        return found or pricelists.create(
            {"name": currency.name, "currency_id": currency.id, "company_id": company.id}
        )

    def _check_total(self, sale, parsed):
        """The sales order's total is the shop's, to the cent, or the order is held with the
        amounts of both sides line by line."""
        rounding = sale.currency_id.rounding
        total = float(parsed.total)
        if not float_compare(sale.amount_total, total, precision_rounding=rounding):
            return
        lines = [f"{line.name.splitlines()[0]}: {line.price_total:.2f}" for line in sale.order_line]
        raise OrderHeld(
            self.env._(
                "The total is %(ours).2f here and %(theirs).2f %(currency)s on the site.",
                ours=sale.amount_total,
                theirs=total,
                currency=parsed.currency,
            )
            + "\n"
            + "\n".join(lines)
        )
