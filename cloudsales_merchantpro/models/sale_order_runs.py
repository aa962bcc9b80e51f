"""What the rules did with a sales order, where people look: what ran, what waits, what failed."""

from collections import Counter

from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    merchantpro_run_words = fields.Char(
        string="What the Rules Did", compute="_compute_merchantpro_run_words", compute_sudo=True
    )
    merchantpro_rule_problem = fields.Text(
        string="Rules That Failed", compute="_compute_merchantpro_run_words", compute_sudo=True
    )

    @api.depends("merchantpro_run_ids.state", "merchantpro_run_ids.problem")
    def _compute_merchantpro_run_words(self):
        for order in self:
            runs = order.merchantpro_run_ids
            failed = runs.filtered(lambda run: run.state == "failed")
            order.merchantpro_run_words = order._run_words(Counter(runs.mapped("state")))
            order.merchantpro_rule_problem = "\n".join(
                f"{run.rule_id.name}: {run.problem or ''}" for run in failed.sorted("id")
            )

    def _run_words(self, count):
        """“5 ran, 1 waits, 2 failed”; "" where no rule has anything to do."""
        ended = count["done"] + count["skipped"]
        return ", ".join(
            words
            for number, words in (
                (ended, self.env._("%s ran", ended)),
                (count["waiting"], self.env._("%s wait", count["waiting"])),
                (count["failed"], self.env._("%s failed", count["failed"])),
            )
            if number
        )

    def action_open_rule_runs(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cloudsales_merchantpro.merchantpro_rule_run_action"
        )
        return {**action, "domain": [("order_id", "in", self.ids)], "context": {}}

    def action_retry_rules(self):
        """Do again what failed for these orders."""
        runs = self.env["merchantpro.rule.run"].search(
            [("order_id", "in", self.ids), ("state", "=", "failed")]
        )
        runs.action_retry()
