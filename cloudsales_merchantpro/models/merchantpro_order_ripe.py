"""Which orders become sales orders now, and which wait, need a person or are left alone."""

from odoo import models

from .order_outcomes import OrderHeld, OrderIgnored, OrderWaits


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    def _check_ripe(self, parsed, meaning):
        """Return if an api Order can be imported now, else raise the reason."""
        self._check_wanted(parsed)
        self._check_not_over(parsed)
        if "temporary" in (parsed.payment_status, parsed.shipping_status):
            raise OrderWaits(self.env._("The buyer has not finished the order."))
        if meaning.payment.wait_for_payment and parsed.payment_status != "paid":
            raise OrderWaits(self.env._("Waits until it is paid (%s).", meaning.payment.name))
        if self.shop_id.hold_unmapped and not meaning.shipping.carrier_id:
            raise OrderHeld(
                self.env._(
                    "The shipping method “%s” has no delivery method here; choose one in Shipping"
                    " Methods.",
                    meaning.shipping.name,
                ),
                [f"shipping:{meaning.shipping.code}"],
                kind="mapping",
            )

    def _check_wanted(self, parsed):
        if parsed.shipping_status == "cancelled":
            raise OrderIgnored(self.env._("Cancelled on the site before it was imported."))
        if self.shop_id.order_start_date and parsed.created < self.shop_id.order_start_date:
            raise OrderIgnored(self.env._("Placed before the shop's start date."))

    def _check_not_over(self, parsed):
        """Importing means reserving and sending; nothing is to be sent for these."""
        if parsed.return_source_id:
            raise OrderHeld(
                self.env._(
                    "This is a return of order %s. Make the return and the credit note on that"
                    " order, then ignore this one.",
                    parsed.return_source_id,
                )
            )
        if parsed.shipping_status in ("shipped", "delivered"):
            raise OrderHeld(
                self.env._(
                    "The site says that the goods have left (%s): they must not be reserved and"
                    " sent again. Ignore this order; if your books need it, enter the sale by"
                    " hand.",
                    parsed.shipping_status,
                )
            )
        if parsed.shipping_status == "returned":
            raise OrderHeld(
                self.env._(
                    "The site says that the goods came back. Ignore this order; if your books need"
                    " it, enter the sale and its return by hand."
                )
            )
        if parsed.payment_status in ("failed", "rejected", "cancelled", "refunded"):
            raise OrderHeld(
                self.env._(
                    "The site says that the payment is %s. Ask the buyer; the order comes in when"
                    " the site has it as awaited or paid.",
                    parsed.payment_status,
                )
            )
