"""What the site's payment methods mean here. Rows appear when first seen."""

from odoo import api, fields, models

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
    journal_id = fields.Many2one(
        "account.journal",
        domain="[('type', 'in', ('bank', 'cash', 'credit'))]",
        check_company=True,
        help="Where payments are entered that the site has as paid, from now on.",
    )
    collected_by_courier = fields.Boolean(
        string="Cash on Delivery", help="The courier collects what is not paid."
    )
    payment_note = fields.Char(string="Payments", compute="_compute_payment_note")

    _wait_hours = models.Constraint(
        "CHECK(wait_hours BETWEEN 0 AND 8784)", "Orders wait for a year at most."
    )
    _code_uniq = models.Constraint("unique(shop_id, code)", "The method is already in the list.")

    @api.depends("journal_id")
    def _compute_payment_note(self):
        for method in self:
            if method.journal_id:
                method.payment_note = self.env._("Entered in %s", method.journal_id.name)
            else:
                method.payment_note = self.env._("Not entered: no journal is chosen")

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
            "collected_by_courier": code == "cash_delivery",
        }
