"""What becomes of one row: less of it is missing, nothing is, or what was ordered will not come.

A row that nothing is missing of is closed, received or cancelled, with the reason in words."""

from odoo import fields, models

from ..api.need_balance import near


class PurchaseNeed(models.Model):
    _inherit = "purchase.need"

    def _follow_ordered(self, result, gone):
        """What was ordered and is not missing any more, or will not come."""
        for need in self.filtered(lambda need: need.state == "ordered"):
            left, cut = result.left[need.id], result.cut.get(need.id, 0.0)
            if result.trimmed.get(need.id):
                need._follow(near(left + cut), gone, first="received")
            if cut:
                need._reopen(left)

    def _follow(self, missing, gone, first="cancelled"):
        """So much is missing now; a row of which nothing is left is closed, with the reason."""
        for need in self:
            less = near(need.missing_qty - missing)
            if not less:
                continue
            taken = gone.take(max(less, 0.0), first)
            values = {
                "missing_qty": missing,
                "cancelled_qty": need.cancelled_qty + taken["cancelled"],
                "received_qty": need.received_qty + taken["received"],
            }
            if taken["cancelled"]:
                need._tell_buyer(taken["cancelled"])
            if missing:
                need.write(values)
            elif values["received_qty"] or values["cancelled_qty"]:
                need.write(values | need._closed(values))
            else:
                need.unlink()  # another row of its line has it now

    def _closed(self, values):
        """State and reason of a row of which nothing is missing any more."""
        if values["received_qty"] and self.purchase_line_id:
            words = self.env._("Received with %s.", self.purchase_line_id.order_id.name)
        elif values["received_qty"]:
            words = self.env._("In stock meanwhile.")
        elif self.sale_order_id.state == "cancel":
            words = self.env._("The sales order was cancelled.")
        else:
            words = self.env._("The sales order asks for less.")
        return {
            "state": "received" if values["received_qty"] else "cancelled",
            "reason": words,
            "problem": False,
            "received_at": fields.Datetime.now() if values["received_qty"] else False,
        }

    def _reopen(self, left):
        """Of what was ordered only `left` will come; the rest is to be ordered again."""
        order = self.purchase_line_id.order_id
        if order and order.state == "cancel":
            words = self.env._("%s was cancelled.", order.name)
        elif order:
            words = self.env._("%s brings less.", order.name)
        else:
            words = self.env._("It was taken out of the purchase.")
        if left:
            self.write({"missing_qty": left, "reason": words})
            return
        self.write(
            {
                "state": "open",
                "purchase_line_id": False,
                "quantity": self.missing_qty or self.quantity,
                "reason": words,
            }
        )
        self._check_orderable()

    def _follow_by_hand(self, lines):
        """What no order asked for is received when its purchase is, and open again without it."""
        for need in self.filtered(lambda need: need.state == "ordered"):
            line = need.purchase_line_id
            if line.id in lines:
                continue
            if line.order_id.state == "purchase" and line.qty_received:
                received = {"received_qty": need.quantity, "cancelled_qty": 0.0}
                need.write(received | need._closed(received))
            else:
                need._reopen(0.0)
