"""Reordering rules and needs know of each other, so nothing is ordered twice.

What is on the list to be ordered counts as on its way for a reordering rule; what a rule has in a
request for quotation counts as coming for a need. Where the company says so, what a rule would
buy joins the list. It is looked at after the orders' own needs are: a rule is asked in the middle
of the confirmation that takes its product under the minimum."""

import functools

from odoo import api, models
from odoo.tools.misc import clean_context

from .purchase_need import TO_ORDER

NOTED = "cloudsales_merchantpro.need_rules"


class StockWarehouseOrderpoint(models.Model):
    _inherit = "stock.warehouse.orderpoint"

    def _procure_orderpoint_confirm(
        self, use_new_cursor=False, company_id=None, raise_user_error=True
    ):
        joining = self.filtered("company_id.purchase_needs_reordering").filtered(
            lambda rule: "buy" in rule.rule_ids.mapped("action")
        )
        self.env["purchase.need"]._note_rules(joining)
        return super(StockWarehouseOrderpoint, self - joining)._procure_orderpoint_confirm(
            use_new_cursor=use_new_cursor, company_id=company_id, raise_user_error=raise_user_error
        )

    def _quantity_in_progress(self):
        progress = super()._quantity_in_progress()
        needs = self.env["purchase.need"].sudo()
        if not self or not needs._watched():
            return progress
        # Its own, where that is what is being asked.
        own = self.env.context.get("needs_of_rule")
        waiting = needs._read_group(
            [
                ("product_id", "in", self.product_id.ids),
                ("state", "in", TO_ORDER),
                ("orderpoint_id", "not in", own or []),
            ],
            ["product_id", "warehouse_id"],
            ["quantity:sum"],
        )
        for product, warehouse, quantity in waiting:
            for rule in self:
                if (rule.product_id, rule.warehouse_id) == (product, warehouse):
                    progress[rule.id] += quantity
        return progress

    def _need_quantity(self):
        """What this rule still asks for, beside all that is on the list already."""
        self.env.flush_all()
        self.invalidate_recordset(["qty_forecast"])
        self.product_id.invalidate_recordset(["virtual_available"])
        rule = self.with_context(needs_of_rule=self.ids)
        return rule.qty_to_order_manual or max(rule._get_qty_to_order(), 0.0)


class PurchaseNeed(models.Model):
    _inherit = "purchase.need"

    @api.model
    def _note_rules(self, rules):
        if not rules:
            return
        hooks = self.env.cr.precommit
        noted = hooks.data.get(NOTED)
        if noted is None:
            noted = hooks.data[NOTED] = set()
            hooks.add(functools.partial(self.sudo()._balance_noted_rules))
        noted.update(rules.ids)

    @api.model
    def _balance_noted_rules(self):
        # The orders' own needs first, whoever was noted first.
        self._balance_noted()
        noted = self.env.cr.precommit.data.pop(NOTED, None)
        if noted:
            self._balance_rules(self.env["stock.warehouse.orderpoint"].browse(noted).exists())

    @api.model
    def _balance_products(self, products):
        super()._balance_products(products)
        if self.env.context.get("needs_of_rule"):
            return
        living = self.sudo().search(
            [
                ("product_id", "in", products.ids),
                ("state", "in", TO_ORDER),
                ("orderpoint_id", "!=", False),
            ]
        )
        self._balance_rules(living.orderpoint_id)

    @api.model
    def _balance_rules(self, rules):
        """Make the list say what these rules ask for."""
        this = self.sudo().with_context(clean_context(self.env.context), needs_quiet=True)
        for rule in rules.sudo():
            need = this.search(
                [("orderpoint_id", "=", rule.id), ("state", "in", TO_ORDER)], limit=1
            )
            quantity = rule._need_quantity()
            if need and not quantity:
                need.write(
                    {
                        "state": "cancelled",
                        "reason": self.env._("There is enough meanwhile."),
                        "problem": False,
                    }
                )
            elif need and need.quantity != quantity:
                need.quantity = quantity
            elif not need and quantity:
                this.create(this._prepare_rule_values(rule, quantity))

    def _prepare_rule_values(self, rule, quantity):
        values = {
            "product_id": rule.product_id.id,
            "warehouse_id": rule.warehouse_id.id,
            "company_id": rule.company_id.id,
            "orderpoint_id": rule.id,
            "quantity": quantity,
            "reason": self.env._("Below the minimum of %g.", rule.product_min_qty),
        }
        if rule.supplier_id:
            values["supplier_id"] = rule.supplier_id.partner_id.id
        return values
