"""Series and first number of the invoices and of the credit notes of a journal.

Odoo continues the name of the last invoice of a journal, and begins with its short code, the year
and 1. Who comes from another program has a series and a number to go on from: the name that the
first invoice is to have. It is used while there is none, and counts for nothing afterwards."""

import re

from odoo import fields, models

NAME = re.compile(r"^(?P<series>.*?)(?P<number>\d{1,9})$")


class AccountJournal(models.Model):
    _inherit = "account.journal"

    merchantpro_first_invoice = fields.Char(
        string="First Invoice", copy=False, help="Series and number of the first invoice."
    )
    merchantpro_first_refund = fields.Char(
        string="First Credit Note", copy=False, help="Series and number of the first credit note."
    )

    def _merchantpro_first(self, move_type):
        """(series, number as text) that documents of this type begin with, or None. Without a
        series of their own credit notes have that of the invoices with an R before it."""
        if move_type == "out_invoice":
            name = self.merchantpro_first_invoice
        elif move_type == "out_refund" and self.merchantpro_first_refund:
            name = self.merchantpro_first_refund
        elif move_type == "out_refund" and self.merchantpro_first_invoice:
            series, number = NAME.match(self.merchantpro_first_invoice).groups()
            name = f"R{series}{1:0{len(number)}d}"
        else:
            return None
        return NAME.match(name).groups() if name else None

    def _merchantpro_used(self, move_type):
        """Whether the journal gave out a number to a document of this type."""
        numbered = [("journal_id", "in", self.ids), ("name", "not in", (False, "/"))]
        moves = self.env["account.move"].sudo().with_context(active_test=False)
        return bool(moves.search([*numbered, ("move_type", "=", move_type)], limit=1))


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_starting_sequence(self):
        first = self.journal_id._merchantpro_first(self.move_type)
        if not first:
            return super()._get_starting_sequence()
        series, number = first
        return f"{series}{0:0{len(number)}d}"

    def _get_next_sequence_format(self):
        format_string, values = super()._get_next_sequence_format()
        first = self.journal_id._merchantpro_first(self.move_type)
        # A series with the year in it begins with 1 in the next year.
        if first and not values["seq"] and not self._get_last_sequence(relaxed=True):
            values["seq"] = int(first[1]) - 1
        return format_string, values
