"""Unlink rows, or all rows of a shop, after telling what that means."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class MerchantProStartOver(models.TransientModel):
    _name = "merchantpro.start.over"
    _description = "Unlink and Start Over"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    row_ids = fields.Many2many("merchantpro.variant", help="Empty: every row of the shop.")
    decisions = fields.Boolean(
        string="Forget Decisions Too",
        help="Also rows that people ignored, marked as new or chose a product for.",
    )
    rematch = fields.Boolean(string="Match Again", default=True)
    linked_count = fields.Integer(compute="_compute_counts", string="Rows to Unlink")
    row_count = fields.Integer(compute="_compute_counts", string="Rows to Forget")

    @api.depends("shop_id", "row_ids", "decisions")
    def _compute_counts(self):
        rows = self.env["merchantpro.variant"]
        for wizard in self:
            domain = wizard._rows_domain()
            wizard.row_count = rows.search_count(domain)
            wizard.linked_count = rows.search_count(domain & Domain("match_state", "=", "linked"))

    def _rows_domain(self):
        domain = Domain("shop_id", "=", self.shop_id.id)
        if self.row_ids:
            domain &= Domain("id", "in", self.row_ids.ids)
        linked = Domain("match_state", "=", "linked")
        decided = Domain("match_state", "=", "ignored") | Domain("match_field", "=", "manual")
        return domain & (linked | decided if self.decisions else linked)

    @api.model
    def _open(self, shop, rows=None):
        if len(shop) != 1:
            raise UserError(self.env._("Choose rows of one shop."))
        wizard = self.create({"shop_id": shop.id, "row_ids": rows and rows.ids})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Unlink and Start Over"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_confirm(self):
        self.ensure_one()
        if not self.row_ids:
            # As for every other setting of a shop.
            self.shop_id.check_access("write")
        rows = self.env["merchantpro.variant"].search(self._rows_domain())
        unlinked = rows.filtered(lambda row: row.match_state == "linked")
        if self.rematch:
            rows.action_start_over()
        else:
            rows.action_unlink_product()
        if unlinked:
            text = self.env._("%s rows were unlinked; their products stay.", len(unlinked))
            self.shop_id.sudo().message_post(body=text)
        return {"type": "ir.actions.act_window_close"}
