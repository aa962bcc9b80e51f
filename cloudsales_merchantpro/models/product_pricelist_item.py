"""Pricelist rules that hold what a site decided."""

from odoo import fields, models


class ProductPricelistItem(models.Model):
    _inherit = "product.pricelist.item"

    # A shop that is deleted leaves its prices behind, as rules like any other.
    merchantpro_variant_id = fields.Many2one(
        "merchantpro.variant",
        string="Marketplace Product",
        ondelete="set null",
        readonly=True,
        copy=False,
        help="The price is the one on its site, and is set again whenever it is read.",
    )

    # Two workers at once: the later one finds that the rule is there, and begins again.
    _merchantpro_variant_uniq = models.UniqueIndex(
        "(merchantpro_variant_id, pricelist_id) WHERE merchantpro_variant_id IS NOT NULL",
        "The site's price is in this pricelist already.",
    )

    def _write_changes(self, values):
        """Write what differs from the rule; nothing when nothing does."""
        self.ensure_one()
        changed = {
            name: value
            for name, value in values.items()
            if self._fields[name].convert_to_write(self[name], self) != value
        }
        if changed:
            self.write(changed)
