"""Unlinking: the rows forget their products and may be matched again.

ERP products stay as they are, and so do orders that were imported. Nothing is sent to the
site any more for such a row; an import or a push that is at work on it is waited for, or
finds nothing left to do."""

from odoo import models

FORGOTTEN = {
    "match_state": "unmatched",
    "product_id": False,
    "match_field": False,
    "match_reason": False,
    "template_created": False,
    "import_id": False,
    "import_plan": False,
    "import_error": False,
    "import_note": False,
    "push_error": False,
    "push_failures": 0,
    "price_failures": 0,
    "price_problem": False,
    "pushed_at": False,
}


class MerchantProVariant(models.Model):
    _inherit = "merchantpro.variant"

    def action_unlink_product(self):
        """Forget the product of each row, or what was decided instead of one."""
        rows = self.exists()
        rows._lock_families()
        rows = rows.filtered(lambda row: row.match_state != "unmatched")
        rows.write(FORGOTTEN)
        self.env["merchantpro.change"].sudo().search([("variant_id", "in", rows.ids)]).unlink()

    def action_start_over(self):
        """Forget, then match again."""
        self.action_unlink_product()
        return self.match()

    def action_open_start_over(self):
        return self.env["merchantpro.start.over"]._open(self.shop_id, self)


class MerchantProProduct(models.Model):
    _inherit = "merchantpro.product"

    def action_start_over(self):
        """For all variants of the pages."""
        return self.variant_ids.action_start_over()


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    def action_open_start_over(self):
        self.ensure_one()
        return self.env["merchantpro.start.over"]._open(self)
