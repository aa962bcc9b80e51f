"""A dry run: what the rules would do to an order, or to yesterday's orders.

It asks what a rule asks when it runs, as if its event happened now, and does nothing; what a rule
has done already for an order is told too. Nothing but the answer itself is written."""

import datetime

import pytz

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

LONGEST = 20000  # lines; more than anybody reads


class MerchantProRulePreview(models.TransientModel):
    _name = "merchantpro.rule.preview"
    _description = "What Rules Would Do"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    rule_ids = fields.Many2many("merchantpro.rule", help="None: all that are switched on.")
    scope = fields.Selection(
        [("order", "One Order"), ("yesterday", "Yesterday's Orders")],
        string="For",
        required=True,
        default="yesterday",
    )
    order_id = fields.Many2one(
        "sale.order",
        domain="[('merchantpro_order_id', '!=', False), ('company_id', '=', company_id)]",
    )
    line_ids = fields.One2many("merchantpro.rule.preview.line", "preview_id")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if values.get("order_id"):
            order = self.env["sale.order"].browse(values["order_id"])
            values.update(scope="order", company_id=order.company_id.id)
        return values

    def action_show(self):
        """The answer, a line for each order and rule."""
        self.ensure_one()
        orders, rules = self._orders(), self._rules()
        if not orders:
            raise UserError(self.env._("There is no such order of a shop."))
        if not rules:
            raise UserError(self.env._("No rule is switched on."))
        if len(orders) * len(rules) > LONGEST:
            raise UserError(self.env._("These are too many. Choose some of the rules."))
        self.line_ids = [Command.clear(), *map(Command.create, self._prepare_lines(orders, rules))]
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cloudsales_merchantpro.merchantpro_rule_preview_line_action"
        )
        return {**action, "domain": [("preview_id", "=", self.id)]}

    def _rules(self):
        if self.rule_ids:
            return self.rule_ids.sorted()
        return self.env["merchantpro.rule"].search([("company_id", "=", self.company_id.id)])

    def _orders(self):
        if self.scope == "order":
            return self.order_id
        of_shops = Domain("merchantpro_order_id", "!=", False)
        mine = Domain("company_id", "=", self.company_id.id)
        begin, end = self._yesterday()
        placed = Domain("date_order", ">=", begin) & Domain("date_order", "<", end)
        return self.env["sale.order"].search(of_shops & mine & placed, order="date_order, id")

    def _yesterday(self):
        """Its beginning and its end in UTC, as the company's clock shows it."""
        zone = pytz.timezone(self.company_id._merchantpro_tz())
        today = pytz.utc.localize(fields.Datetime.now()).astimezone(zone).date()
        midnights = (today - datetime.timedelta(days=1), today)
        return [
            zone.localize(datetime.datetime.combine(day, datetime.time()))
            .astimezone(pytz.utc)
            .replace(tzinfo=None)
            for day in midnights
        ]

    def _prepare_lines(self, orders, rules):
        runs = self.env["merchantpro.rule.run"].search(
            [("order_id", "in", orders.ids), ("rule_id", "in", rules.ids)], order="id"
        )
        past = runs.grouped(lambda run: (run.order_id, run.rule_id))
        return [
            {"order_id": order.id, "rule_id": rule.id, **self._outcome(order, rule, past)}
            for order in orders
            for rule in rules
        ]

    def _outcome(self, order, rule, past):
        """Whether the rule would run for the order, and why not."""
        if runs := past.get((order, rule)):
            return {"outcome": "ran", "words": "\n".join(run._in_short() for run in runs)}
        if words := rule._why_not(order):
            return {"outcome": "no", "words": words}
        if rule._has_to_wait(order):
            return {"outcome": "wait", "words": self.env._("Until it matches the second filter.")}
        return {"outcome": "would", "words": False}


class MerchantProRulePreviewLine(models.TransientModel):
    _name = "merchantpro.rule.preview.line"
    _description = "What a Rule Would Do to an Order"

    preview_id = fields.Many2one("merchantpro.rule.preview", required=True, ondelete="cascade")
    order_id = fields.Many2one("sale.order", required=True, ondelete="cascade")
    rule_id = fields.Many2one("merchantpro.rule", required=True, ondelete="cascade")
    event = fields.Selection(related="rule_id.event")
    action = fields.Selection(related="rule_id.action")
    outcome = fields.Selection(
        [
            ("would", "Would Run"),
            ("wait", "Would Wait"),
            ("no", "Would Not Run"),
            ("ran", "Noted Already"),
        ],
        required=True,
    )
    words = fields.Text(string="Because")


class MerchantProRule(models.Model):
    _inherit = "merchantpro.rule"

    def action_preview(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Would They Do?"),
            "res_model": "merchantpro.rule.preview",
            "view_mode": "form",
            "target": "new",
            "context": {"default_rule_ids": self.ids},
        }

    def action_open_runs(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cloudsales_merchantpro.merchantpro_rule_run_action"
        )
        return {**action, "domain": [("rule_id", "in", self.ids)], "context": {}}


class MerchantProRuleRun(models.Model):
    _inherit = "merchantpro.rule.run"

    def _in_short(self):
        """“Done: AWB 123”"""
        state = dict(self._fields["state"]._description_selection(self.env))[self.state]
        said = self.problem or self.result
        return f"{state}: {said}" if said else state
