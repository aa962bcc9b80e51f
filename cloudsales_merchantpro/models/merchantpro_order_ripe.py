"""Which orders become sales orders now, and which wait, need a person or are left alone."""

import datetime

from odoo import fields, models

from .order_outcomes import OrderHeld, OrderIgnored, OrderWaits


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    def _check_ripe(self, parsed, meaning):
        """Return if an api Order can be imported now, else raise the reason. Of the decisions on
        its two states the strictest counts."""
        decided = {state.decision: state for state in meaning.states}
        self._check_wanted(parsed, decided.get("ignore"))
        try:
            self._check_not_over(parsed, decided.get("hold"))
        except OrderHeld as over:
            if self.asked_for != "history":
                raise
            # Nobody wants a thousand old orders to decide on.
            words = self.env._("Kept as history. %s", over)
            raise OrderIgnored(words, because="history") from over
        self._check_finished(parsed, meaning, decided.get("wait"))
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

    def _check_wanted(self, parsed, state):
        if state:
            raise OrderIgnored(self._ignored_words(state))
        start = self.shop_id.order_start_date
        if start and parsed.created < start and not self.asked_for:
            words = self.env._("Placed before the shop's start date.")
            raise OrderIgnored(words, because="start")

    def _ignored_words(self, state):
        if (state.kind, state.code) == ("shipping", "cancelled"):
            return self.env._("Cancelled on the site before it was imported.")
        return self.env._("The shop's settings leave orders alone that are %s.", state.code)

    def _check_not_over(self, parsed, state):
        """Importing means reserving and sending; nothing is to be sent for these."""
        if self.return_of:
            raise OrderHeld(
                self.env._(
                    "This is a return of order %s. Make the return and the credit note on that"
                    " order, then ignore this one.",
                    self.return_of,
                )
            )
        if state:
            raise OrderHeld(self._held_words(state))

    def _held_words(self, state):
        if state.kind == "shipping" and state.code in ("shipped", "delivered"):
            return self.env._(
                "The site says that the goods have left (%s): they must not be reserved and"
                " sent again. Ignore this order; if your books need it, enter the sale by"
                " hand.",
                state.code,
            )
        if state.kind == "shipping" and state.code == "returned":
            return self.env._(
                "The site says that the goods came back. Ignore this order; if your books need"
                " it, enter the sale and its return by hand."
            )
        if state.kind == "payment" and state.code not in ("awaiting", "paid"):
            return self.env._(
                "The site says that the payment is %s. Ask the buyer; the order comes in when"
                " the site has it as awaited or paid.",
                state.code,
            )
        return self.env._("The shop's settings hold orders that are %s.", state.code)

    def _check_finished(self, parsed, meaning, state):
        if state and state.code == "temporary":
            words = self.env._("The buyer has not finished the order.")
            raise self._waiting(parsed, meaning, words)
        if meaning.payment.wait_for_payment and parsed.payment_status != "paid":
            words = self.env._("Waits until it is paid (%s).", meaning.payment.name)
            raise self._waiting(parsed, meaning, words)
        if state:
            words = self.env._("Waits as long as the site has it as %s.", state.code)
            if state.kind == "payment":
                raise self._waiting(parsed, meaning, words)
            # For the merchant, not for the buyer: such an order is never dropped.
            raise OrderWaits(words)

    def _waiting(self, parsed, meaning, words):
        """The reason of an order that waits for its buyer; in vain from some time on."""
        hours = meaning.payment.wait_hours or self.shop_id.order_wait_hours
        if not hours or self._age(parsed) < datetime.timedelta(hours=hours):
            return OrderWaits(words)
        words = self.env._("%(reason)s Dropped after %(hours)s hours.", reason=words, hours=hours)
        return OrderIgnored(words, because="unfinished")

    def _age(self, parsed):
        return fields.Datetime.now() - parsed.created
