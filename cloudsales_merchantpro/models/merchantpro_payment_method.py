"""What the site's payment methods mean here. Rows appear when first seen."""

from odoo import fields, models

PAID_LATER = {"cash_delivery", "wire", "in_store"}
WEEK = 7 * 24  # hours that a bank transfer may take


class MerchantProPaymentMethod(models.Model):
    _name = "merchantpro.payment.method"
    _description = "MerchantPro Payment Method"
    _inherit = "merchantpro.method"
    _order = "shop_id, name"
    _check_company_auto = True

    wait_for_payment = fields.Boolean(
        string="Only When Paid",
        help="Orders wait until the site says they are paid: unfinished card payments are not"
        " orders yet.",
    )
    wait_hours = fields.Integer(
        string="For So Many Hours",
        help="How long orders wait for their payment before they are dropped. 0: as long as the"
        " shop's settings say.",
    )
    payment_term_id = fields.Many2one("account.payment.term", check_company=True)

    _wait_hours = models.Constraint(
        "CHECK(wait_hours BETWEEN 0 AND 8784)", "Orders wait for a year at most."
    )
    _code_uniq = models.Constraint("unique(shop_id, code)", "The method is already in the list.")

    def write(self, vals):
        result = super().write(vals)
        if "wait_for_payment" in vals:
            self.shop_id._retry_orders("new")
        return result

    def _prepare_seen_values(self, shop, code, name):
        # Unknown codes are taken for online payment.
        values = super()._prepare_seen_values(shop, code, name)
        return {
            **values,
            "wait_for_payment": code not in PAID_LATER,
            "wait_hours": WEEK if code == "wire" else 0,
        }
