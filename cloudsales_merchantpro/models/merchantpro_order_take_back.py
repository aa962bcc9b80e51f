"""Goods come back: a return picking of what was delivered, and a draft credit note of what was
invoiced. Never more than has left and has not come back yet."""

from collections import defaultdict

from odoo import Command, models
from odoo.exceptions import UserError

from .concurrency import touch
from .merchantpro_order_process import OrderHeld


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    def _take_back(self, sale, parsed, meaning, ref):
        """What is on an api Order comes back of `sale`; quantities and amounts are positive.
        Raises OrderHeld, for what cannot be matched; returns words for a person, or ""."""
        touch(sale)  # two returns at once do not bring back the same pieces
        lines = [values for _command, _id, values in self._prepare_lines(parsed, meaning)]
        wanted = self._goods_of(lines)
        moves = self._moves_to_return(sale, wanted)
        pickings = self._return_pickings(sale, moves)
        note, words = self._credit(sale, lines, wanted, parsed, ref)
        made = pickings.mapped("name") + [self._credit_words(each) for each in note]
        sale.message_post(
            body=self.env._(
                "Returned on the site (%(ref)s): %(documents)s",
                ref=ref,
                documents=", ".join(made),
            )
        )
        return words

    def _goods_of(self, lines):
        """{product: quantity} of the lines' goods."""
        wanted = defaultdict(float)
        for values in lines:
            product = self.env["product.product"].browse(values["product_id"])
            if product.type == "consu":
                wanted[product] += values["product_uom_qty"]
        return wanted

    # Goods

    def _moves_to_return(self, sale, wanted):
        """{delivered move: quantity} for all of `wanted`."""
        left, moves = dict(wanted), {}
        for move in sale.picking_ids.move_ids:
            if move.state != "done" or move.location_dest_id.usage != "customer":
                continue
            quantity = min(left.get(move.product_id, 0), self._returnable(move))
            if move.product_uom.compare(quantity, 0) > 0:
                moves[move] = quantity
                left[move.product_id] -= quantity
        short = [
            self.env._(
                "%(quantity)g × %(product)s", quantity=quantity, product=product.display_name
            )
            for product, quantity in left.items()
            if product.uom_id.compare(quantity, 0) > 0
        ]
        if short:
            raise OrderHeld(
                self.env._(
                    "Returned on the site, but not delivered by sales order %(sale)s, or returned"
                    " already: %(goods)s. Make the return and the credit note by hand.",
                    sale=sale.name,
                    goods=", ".join(short),
                )
            )
        return moves

    def _returnable(self, move):
        """What was delivered and is not on its way back, in the unit of the product."""
        back = move.returned_move_ids.filtered(lambda each: each.state != "cancel")
        return move.quantity - sum(
            each.quantity if each.state == "done" else each.product_uom_qty for each in back
        )

    def _return_pickings(self, sale, moves):
        """Odoo's own returns, one for each delivery, for the warehouse to receive."""
        pickings = sale.picking_ids.browse()
        for delivery in self.env["stock.move"].union(*moves).picking_id:
            wizard = self.env["stock.return.picking"].create({"picking_id": delivery.id})
            for line in wizard.product_return_moves:
                line.quantity = moves.get(line.move_id, 0)
            pickings |= wizard._create_return()
        return pickings

    # Money

    def _credit_words(self, note):
        if note.state == "draft":
            return self.env._("a draft credit note")
        return self.env._("credit note %s", note.name)

    def _credit(self, sale, lines, wanted, parsed, ref):
        """(draft credit note, words for a person). The amounts are the site's."""
        notes = self.env["account.move"]
        invoiced = self._invoiced(sale)
        if not any(invoiced.get(product) for product in wanted):
            return notes, ""
        invoice = self._invoice_of(sale, wanted)
        if not invoice or any(invoiced.get(product, 0) < wanted[product] for product in wanted):
            return notes, self.env._(
                "Order %s was returned: make the credit note by hand, not all of it is on one"
                " posted invoice.",
                parsed.id,
            )
        note = notes.create(self._prepare_credit_values(sale, invoice, lines, ref))
        if note.currency_id.compare_amounts(note.amount_total, float(parsed.total)):
            raise OrderHeld(
                self.env._(
                    "The credit note is %(ours).2f here and %(theirs).2f %(currency)s on the site."
                    " Make the return and the credit note by hand.",
                    ours=note.amount_total,
                    theirs=parsed.total,
                    currency=parsed.currency,
                )
            )
        return note, self._post_credit(note)

    def _post_credit(self, note):
        """Post it, if the shop wants that; words for a person if it cannot be, or ""."""
        if not self.shop_id.post_credit_notes:
            return ""
        try:
            with self.env.cr.savepoint():
                note.action_post()
        except UserError as error:
            return self.env._("The credit note is a draft: %s", self._told(error))
        note._merchantpro_document_later()
        return ""

    def _invoiced(self, sale):
        """{product: quantity invoiced and not credited}"""
        quantities = defaultdict(float)
        for line in sale.order_line:
            quantities[line.product_id] += line.qty_invoiced
        return quantities

    def _invoice_of(self, sale, wanted):
        """The newest posted invoice that has all of these goods on it."""
        for invoice in sale.invoice_ids.sorted("id", reverse=True):
            if invoice.state != "posted" or invoice.move_type != "out_invoice":
                continue
            billed = defaultdict(float)
            for line in invoice.invoice_line_ids:
                billed[line.product_id] += line.quantity
            if all(billed[product] >= quantity for product, quantity in wanted.items()):
                return invoice
        return sale.invoice_ids.browse()

    def _prepare_credit_values(self, sale, invoice, lines, ref):
        return {
            "move_type": "out_refund",
            "reversed_entry_id": invoice.id,
            "partner_id": invoice.partner_id.id,
            "partner_shipping_id": invoice.partner_shipping_id.id,
            "journal_id": invoice.journal_id.id,
            "currency_id": invoice.currency_id.id,
            "company_id": invoice.company_id.id,
            "fiscal_position_id": False,
            "invoice_origin": sale.name,
            "ref": ref,
            "invoice_line_ids": [
                Command.create(self._prepare_credit_line_values(sale, invoice, values))
                for values in lines
            ],
        }

    def _prepare_credit_line_values(self, sale, invoice, values):
        sold = sale.order_line.filtered(lambda line: line.product_id.id == values["product_id"])
        billed = invoice.invoice_line_ids.filtered(
            lambda line: line.product_id.id == values["product_id"]
        )
        result = {
            "product_id": values["product_id"],
            "name": values["name"],
            "quantity": values["product_uom_qty"],
            "price_unit": values["price_unit"],
            "tax_ids": values["tax_ids"],
            "sale_line_ids": [Command.set(sold[:1].ids)],
        }
        if billed:
            result["account_id"] = billed[:1].account_id.id
        return result
