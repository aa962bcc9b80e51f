"""The site's category tree, and which product category each means here."""

from collections import defaultdict

from odoo import api, fields, models


class MerchantProCategory(models.Model):
    _name = "merchantpro.category"
    _description = "MerchantPro Category"
    _inherit = "merchantpro.staged"
    _order = "complete_name, id"
    _parent_store = True
    _rec_name = "complete_name"

    name = fields.Char(required=True)
    complete_name = fields.Char(compute="_compute_complete_name", recursive=True, store=True)
    parent_id = fields.Many2one(
        "merchantpro.category", string="Parent Category", ondelete="set null", index=True
    )
    parent_path = fields.Char(index=True)
    active = fields.Boolean(default=True)
    category_id = fields.Many2one(
        "product.category",
        string="Product Category",
        help="Products created from this category go here. Empty: made on import, same name.",
    )

    _external_uniq = models.Constraint(
        "unique(shop_id, external_id)", "The category is already in the list."
    )

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for category in self:
            parents = [category.parent_id.complete_name] if category.parent_id else []
            category.complete_name = " / ".join([*parents, category.name or ""])

    def _upsert(self, shop, parsed):
        """Bring the shop's tree in line with its api Categories, which have no cycles. A parent
        that is not in the list leaves its child at the root; what left the list is archived."""
        parsed = {each.id: each for each in parsed}
        known = self._by_external_id(shop)
        fresh = [each for each in parsed.values() if each.id not in known]
        self.create(
            [{"shop_id": shop.id, "external_id": each.id, "name": each.name} for each in fresh]
        )
        if fresh:
            known = self._by_external_id(shop)
        for external_id, each in parsed.items():
            known[external_id]._write_changes({"name": each.name, "active": each.active})
        self._move(known, {each.id: each.parent_id for each in parsed.values()})
        gone = [category for key, category in known.items() if key not in parsed]
        self.union(*gone).filtered("active").write({"active": False})

    def _move(self, known, parents):
        """Put each category under its parent. All that move leave their place first: two that
        change places are a cycle for a moment, which Odoo refuses."""
        moves = defaultdict(self.browse)
        for external_id, parent in parents.items():
            category, target = known[external_id], known.get(parent, self.browse())
            if category.parent_id != target:
                moves[target] |= category
        leaving = self.union(*moves.values()).filtered("parent_id")
        leaving.write({"parent_id": False})
        for target, categories in moves.items():
            if target:
                categories.write({"parent_id": target.id})

    def _by_external_id(self, shop, external_ids=None):
        """{external id: category} of the shop, of all or of those asked for."""
        domain = [("shop_id", "=", shop.id)]
        if external_ids is not None:
            domain.append(("external_id", "in", list(external_ids)))
        found = self.with_context(active_test=False).search_fetch(domain, ["external_id"])
        return {category.external_id: category for category in found}
