"""What else than the import itself holds orders of a shop: the merchant's own rule, and the credit
limit of the buyer. Both look at the sales order as it would be confirmed."""

from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .order_outcomes import OrderHeld

DECIDES_HOLD = {"hold_domain", "hold_credit", "hold_unmapped"}


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        check_company=True,
        tracking=True,
        domain="[('share', '=', False)]",
        help="Gets a task for each order that is held.",
    )
    hold_domain = fields.Char(
        string="Hold Orders That Match",
        help="Orders whose sales order matches wait until a person accepts them.",
    )
    hold_unmapped = fields.Boolean(
        string="Hold without a Delivery Method",
        help="Orders wait until somebody chose, in Shipping Methods, which delivery method the"
        " site's one means here.",
    )
    hold_credit = fields.Boolean(
        string="Hold over the Credit Limit",
        help="Orders not paid yet that bring the buyer over the credit limit wait until a person"
        " accepts them. Needs sales credit limits in the settings of Accounting.",
    )

    @api.constrains("hold_domain")
    def _check_hold_domain(self):
        for shop in self:
            try:
                self.env["sale.order"].search(shop._hold_domain(), limit=1)
            except Exception as error:  # whatever a typed domain may raise
                raise ValidationError(
                    self.env._("“%s” is not a filter of sales orders.", shop.hold_domain)
                ) from error

    def write(self, vals):
        result = super().write(vals)
        if DECIDES_HOLD & set(vals):
            self.env["merchantpro.order"]._retry_held_for(self, ("rule", "credit", "mapping"))
        return result

    def _hold_domain(self):
        return literal_eval(self.hold_domain or "[]")

    def _held_sales(self, sales):
        """{sale.order: OrderHeld} of those among `sales`, all of this shop, that a person has to
        accept first and has not."""
        reasons = {}
        if self.hold_domain:
            for sale in sales.filtered_domain(self._hold_domain()):
                if not sale.merchantpro_order_id._accepted_for("rule"):
                    reason = self.env._(
                        "The shop's rule holds this order. Look at it and accept it."
                    )
                    reasons[sale] = OrderHeld(reason, kind="rule")
        if self.hold_credit:
            for sale in sales - self.env["sale.order"].union(*reasons):
                order = sale.merchantpro_order_id
                if (
                    sale.partner_credit_warning
                    and order.payment_status != "paid"
                    and not order._accepted_for("credit")
                ):
                    reasons[sale] = OrderHeld(sale.partner_credit_warning, kind="credit")
        return reasons
