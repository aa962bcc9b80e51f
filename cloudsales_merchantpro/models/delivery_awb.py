"""What waybills of orders of shops lead to: rules run, the site hears of it (by the transfer's
tracking reference), transfers are delivered, and a person looks after what was refused."""

from odoo import models

# What the buyer did not take: a refused parcel, and one that goes back without such a word.
NOT_TAKEN = ("refused", "returning")


class DeliveryAwb(models.Model):
    _inherit = "delivery.awb"

    def _on_state(self, before):
        result = super()._on_state(before)
        self._tell_rules(before)
        return result

    def _tell_rules(self, before):
        state = self[:1].state
        runs = self.env["merchantpro.rule.run"].sudo()
        if state == "error":
            for waybill in self:
                runs._awb_settled(waybill, waybill.problem or "")
        sending = self.filtered(lambda each: not each.detached)
        pickings = sending.picking_id
        rules = self.env["merchantpro.rule"]
        if state == "issued":
            for waybill in sending:
                runs._awb_settled(waybill, False)
            rules._happened("awb", pickings)
        elif state == "at_point":
            rules._happened("at_point", pickings)
        elif state == "delivered":
            pickings._mark_delivered()
        elif state in NOT_TAKEN and before not in NOT_TAKEN:
            rules._happened("refused", pickings)
            sending._tell_refused()
        elif state == "returned":
            sending._tell_back()

    def _tell_refused(self):
        """Nobody will pay the invoice of what was to be paid to the courier."""
        for waybill in self.filtered("sale_id.merchantpro_order_id"):
            open_invoices = waybill.sale_id._merchantpro_unpaid_invoices()
            if waybill.cod_amount and open_invoices:
                waybill._tell_seller(
                    self.env._("The buyer did not take waybill %s", waybill.number),
                    self.env._(
                        "Nobody will pay %s. Reverse it when the goods are back.",
                        ", ".join(open_invoices.mapped("name")),
                    ),
                )

    def _tell_back(self):
        """In stock again only when somebody has seen them."""
        for waybill in self.filtered("sale_id.merchantpro_order_id"):
            waybill._tell_seller(
                self.env._("Waybill %s came back", waybill.number),
                self.env._("Look at the goods, then take them back: Return, on the transfer."),
            )

    def _tell_seller(self, summary, note):
        sale = self.sale_id
        sale.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=summary,
            note=note,
            user_id=sale.user_id.id or self.env.uid,
        )
