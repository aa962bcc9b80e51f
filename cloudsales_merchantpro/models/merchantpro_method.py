"""What payment and shipping methods have in common: rows that appear when first seen."""

from odoo import fields, models


class MerchantProMethod(models.AbstractModel):
    _name = "merchantpro.method"
    _description = "Method of a MerchantPro Site"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    code = fields.Char(required=True)
    name = fields.Char(required=True)

    def _for_codes(self, shop, names):
        """{code: row} for {code: name}."""
        known = self.search([("shop_id", "=", shop.id), ("code", "in", list(names))])
        rows = {row.code: row for row in known}
        new = [
            self._prepare_seen_values(shop, code, name)
            for code, name in names.items()
            if code not in rows
        ]
        return rows | {row.code: row for row in self.create(new)}

    def _prepare_seen_values(self, shop, code, name):
        return {"shop_id": shop.id, "code": code, "name": name or code}
