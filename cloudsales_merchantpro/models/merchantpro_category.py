"""The site's category tree, and which product category each means here."""

from odoo import api, fields, models


class MerchantProCategory(models.Model):
    _name = "merchantpro.category"
    _description = "MerchantPro Category"
    _order = "complete_name, id"
    _parent_store = True
    _rec_name = "complete_name"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    external_id = fields.Char(string="Site ID", required=True)
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
            category.complete_name = " / ".join([*parents, category.name])

    def _upsert(self, shop, parsed):
        """Bring the shop's tree in line with a list of api Category. A parent that is not in
        the list leaves its child at the root."""
        known = self._by_external_id(shop)
        new = [each for each in parsed if each.id not in known]
        self.create(
            [{"shop_id": shop.id, "external_id": each.id, "name": each.name} for each in new]
        )
        known = self._by_external_id(shop)
        for each in parsed:
            values = {
                "name": each.name,
                "active": each.active,
                "parent_id": known[each.parent_id].id if each.parent_id in known else False,
            }
            known[each.id]._write_changes(values)

    def _by_external_id(self, shop):
        every = self.with_context(active_test=False).search([("shop_id", "=", shop.id)])
        return {category.external_id: category for category in every}

    def _write_changes(self, values):
        changed = {
            name: value
            for name, value in values.items()
            if self._fields[name].convert_to_write(self[name], self) != value
        }
        if changed:
            self.write(changed)

    def _product_category(self):
        """The product category meant here; made, with its parents, where it is not set."""
        self.ensure_one()
        if not self.category_id:
            parent = self.parent_id._product_category() if self.parent_id else self.category_id
            found = self.env["product.category"].search(
                [("name", "=", self.name), ("parent_id", "=", parent.id)], limit=1
            )
            self.category_id = found or found.create({"name": self.name, "parent_id": parent.id})
        return self.category_id
