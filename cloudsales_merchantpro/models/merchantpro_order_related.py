"""Orders of the site that belong together: split from another one, or returning goods of it.

The order they belong to is known by its number, and may come into the inbox later than they do.
"""

from odoo import api, fields, models

from ..api.errors import ParseError
from ..api.fields import reference


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    split_from = fields.Char(
        string="Split From Number", readonly=True, index="btree_not_null", copy=False
    )
    return_of = fields.Char(
        string="Returns Goods Of Number", readonly=True, index="btree_not_null", copy=False
    )
    parent_id = fields.Many2one(
        "merchantpro.order", string="Split From", compute="_compute_belongs_to"
    )
    source_id = fields.Many2one(
        "merchantpro.order", string="Returns Goods Of", compute="_compute_belongs_to"
    )
    child_ids = fields.Many2many(
        "merchantpro.order", string="Split Off", compute="_compute_belonging"
    )
    return_ids = fields.Many2many(
        "merchantpro.order", string="Returns", compute="_compute_belonging"
    )
    related_count = fields.Integer(string="Related Orders", compute="_compute_belonging")

    def _prepare_inbox_values(self, shop, external_id, row):
        return {
            **super()._prepare_inbox_values(shop, external_id, row),
            "split_from": self._split_from(external_id, row),
            "return_of": self._number(row, "return_source_id"),
        }

    def _split_from(self, external_id, row):
        """95750870.3 was split from 95750870; others may tell it by `parent_id` only."""
        return external_id.rpartition(".")[0] or self._number(row, "parent_id")

    def _number(self, row, key):
        try:
            return reference(row, key) or False
        except ParseError:
            return False  # told by `process`, on the order

    @api.depends("split_from", "return_of")
    def _compute_belongs_to(self):
        numbers = {*self.mapped("split_from"), *self.mapped("return_of")} - {False}
        orders = numbers and self.search(
            [("shop_id", "in", self.shop_id.ids), ("external_id", "in", list(numbers))]
        )
        known = {(order.shop_id, order.external_id): order for order in orders or ()}
        for order in self:
            order.parent_id = known.get((order.shop_id, order.split_from))
            order.source_id = known.get((order.shop_id, order.return_of))

    @api.depends("external_id")
    def _compute_belonging(self):
        shops, numbers = self.shop_id.ids, self.mapped("external_id")
        for field, number in (("child_ids", "split_from"), ("return_ids", "return_of")):
            found = self.search([("shop_id", "in", shops), (number, "in", numbers)])
            for order in self:
                order[field] = found.filtered(
                    lambda each, order=order, number=number: (
                        each.shop_id == order.shop_id and each[number] == order.external_id
                    )
                )
        for order in self:
            order.related_count = len(order._related())

    def _related(self):
        return self.parent_id | self.source_id | self.child_ids | self.return_ids

    def action_open_related(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Related Orders"),
            "res_model": "merchantpro.order",
            "view_mode": "list,form",
            "domain": [("id", "in", self._related().ids)],
        }
