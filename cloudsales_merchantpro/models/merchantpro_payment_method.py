"""What the site's payment methods mean here. Rows appear when first seen."""

from odoo import fields, models

PAID_LATER = {"cash_delivery", "wire", "in_store"}


class MerchantProPaymentMethod(models.Model):
    _name = "merchantpro.payment.method"
    _description = "MerchantPro Payment Method"
    _order = "shop_id, name"
    _check_company_auto = True

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    code = fields.Char(required=True)
    name = fields.Char(required=True)
    wait_for_payment = fields.Boolean(
        string="Only When Paid",
        help="Orders wait until the site says they are paid: unfinished card payments are not"
        " orders yet.",
    )
    payment_term_id = fields.Many2one("account.payment.term", check_company=True)

    _code_uniq = models.Constraint("unique(shop_id, code)", "The method is already in the list.")

    def write(self, vals):
        result = super().write(vals)
        if "wait_for_payment" in vals:
            self.shop_id._retry_orders("new")
        return result

    def _for_code(self, shop, code, name):
        """The row of a method's code. Unknown codes are taken for online payment."""
        row = self.search([("shop_id", "=", shop.id), ("code", "=", code)])
        return row or self.create(
            {
                "shop_id": shop.id,
                "code": code,
                "name": name or code,
                "wait_for_payment": code not in PAID_LATER,
            }
        )
