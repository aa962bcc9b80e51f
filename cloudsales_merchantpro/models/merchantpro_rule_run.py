"""One rule, one document, once: what is to be done, what came of it. How it is done is in
merchantpro_rule_work.py."""

from odoo import api, fields, models


class MerchantProRuleRun(models.Model):
    _name = "merchantpro.rule.run"
    _description = "Run of a Rule"
    _inherit = "merchantpro.job"
    _order = "id desc"
    _rec_name = "rule_id"

    rule_id = fields.Many2one(
        "merchantpro.rule", required=True, readonly=True, ondelete="cascade", index=True
    )
    event = fields.Selection(related="rule_id.event", string="When")
    action = fields.Selection(related="rule_id.action", string="Do")
    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, ondelete="cascade", index=True
    )
    picking_id = fields.Many2one(
        "stock.picking",
        string="Transfer",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    shop_id = fields.Many2one(related="order_id.merchantpro_shop_id", string="Shop")
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
        readonly=True,
        index=True,
    )
    run_at = fields.Datetime(string="Not Before", readonly=True)
    next_try = fields.Datetime(readonly=True)
    insist = fields.Boolean(readonly=True, help="A person wants it done without the delay.")
    tries = fields.Integer(string="Failed Tries", readonly=True)
    problem = fields.Text(readonly=True)
    result = fields.Text(readonly=True, help="What was done, in words.")
    settled_at = fields.Datetime(string="Ended", readonly=True)

    _once_uniq = models.UniqueIndex(
        "(rule_id, order_id, coalesce(picking_id, 0), coalesce(move_id, 0))",
        "A rule runs once for a document.",
    )
    _waiting_index = models.Index("(order_id) WHERE state = 'waiting'")

    @api.model
    def _note(self, values):
        """Insert runs from values with the same keys; returns those that were not there yet."""
        if not values:
            return self.browse()
        names = list(values[0])
        rows = self.env.cr.execute_values(
            f"""
            INSERT INTO merchantpro_rule_run
                   ({", ".join(names)}, state, tries, create_uid, create_date)
            VALUES %s ON CONFLICT DO NOTHING RETURNING id
            """,
            [tuple(each.values()) for each in values],
            template=(
                f"({', '.join(['%s'] * len(names))}, 'waiting', 0, {int(self.env.uid)},"
                " now() AT TIME ZONE 'UTC')"
            ),
            fetch=True,
        )
        runs = self.browse(row[0] for row in rows)
        self.env["sale.order"].invalidate_model(["merchantpro_run_ids"])
        return runs
