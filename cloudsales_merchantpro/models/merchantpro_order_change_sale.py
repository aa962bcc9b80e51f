"""A sales order follows the site: cancelled, active again, edited; and what stands in the way."""

from odoo import models

from .merchantpro_order_change import ChangeNotApplied


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    # What stands in the way

    def _gone_obstacle(self):
        """Why nothing of the sales order can be taken back any more; "" if it can."""
        sale = self.sale_order_id
        done = sale.picking_ids.filtered(lambda picking: picking.state == "done")
        posted = sale.invoice_ids.filtered(lambda invoice: invoice.state == "posted")
        waybills = [
            picking.carrier_tracking_ref
            for picking in sale.picking_ids
            if picking.carrier_tracking_ref and picking.state != "cancel"
        ]
        if done:
            return self.env._("Goods have left (%s).", ", ".join(done.mapped("name")))
        if any(line.qty_delivered > 0 for line in sale.order_line):
            return self.env._("Something is delivered already.")
        if posted:
            return self.env._("It is invoiced (%s).", ", ".join(posted.mapped("name")))
        if waybills:
            return self.env._("It has a waybill (%s).", ", ".join(waybills))
        return self.env._("The sales order is locked.") if sale.locked else ""

    def _edit_obstacle(self):
        """The same for its lines and addresses; a draft invoice would not follow them."""
        sale = self.sale_order_id
        if sale.state == "cancel":
            return self.env._("The sales order is cancelled here.")
        if sale.invoice_ids.filtered(lambda invoice: invoice.state == "draft"):
            return self._gone_obstacle() or self.env._("It has an invoice in draft.")
        return self._gone_obstacle()

    # Cancelled, and active again

    def _cancel_sale(self):
        sale = self.sale_order_id
        if sale.state == "cancel":
            return
        obstacle = self._gone_obstacle()
        if obstacle:
            raise ChangeNotApplied(
                self.env._(
                    "The order was cancelled on the site. %s Take the goods back, correct the"
                    " invoice, or talk to the buyer.",
                    obstacle,
                )
            )
        # Odoo's own way: the draft invoices and the pickings go too, the stock is free.
        sale.with_context(merchantpro_from_site=True)._action_cancel()
        sale.message_post(body=self.env._("Cancelled: the order was cancelled on the site."))

    def _restore_sale(self):
        """The site sells the goods again: so they are reserved again, as when it was imported."""
        sale = self.sale_order_id
        if sale.state != "cancel":
            return
        obstacle = self._gone_obstacle()
        if obstacle:
            raise ChangeNotApplied(self.env._("The order is active again. %s", obstacle))
        date = sale.date_order
        sale.action_draft()
        sale.action_confirm()
        sale.date_order = date
        self._reserve()
        sale.message_post(body=self.env._("Confirmed again: the order is active on the site."))

    # Edited

    def _edit_sale(self, before, after, meanings, contacts):
        """Lines, addresses, delivery method and note. Raises ChangeNotApplied with all that the
        site changed, if not all of it can be applied."""
        edits = self._line_edits(before, after, meanings)
        words = self._edit_words(edits, before, after, meanings)
        obstacle = words and self._edit_obstacle()
        if obstacle:
            raise ChangeNotApplied("\n".join([obstacle, *words]))
        if before.currency != after.currency:
            raise ChangeNotApplied("\n".join([self.env._("The currency changed."), *words]))
        if words:
            self._edit_lines(edits, before, after, words)
            self._edit_addresses(contacts)
            self._edit_carrier(meanings)
            self._reserve()
        if after.note and after.note != before.note:
            words = [*words, self.env._("Note of the buyer: %s", after.note)]
        if words:
            body = self.env._("Changed on the site:")
            self.sale_order_id.message_post(body="\n".join([body, *words]))

    def _edit_words(self, edits, before, after, meanings):
        """What the site changed that is not here yet, a line of text each."""
        words = [self._row_words(edit) for edit in edits]
        if before.total != after.total and (words or not self._has_total(after)):
            amounts = {"before": before.total, "after": after.total}
            words.append(self.env._("Total: %(before).2f → %(after).2f", **amounts))
        if before.currency != after.currency:
            words.append(f"{before.currency} → {after.currency}")
        words += self._buyer_words(before, after)
        if meanings[0].shipping != meanings[1].shipping:
            words.append(f"{meanings[0].shipping.name} → {meanings[1].shipping.name}")
        return words

    def _row_words(self, edit):
        if not edit.before:
            return self.env._("Added: %s", edit.after)
        if not edit.after:
            return self.env._("Removed: %s", edit.before)
        return f"{edit.before} → {edit.after}"

    def _has_total(self, parsed):
        sale = self.sale_order_id
        return not sale.currency_id.compare_amounts(sale.amount_total, float(parsed.total))
