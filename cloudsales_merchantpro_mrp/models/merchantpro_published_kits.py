"""Kits are published with the quantity that their components make. An order in the inbox that asks
for a kit takes its components, also from the other kits and from themselves."""

from odoo import models


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    def _left(self, products):
        boms = self.env["mrp.bom"].sudo()
        kits = boms._kit_needs(products, self.company_id)
        parts = products.browse({part.id for needs in kits.values() for part in needs})
        plain = products.filtered(lambda product: product not in kits)
        left = super()._left(plain | parts)
        for kit, needs in kits.items():
            left[kit] = min(left[part] / need for part, need in needs.items())
        # Its bill of materials is archived with a kit.
        return left | dict.fromkeys(self._archived_kits(plain), 0.0)

    def _archived_kits(self, products):
        archived = products.filtered(lambda each: not (each.active or each.is_storable))
        if not archived:
            return archived
        boms = self.env["mrp.bom"].sudo().with_context(active_test=False)
        templates = boms.search(
            [("type", "=", "phantom"), ("product_tmpl_id", "in", archived.product_tmpl_id.ids)]
        ).product_tmpl_id
        return archived.filtered(lambda each: each.product_tmpl_id in templates)

    def _order_demand(self, products):
        boms = self.env["mrp.bom"].sudo()
        asked = super()._order_demand(products.browse(boms._with_kits(products.ids)))
        kits = boms._kit_needs(products.browse(asked), self.company_id)
        for kit, needs in kits.items():
            for part, need in needs.items():
                asked[part.id] = asked.get(part.id, 0.0) + asked[kit.id] * need
        return asked
