"""One rule, one document, once: what is to be done, what came of it."""

from odoo import fields, models


class MerchantProRuleRun(models.Model):
    _name = "merchantpro.rule.run"
    _description = "Run of a Rule"
    _inherit = "merchantpro.job"
    _order = "id desc"

    rule_id = fields.Many2one("merchantpro.rule", required=True, ondelete="cascade", index=True)
    order_id = fields.Many2one("sale.order", required=True, ondelete="cascade", index=True)
    picking_id = fields.Many2one("stock.picking", string="Transfer", ondelete="cascade")
    move_id = fields.Many2one("account.move", string="Invoice", ondelete="cascade")
    company_id = fields.Many2one(related="rule_id.company_id", store=True, index=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("skipped", "Not Needed"),
        ],
        default="waiting",
        required=True,
        index=True,
    )
    run_at = fields.Datetime(string="Not Before")
    tries = fields.Integer(readonly=True)
    problem = fields.Text(readonly=True)
    result = fields.Text(readonly=True, help="What was done, in words.")

    _once_uniq = models.UniqueIndex(
        "(rule_id, order_id, coalesce(picking_id, 0), coalesce(move_id, 0))",
        "A rule runs once for a document.",
    )
