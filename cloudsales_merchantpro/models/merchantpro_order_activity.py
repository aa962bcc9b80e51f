"""A held order is a task of the shop's responsible person, which ends by itself when the order is
no longer held."""

from odoo import models

NEEDS_A_PERSON = ("held", "error")
ACTIVITY = "cloudsales_merchantpro.activity_look"


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    def write(self, vals):
        if "state" not in vals:
            return super().write(vals)
        before = self.filtered(lambda order: order.state in NEEDS_A_PERSON)
        result = super().write(vals)
        now = self.filtered(lambda order: order.state in NEEDS_A_PERSON)
        (now - before)._ask_a_person()
        if before - now:
            (before - now).activity_unlink([ACTIVITY])
        return result

    def _ask_a_person(self):
        for shop, orders in self.grouped("shop_id").items():
            user = shop.sudo().user_id
            # Rights may have been taken away since; the order itself still says what is wrong.
            if user.active and user.has_group("cloudsales_merchantpro.group_user"):
                # In the list of tasks, not a mail for each of a hundred orders.
                quiet = orders.sudo().with_context(mail_activity_quick_update=True)
                quiet.activity_schedule(
                    ACTIVITY,
                    user_id=user.id,
                    summary=self.env._("MerchantPro: an order needs you"),
                )
