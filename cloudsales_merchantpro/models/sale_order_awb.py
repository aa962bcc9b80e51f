"""Waybills from the sales order: one click, or a hundred orders at once."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .stock_picking_awb import NOTHING_COLLECTED


class SaleOrder(models.Model):
    _inherit = "sale.order"

    merchantpro_awb_wanted = fields.Boolean(compute="_compute_merchantpro_awb_wanted")

    @api.depends(
        "state", "picking_ids.state", "picking_ids.awb_ids.state", "picking_ids.awb_ids.detached"
    )
    def _compute_merchantpro_awb_wanted(self):
        for sale in self:
            wanted = sale.merchantpro_order_id and sale.sudo()._awb_pickings()
            sale.merchantpro_awb_wanted = bool(wanted)

    def _awb_pickings(self):
        """The transfers to the buyers of these orders that have no waybill yet."""
        return self.picking_ids._to_buyer().filtered(
            lambda each: each.state not in ("draft", "cancel") and each._awb_wanted()
        )

    def action_make_awb(self):
        """Have a waybill made for each transfer of these orders that has none. Of one order, what
        hinders it is an error; of many, it is told, and the others are made."""
        self.check_access("write")
        # Who sells may have it sent: waybills themselves are the warehouse's.
        pickings = self.sudo()._awb_pickings()
        if not pickings:
            raise UserError(
                self.env._(
                    "Nothing of %s is to be sent without a waybill.",
                    ", ".join(self[:5].mapped("name")),
                )
            )
        if len(self) == 1:
            return pickings.action_make_awb()
        hindered = {each: words for each in pickings if (words := each._awb_hindrance())}
        pickings.filtered(lambda each: each not in hindered)._make_awb()
        standing = self.sudo().picking_ids._to_buyer().filtered("awb_id") - pickings
        return (pickings | standing)._awb_notification(standing, hindered)

    def _merchantpro_unpaid_invoices(self):
        return self.merchantpro_order_id._posted_invoices().filtered(
            lambda move: move.payment_state in ("not_paid", "partial")
        )

    # What couriers collect

    def _merchantpro_to_collect(self, picking):
        """What is unpaid and that no other parcel collects: what the site has the courier collect,
        with what was changed here since, less what was paid here meanwhile. What a courier brought
        of an earlier parcel is not taken off twice, once it is entered on the invoice."""
        self.ensure_one()
        if self.merchantpro_cod_amount <= 0:
            return 0.0
        changed = self.amount_total - self.merchantpro_order_id.total
        invoices = self.merchantpro_order_id._posted_invoices()
        paid = sum(invoices.mapped("amount_total")) - sum(invoices.mapped("amount_residual"))
        others = (self.picking_ids - picking).awb_ids.filtered(
            lambda each: not each.detached and each.state not in NOTHING_COLLECTED
        )
        brought = others.filtered(lambda each: each.state == "delivered")
        under_way = sum((others - brought).mapped("cod_amount"))
        settled = max(paid, sum(brought.mapped("cod_amount")))
        return self.merchantpro_cod_amount + changed - settled - under_way
