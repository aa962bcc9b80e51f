"""What all rows of the staging lists have in common: they follow the site."""

from odoo import api, fields, models


class MerchantProStaged(models.AbstractModel):
    _name = "merchantpro.staged"
    _description = "Row that follows a MerchantPro site"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    # Not `related`: it is inserted with the row, where that would be a second write of each.
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, precompute=True, readonly=False
    )
    external_id = fields.Char(string="Site ID", required=True)

    @api.depends("shop_id.company_id")
    def _compute_company_id(self):
        for row in self:
            row.company_id = row.shop_id.company_id

    def _write_changes(self, values):
        """Write what differs from the row; nothing when nothing does."""
        self.ensure_one()
        changed = {
            name: value for name, value in values.items() if not self._has_value(name, value)
        }
        if changed:
            self.write(changed)

    def _has_value(self, name, value):
        # As the cache would hold it: digits rounded, records as ids, "" as nothing.
        field = self._fields[name]
        now, wanted = (field.convert_to_cache(each, self) for each in (self[name], value))
        return (now or False) == (wanted or False)
