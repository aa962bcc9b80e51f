"""The series of a shop's documents: which sale journal its invoices are in, what their series is
and which number comes first; the same for its credit notes and its proformas.

A series that has numbers already cannot be given another beginning here: numbers follow each
other. Take a new journal for a new series."""

import re

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.account_journal_series import NAME

KINDS = {"out_invoice": "invoice", "out_refund": "refund"}


class MerchantProInvoiceSeries(models.TransientModel):
    _name = "merchantpro.invoice.series"
    _description = "Series of a Shop's Documents"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    journal_id = fields.Many2one(
        "account.journal",
        domain="[('type', '=', 'sale'), ('company_id', '=', company_id)]",
        help="Leave it empty to make a new one.",
    )
    invoice_series = fields.Char(compute="_compute_series", store=True, readonly=False)
    invoice_number = fields.Char(
        string="First Invoice Number", compute="_compute_series", store=True, readonly=False
    )
    invoice_used = fields.Boolean(compute="_compute_used")
    refund_series = fields.Char(
        string="Credit Note Series", compute="_compute_series", store=True, readonly=False
    )
    refund_number = fields.Char(
        string="First Credit Note Number", compute="_compute_series", store=True, readonly=False
    )
    refund_used = fields.Boolean(compute="_compute_used")
    proforma_series = fields.Char()
    proforma_number = fields.Integer(string="Next Proforma Number", default=1)

    @api.model
    def _open(self, shop):
        shop.check_access("write")
        proforma = shop.sudo().proforma_sequence_id
        wizard = self.create(
            {
                "shop_id": shop.id,
                "journal_id": shop.invoice_journal_id.id,
                "proforma_series": proforma.prefix or shop._proforma_prefix(),
                "proforma_number": proforma.number_next_actual or 1,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Series of %s", shop.name),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.depends("journal_id")
    def _compute_used(self):
        for wizard in self:
            journal = wizard.journal_id
            wizard.invoice_used = bool(journal) and journal._merchantpro_used("out_invoice")
            wizard.refund_used = bool(journal) and journal._merchantpro_used("out_refund")

    @api.depends("journal_id")
    def _compute_series(self):
        for wizard in self:
            for move_type, kind in KINDS.items():
                first = (
                    wizard.journal_id._merchantpro_first(move_type) if wizard.journal_id else None
                )
                series, number = first or ("", "0001")
                wizard[f"{kind}_series"] = series
                wizard[f"{kind}_number"] = number

    def _first_of_journal(self, move_type):
        """(series, number) to begin with, as far as the journal has them."""
        first = self.journal_id and self.journal_id._merchantpro_first(move_type)
        return first or ("", "0001")

    # Doing it

    def action_apply(self):
        self.ensure_one()
        self.shop_id.check_access("write")
        wizard = self.sudo()
        journal = wizard.journal_id or wizard._make_journal()
        for move_type, kind in KINDS.items():
            wizard._apply(journal, move_type, kind)
        journal.refund_sequence = True
        wizard._use(journal)
        wizard._apply_proforma()
        return {"type": "ir.actions.act_window_close"}

    def _use(self, journal):
        """For the orders to come, and for those that are not invoiced yet."""
        shop = self.shop_id
        waiting = self.env["sale.order"].search(
            [
                ("merchantpro_shop_id", "=", shop.id),
                ("journal_id", "=", shop.invoice_journal_id.id),
                ("invoice_status", "!=", "invoiced"),
                ("state", "!=", "cancel"),
            ]
        )
        if journal != shop.invoice_journal_id:
            waiting.journal_id = journal
            shop.invoice_journal_id = journal

    def _apply(self, journal, move_type, kind):
        series, number = self[f"{kind}_series"] or "", self[f"{kind}_number"] or ""
        name = f"{series.strip()}{number.strip()}" if series.strip() else False
        field = f"merchantpro_first_{kind}"
        if name == journal[field] or journal._merchantpro_first(move_type) == (series, number):
            return
        if journal._merchantpro_used(move_type):
            raise UserError(
                self.env._(
                    "%s has documents already, and their numbers follow each other. Make a new"
                    " journal for a new series.",
                    journal.display_name,
                )
            )
        if name:
            self._check_name(series.strip(), number.strip(), name, journal)
        journal[field] = name

    def _check_name(self, series, number, name, journal):
        if not re.fullmatch(r"\d{1,9}", number) or not int(number):
            raise UserError(self.env._("“%s” is no number to begin with, like 0001.", number))
        if series[-1].isdigit():
            raise UserError(
                self.env._(
                    "The series “%s” ends with a digit, which would be read as a part of the"
                    " number. Put a sign after it, like “-”.",
                    series,
                )
            )
        self._check_year(series, name)
        self._check_free(series, journal)

    def _check_year(self, series, name):
        """Odoo takes some digits of a series for the year or the month, and puts the current ones
        in their place."""
        moves = self.env["account.move"]
        reset = moves._deduce_sequence_number_reset(name)
        _format, values = moves._get_sequence_format_param(name)
        today = fields.Date.context_today(self)
        year = moves._truncate_year_to_length(today.year, values["year_length"] or 4)
        if reset == "never" or reset == "year" and values["year"] == year:
            return
        raise UserError(
            self.env._(
                "Odoo would read the digits of “%s” as a date. Use letters, or the current year.",
                series,
            )
        )

    def _check_free(self, series, journal):
        others = self.env["account.journal"].search(
            [("company_id", "=", self.company_id.id), ("id", "!=", journal.id)]
        )
        for other in others:
            for name in (other.merchantpro_first_invoice, other.merchantpro_first_refund):
                if name and NAME.match(name)["series"] == series:
                    raise UserError(
                        self.env._(
                            "%(journal)s has the series “%(series)s” already.",
                            journal=other.display_name,
                            series=series,
                        )
                    )

    def _make_journal(self):
        if not (self.invoice_series or "").strip():
            raise UserError(self.env._("Enter the series of the invoices, like MPRO."))
        journals = self.env["account.journal"].with_company(self.company_id)
        return journals.create(
            {
                "name": self.env._("Invoices of %s", self.shop_id.name),
                "type": "sale",
                "code": self._free_code(),
                "company_id": self.company_id.id,
                "refund_sequence": True,
            }
        )

    def _free_code(self):
        """Odoo's short code of a journal: five characters, once in a company."""
        letters = re.sub(r"[^A-Z0-9]", "", self.invoice_series.upper())[:5] or "MP"
        journals = self.env["account.journal"].with_context(active_test=False)
        taken = journals.search([("company_id", "=", self.company_id.id)]).mapped("code")
        candidates = [letters, *(f"{letters[:3]}{number:02d}" for number in range(1, 100))]
        return next(code for code in candidates if code not in taken)

    def _apply_proforma(self):
        series = (self.proforma_series or "").strip()
        if not series or self.proforma_number < 1:
            return
        shop = self.shop_id
        if not shop.proforma_sequence_id:
            values = shop._prepare_proforma_sequence_values(series)
            shop.proforma_sequence_id = self.env["ir.sequence"].create(values)
        sequence = shop.proforma_sequence_id
        if (sequence.prefix, sequence.number_next_actual) != (series, self.proforma_number):
            sequence.write({"prefix": series, "number_next_actual": self.proforma_number})
