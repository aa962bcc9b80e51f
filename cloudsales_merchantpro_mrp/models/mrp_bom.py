"""A bill of materials that begins, ends or changes concerns the shops that sell its kits."""

from odoo import api, models

DECIDES_KITS = {
    "active", "bom_line_ids", "company_id", "product_id", "product_qty", "product_tmpl_id",
    "product_uom_id", "sequence", "type",
}  # fmt: skip


class MrpBom(models.Model):
    _inherit = "mrp.bom"

    @api.model_create_multi
    def create(self, vals_list):
        boms = super().create(vals_list)
        boms._note_kits()
        return boms

    def write(self, vals):
        if DECIDES_KITS.isdisjoint(vals):
            return super().write(vals)
        self._note_kits()
        result = super().write(vals)
        self._note_kits()
        return result

    def unlink(self):
        # The database removes the lines; mrp.bom.line is not asked.
        self._note_kits()
        return super().unlink()

    def _note_kits(self):
        if not self.env["merchantpro.shop"]._watched_locations():
            return
        boms = self.sudo().filtered(lambda bom: bom.type == "phantom")
        general = boms.filtered(lambda bom: not bom.product_id).product_tmpl_id
        kits = boms.product_id | general.with_context(active_test=False).product_variant_ids
        self.env["merchantpro.change"]._note_products(kits.ids)


class MrpBomLine(models.Model):
    _inherit = "mrp.bom.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.bom_id._note_kits()
        return lines

    def write(self, vals):
        before = self.bom_id if "bom_id" in vals else self.env["mrp.bom"]
        result = super().write(vals)
        (before | self.bom_id)._note_kits()
        return result

    def unlink(self):
        self.bom_id._note_kits()
        return super().unlink()
