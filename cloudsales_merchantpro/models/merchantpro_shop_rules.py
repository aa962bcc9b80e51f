"""The rules of a shop, as its form shows them."""

from odoo import fields, models
from odoo.fields import Domain


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    rule_count = fields.Integer(string="Rules", compute="_compute_rule_count")
    rule_failed_count = fields.Integer(string="Open Points", compute="_compute_rule_count")

    def _compute_rule_count(self):
        for shop in self:
            shop.rule_count = self.env["merchantpro.rule"].search_count(shop._of_rules())
            shop.rule_failed_count = self.env["merchantpro.rule.run"].search_count(
                [("order_id.merchantpro_shop_id", "=", shop.id), ("state", "=", "failed")]
            )

    def _of_rules(self):
        everywhere = Domain("shop_ids", "=", False) & Domain(
            "company_id", "in", self.company_id.ids
        )
        return Domain("shop_ids", "in", self.ids) | everywhere

    def action_open_rules(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cloudsales_merchantpro.merchantpro_rule_action"
        )
        context = {"active_test": False, "default_shop_ids": self.ids}
        return {**action, "domain": list(self._of_rules()), "context": context}

    def action_open_failed_runs(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cloudsales_merchantpro.merchantpro_rule_run_failed_action"
        )
        mine = Domain("order_id.merchantpro_shop_id", "in", self.ids) & Domain(
            "state", "=", "failed"
        )
        return {**action, "domain": list(mine)}
