"""What a person decides about rows of the staging list, in the review or in place."""

from odoo import models
from odoo.exceptions import UserError


class MerchantProVariant(models.Model):
    _inherit = "merchantpro.variant"

    def action_review(self):
        """Open the review for these rows; they must be of one shop."""
        if len(self.shop_id) != 1:
            raise UserError(self.env._("Choose rows of one shop."))
        return self.env["merchantpro.review"]._open_for(self.shop_id, "chosen", self)

    def _decide_link(self, product, with_code=False, restore=False):
        """Bind one row to `product`. `with_code`: the product also gets the row's code, so that
        whatever carries it later finds the product by itself. `restore`: an archived product
        comes back first, else linking it would mean to sell what was given up."""
        self.ensure_one()
        if restore:
            product.action_unarchive()
        if not product.active:
            raise UserError(
                self.env._("%s is archived. Restore it or choose another.", product.display_name)
            )
        if with_code:
            self._add_code_to(product)
        self.write({"product_id": product.id, "match_field": "manual"})
        self.action_link()

    def _add_code_to(self, product):
        code = (self.sku or self.ean or "").strip()
        if not code:
            raise UserError(self.env._("%s has neither code nor EAN to add.", self.name))
        known = {product.default_code, product.barcode, *product.additional_code_ids.mapped("code")}
        if code not in known:
            # Who decides about rows may say which product is meant, without other rights on it.
            row = self._as_system()
            row.env["product.additional.code"].create(
                {"product_id": product.id, "code": code, "company_id": self.company_id.id}
            )
