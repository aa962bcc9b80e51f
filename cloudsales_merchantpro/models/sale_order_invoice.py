"""The fiscal invoice of an order of a shop, or of one transfer of it: made once, in the series of
the shop, posted.

    worker A                                worker B
    writes the order's row, invoices it
    commit                                  waited for that row: begins again, and finds
                                            nothing left to invoice

What is left counts invoices and not credit notes: a rule never invoices again what was credited.
Creating and posting are one savepoint, so what keeps an invoice from being posted (a closed
period, a negative total) leaves no draft behind. Its number is Odoo's, given at posting: a second
worker waits for it, so that there is no gap and no double."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..api.shares import Row, of_order, of_transfer
from .concurrency import touch
from .document_amounts import decimal_of
from .rule_outcomes import NotNeeded

CENTS = 0.05  # more than this is no matter of rounding


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _merchantpro_invoices(self):
        """Posted customer invoices of these orders, newest last."""
        return self.invoice_ids.filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "posted"
        ).sorted(lambda move: (move.invoice_date, move.id))

    def _merchantpro_invoice(self, picking=None):
        """Issue what is not invoiced of this order, or of this transfer of it, and return the
        posted invoice. Raises NotNeeded, or UserError for what a person has to put right."""
        self.ensure_one()
        touch(self)
        order = self.sudo().with_company(self.company_id)
        order._check_merchantpro_invoice()
        picking = picking and picking.sudo()
        quantities = order._quantities_to_invoice(picking)
        if not quantities:
            order._raise_nothing_to_invoice()
        order._check_invoiced_party()
        with self.env.cr.savepoint():
            invoice = order._make_merchantpro_invoice(quantities)
            invoice.action_post()
        if picking:
            picking._outgoing_transfers().merchantpro_invoice_ids |= invoice
        return invoice

    def action_merchantpro_invoice(self):
        """Issue what is not invoiced of these orders, for a person, and show it. Of several, those
        that cannot be invoiced are told and the others go on."""
        if not self.env.user.has_group("account.group_account_invoice"):
            raise AccessError(self.env._("Only who may post invoices may issue them."))
        self.check_access("read")
        invoices, problems = self.env["account.move"], []
        for order in self:
            try:
                with self.env.cr.savepoint():
                    invoices |= order._merchantpro_invoice()
            except (UserError, NotNeeded) as error:
                problems.append(f"{order.name}: {error.args[0]}")
        if problems and not invoices:
            raise UserError("\n".join(problems))
        invoices._merchantpro_document_later()
        action = self.action_view_invoice(invoices.with_env(self.env))
        return self._told_beside(action, problems) if problems else action

    def _told_beside(self, action, problems):
        """A notice of what could not be done, and then `action`."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("Not Invoiced"),
                "message": "\n".join(problems),
                "next": action,
            },
        }

    # What stands against it

    def _check_merchantpro_invoice(self):
        if self.state == "cancel":
            raise NotNeeded(self.env._("The order is cancelled."))
        if self.merchantpro_shop_id.invoices_by == "site":
            raise NotNeeded(self.env._("The site issues the invoices of this shop."))
        if self.merchantpro_site_invoice:
            raise UserError(
                self.env._(
                    "The site issued an invoice of this order: %s", self.merchantpro_site_invoice
                )
            )
        if self.state != "sale":
            raise UserError(self.env._("Confirm the order first."))
        if any(self.order_line.mapped("is_downpayment")):
            raise UserError(self.env._("The order has a down payment: invoice it by hand."))

    def _raise_nothing_to_invoice(self):
        drafts = self.invoice_ids.filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "draft"
        )
        if drafts:
            raise UserError(
                self.env._("Somebody began an invoice of this order. Post it or delete it.")
            )
        issued = self._merchantpro_invoices().mapped("name")
        if issued:
            raise NotNeeded(self.env._("Invoiced already: %s", ", ".join(issued)))
        raise NotNeeded(self.env._("There is nothing to invoice."))

    def _check_invoiced_party(self):
        buyer = self.partner_invoice_id.commercial_partner_id
        domestic = buyer.country_id in (self.company_id.country_id, buyer.country_id.browse())
        # “/” is Odoo's way of saying that it has none.
        if buyer.is_company and domestic and not buyer.vat:
            raise UserError(
                self.env._(
                    "The company %s has no tax ID (CUI). Enter it, or “/” if it has none.",
                    buyer.display_name,
                )
            )

    # How much

    def _quantities_to_invoice(self, picking):
        """{sales order line: quantity}"""
        lines = self.order_line.filtered(lambda line: not line.display_type)
        rows = [line._invoice_row() for line in lines]
        if not picking:
            return {key: float(quantity) for key, quantity in of_order(rows).items()}
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return {
            key: float(quantity)
            for key, quantity in of_transfer(rows, picking._goods_to_invoice(), digits).items()
        }

    # Making it

    def _make_merchantpro_invoice(self, quantities):
        amounts = {line.id: quantity for line, quantity in quantities.items()}
        order = self.with_context(merchantpro_quantities=amounts)
        invoice = order._create_invoices().with_context(merchantpro_quantities=None)
        invoice.invoice_date = order._today_of_company()
        self._settle_cents(invoice)
        self._check_lock_dates(invoice)
        return invoice

    def _today_of_company(self):
        """A rule runs as a user of no time zone; after midnight here it is not yesterday."""
        zone = self.company_id.partner_id.tz or self.env.user.tz or "Europe/Bucharest"
        return fields.Date.context_today(self.with_context(tz=zone))

    def _settle_cents(self, invoice):
        """The invoices of an order are together its total, whatever each was rounded to."""
        if any(line._invoice_row().left for line in self.order_line if not line.display_type):
            return
        invoices = self.invoice_ids.filtered(
            lambda move: move.move_type == "out_invoice" and move.state != "cancel"
        )
        missing = self.amount_total - sum(invoices.mapped("amount_total"))
        lines = invoice.invoice_line_ids.filtered(lambda line: line.price_total > CENTS)
        if self.currency_id.is_zero(missing) or abs(missing) > CENTS or not lines:
            return
        line = min(lines, key=lambda each: each.quantity)
        line.price_unit += missing / line.quantity

    def _check_lock_dates(self, invoice):
        """Odoo would move the entry to the next open period; the invoice would have two dates."""
        date = invoice.invoice_date
        has_tax = bool(invoice.invoice_line_ids.tax_ids)
        locks = self.company_id._get_violated_lock_dates(date, has_tax, invoice.journal_id)
        if locks:
            raise UserError(
                self.env._(
                    "The accounts are closed until %(lock)s, and the invoice is of %(date)s.",
                    lock=format_date(self.env, max(lock[0] for lock in locks)),
                    date=format_date(self.env, date),
                )
            )

    def _prepare_invoice(self):
        values = super()._prepare_invoice()
        series = self.merchantpro_shop_id.sudo().invoice_journal_id
        if series and not self.journal_id:
            values["journal_id"] = series.id
        return values

    @api.model
    def _merchantpro_quantities(self):
        """{id of a sales order line: quantity}, while we make an invoice of just that."""
        return self.env.context.get("merchantpro_quantities")

    def _get_invoiceable_lines(self, final=False):
        quantities = self._merchantpro_quantities()
        if not quantities:
            return super()._get_invoiceable_lines(final)
        return self.order_line.filtered(lambda line: line.id in quantities)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _invoice_row(self):
        """This line as `api.shares` sees it."""
        invoiced = sum(
            line.product_uom_id._compute_quantity(line.quantity, self.product_uom_id)
            for line in self.invoice_lines
            if line.move_id.move_type == "out_invoice" and line.parent_state != "cancel"
        )
        return Row(
            self,
            decimal_of(self.product_uom_qty),
            decimal_of(invoiced),
            decimal_of(self.price_total),
            self.tax_ids,
            self.product_id.type == "consu",
        )

    def _prepare_invoice_line(self, **optional_values):
        values = super()._prepare_invoice_line(**optional_values)
        quantities = self.order_id._merchantpro_quantities()
        if quantities and self.id in quantities:
            values["quantity"] = quantities[self.id]
        if self.merchantpro_row and self.product_id.type == "service":
            # Delivery, discounts: what the site calls them, without our product's own name.
            values["name"] = self.name
        return values
