"""What people do with the runs of rules: retry, run now, skip."""

from odoo import models
from odoo.exceptions import UserError


class MerchantProRuleRun(models.Model):
    _inherit = "merchantpro.rule.run"

    def action_retry(self):
        """Do again what failed or was not needed, now."""
        runs = self._as_system().filtered(lambda run: run.state in ("failed", "skipped"))
        runs._restart()

    def action_run_now(self):
        """Do what waits now, whatever its delay, its hours and the rules before it."""
        self._as_system().filtered(lambda run: run.state == "waiting")._restart()

    def action_skip(self):
        """It is not to be done; what waited for it goes on."""
        runs = self._as_system().filtered(lambda run: run.state in ("waiting", "failed"))
        for run in runs:
            if not run._claimed(("waiting", "failed")):
                raise UserError(self.env._("Somebody else is at it."))
            run._settle("skipped", result=self.env._("Skipped by %s.", self.env.user.name))

    def action_open_order(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "view_mode": "form",
        }

    def _restart(self):
        """For a person who waits to see what becomes of it."""
        for run in self.sorted(lambda each: (each.rule_id.sequence, each.rule_id.id, each.id)):
            if not run._claimed(("waiting", "failed", "skipped")):
                raise UserError(self.env._("Somebody else is at it."))
            run.write(
                {
                    "state": "waiting",
                    "insist": True,
                    "tries": 0,
                    "problem": False,
                    "result": False,
                    "next_try": False,
                    "settled_at": False,
                }
            )
            run.with_company(run.company_id)._perform()
