"""Whether a rule is for an order: its shops, its methods, its filter, and the order's own state.
Asked when something happens (what is cheap), again when the rule runs, and by the dry run."""

from odoo import fields, models

from .merchantpro_rule import parsed_domain

# Of an order that is cancelled nothing else happens any more.
AFTER_THE_END = ("cancelled", "refused", "returned", "invoiced")


class MerchantProRule(models.Model):
    _inherit = "merchantpro.rule"

    payment_kind = fields.Selection(
        [("courier", "Cash on Delivery"), ("before", "Before It Is Sent")],
        string="Paid",
        tracking=True,
        help="Empty: both.",
    )

    def _concerns(self, order):
        """Whether company, shop, methods and the kind of payment are those of this rule."""
        return (
            order.company_id == self.company_id
            and self._is_among(order.merchantpro_shop_id, self.shop_ids)
            and self._is_of_kind(order)
            and self._is_among(order.merchantpro_payment_method_id, self.payment_method_ids)
            and self._is_among(order.merchantpro_shipping_method_id, self.shipping_method_ids)
        )

    def _is_of_kind(self, order):
        collected = order.merchantpro_payment_method_id.collected_by_courier
        return not self.payment_kind or (self.payment_kind == "courier") == collected

    def _is_among(self, record, wanted):
        return not wanted or record in wanted

    def _why_not(self, order, picking=None):
        """Why this rule does nothing for an order (and its transfer), in words; "" if it runs."""
        words = self._why_not_here(order)
        if words:
            return words
        if order.state == "cancel" and self.event not in AFTER_THE_END:
            return self.env._("The order is cancelled.")
        if picking and picking.state == "cancel" and self.event not in AFTER_THE_END:
            return self.env._("The transfer is cancelled.")
        if not order.filtered_domain(parsed_domain(self.domain)):
            return self.env._("The order does not match the filter of the rule.")
        return ""

    def _why_not_here(self, order):
        if not self.active:
            return self.env._("The rule is archived.")
        if not order.merchantpro_shop_id or order.company_id != self.company_id:
            return self.env._("The order is of no shop of %s.", self.company_id.name)
        if not self._is_of_kind(order):
            return self.env._("The order is paid in another way.")
        for record, wanted in (
            (order.merchantpro_shop_id, self.shop_ids),
            (order.merchantpro_payment_method_id, self.payment_method_ids),
            (order.merchantpro_shipping_method_id, self.shipping_method_ids),
        ):
            if not self._is_among(record, wanted):
                return self.env._(
                    "%(value)s is not among: %(wanted)s.",
                    value=record.display_name or self.env._("Nothing"),
                    wanted=", ".join(wanted.mapped("display_name")),
                )
        return ""
