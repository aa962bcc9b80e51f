"""What the site's shipping methods mean here. Rows appear when first seen."""

from odoo import fields, models


class MerchantProShippingMethod(models.Model):
    _name = "merchantpro.shipping.method"
    _description = "MerchantPro Shipping Method"
    _inherit = "merchantpro.method"
    _order = "shop_id, name"
    _check_company_auto = True

    carrier_id = fields.Many2one("delivery.carrier", string="Delivery Method", check_company=True)

    _code_uniq = models.Constraint("unique(shop_id, code)", "The method is already in the list.")

    def write(self, vals):
        result = super().write(vals)
        if vals.get("carrier_id"):
            marks = [f"shipping:{code}" for code in self.mapped("code")]
            self.env["merchantpro.order"]._retry_marked(self.shop_id, marks)
        return result

    def _product(self):
        """The product of the shipping line."""
        return self.carrier_id.product_id or self.env.ref("cloudsales_merchantpro.product_shipping")
