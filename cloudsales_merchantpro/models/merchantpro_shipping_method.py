"""What the site's shipping methods mean here. Rows appear when first seen."""

from odoo import fields, models


class MerchantProShippingMethod(models.Model):
    _name = "merchantpro.shipping.method"
    _description = "MerchantPro Shipping Method"
    _order = "shop_id, name"
    _check_company_auto = True

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    code = fields.Char(required=True)
    name = fields.Char(required=True)
    carrier_id = fields.Many2one("delivery.carrier", string="Delivery Method", check_company=True)

    _code_uniq = models.Constraint("unique(shop_id, code)", "The method is already in the list.")

    def _for_code(self, shop, code, name):
        row = self.search([("shop_id", "=", shop.id), ("code", "=", code)])
        return row or self.create({"shop_id": shop.id, "code": code, "name": name or code})

    def _product(self):
        """The product of the shipping line."""
        return self.carrier_id.product_id or self.env.ref("cloudsales_merchantpro.product_shipping")
