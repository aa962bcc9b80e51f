"""Two things that come in either order: a rule may wait, after its event, until the order matches
a second filter. “When reserved, as soon as it is paid” is one rule and runs once.

Whenever something else happens to the order, what waits is asked again; and once an hour, for
filters that ask for what no event tells."""

import datetime

from odoo import api, fields, models, tools

from .merchantpro_rule import EVENTS, parsed_domain
from .rule_outcomes import NotYet

PAUSE = datetime.timedelta(hours=1)
PATIENCE = datetime.timedelta(days=60)


class MerchantProRule(models.Model):
    _inherit = "merchantpro.rule"

    wait_domain = fields.Char(
        string="Wait until It Matches",
        tracking=True,
        help="After the event the rule waits until the order matches this too, then it runs.",
    )

    def write(self, vals):
        if "wait_domain" in vals:
            self.env.registry.clear_cache()
        return super().write(vals)

    @api.model
    @tools.ormcache()
    def _events_with_rules(self):
        """Each event may bring about what a rule waits for."""
        rules = self.sudo().search([("wait_domain", "!=", False)])
        waiting = rules.filtered(lambda rule: parsed_domain(rule.wait_domain)).company_id
        each = {(event, company.id) for company in waiting for event, _name in EVENTS}
        return super()._events_with_rules() | each

    @api.model
    def _happened(self, event, documents):
        result = super()._happened(event, documents)
        if documents and self._is_awaited(event):
            orders = [order for _document, order in self._orders_of(documents.sudo())]
            self.env["merchantpro.rule.run"].sudo()._wake_unmatched(orders)
        return result

    @api.constrains("wait_domain")
    def _check_wait_domain(self):
        for rule in self:
            rule._check_filter(rule.wait_domain)

    def _has_to_wait(self, order):
        return not order.filtered_domain(parsed_domain(self.wait_domain))


class MerchantProRuleRun(models.Model):
    _inherit = "merchantpro.rule.run"

    unmatched = fields.Boolean(
        readonly=True, help="It waits until the order matches the second filter."
    )

    def _wake_unmatched(self, orders):
        order_ids = [order.id for order in orders]
        if order_ids:
            waiting = [("order_id", "in", order_ids), ("state", "=", "waiting")]
            runs = self.search([*waiting, ("unmatched", "=", True)])
            runs.next_try = False
            runs._wake()

    def _check_conditions(self):
        result = super()._check_conditions()
        if self.rule_id._has_to_wait(self.order_id):
            raise NotYet
        self.unmatched = False
        return result

    def _wait_for_match(self):
        words = self.env._("Waits until the order matches the second filter of the rule.")
        if self.create_date < fields.Datetime.now() - PATIENCE:
            self._settle("skipped", result=words)
            return
        self.write(
            {
                "unmatched": True,
                "insist": False,
                "result": words,
                "next_try": fields.Datetime.now() + PAUSE,
            }
        )
        self._wake_next()
