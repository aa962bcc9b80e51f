"""The sales order of a shop order, but for its lines: who, from where, in which currency; and
whether its total is the shop's."""

from collections import defaultdict

from odoo import Command, models
from odoo.tools import float_compare

from .concurrency import touch
from .order_outcomes import OrderHeld, OrdersHeld


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    def _prepare_sale_values(self, parsed, meaning, contacts):
        """`contacts`: (buyer, invoice address, delivery address)."""
        shop = self.shop_id
        buyer, invoice, delivery = contacts
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
            "tag_ids": [Command.set(meaning.tags.ids)],
            "source_id": meaning.source.id,
        }
        if shop.invoice_journal_id:
            values["journal_id"] = shop.invoice_journal_id.id
        if meaning.payment.payment_term_id:
            values["payment_term_id"] = meaning.payment.payment_term_id.id
        if meaning.shipping.carrier_id:
            values["carrier_id"] = meaning.shipping.carrier_id.id
        return values

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
                self.env._("The order is in %s. Activate this currency first.", parsed.currency),
                [f"currency:{parsed.currency}"],
                kind="mapping",
            )
        found = pricelists.search(
            [("currency_id", "=", currency.id), ("company_id", "in", (company.id, False))], limit=1
        )
        if found:
            return found
        touch(currency)  # two orders at once make one list
        return pricelists.create(
            {"name": currency.name, "currency_id": currency.id, "company_id": company.id}
        )

    def _check_sales(self, sales, parsed):
        """Whether the sales orders of these orders may be confirmed. Raises OrdersHeld for those
        that a person has to look at first: all of a batch at once."""
        reasons = {}
        checks = self.shop_id._held_sales(sales)
        for order, sale in zip(self, sales, strict=True):
            reason = order._total_differs(sale, parsed[order]) or checks.get(sale)
            if reason:
                reasons[order] = reason
        if reasons:
            raise OrdersHeld(reasons)

    def _total_differs(self, sale, parsed):
        """The sales order's total is the shop's, to the cent, else the reason to hold the order,
        with the amounts of both sides row by row. None also where a person accepted it."""
        rounding = sale.currency_id.rounding
        total = float(parsed.total)
        if not float_compare(sale.amount_total, total, precision_rounding=rounding):
            return None
        if self._accepted_for("total"):
            return None
        amounts = defaultdict(float)
        for line in sale.order_line:
            amounts[str(line.merchantpro_row)] += line.price_total
        return OrderHeld(
            self.env._(
                "The total is %(ours).2f here and %(theirs).2f %(currency)s on the site.",
                ours=sale.amount_total,
                theirs=total,
                currency=parsed.currency,
            ),
            kind="total",
            amounts={number: round(amount, 6) for number, amount in amounts.items()},
        )
