"""What kits are made of, for many at once and at any depth.

Odoo looks up the bills of materials kit by kit; a shop with thousands of kits cannot wait for
that. What one kit takes is counted as Odoo counts it (`mrp.bom.explode`)."""

from odoo import api, models
from odoo.tools import SQL

# Each line of a kit, with the products that its bill of materials is for.
LINES = SQL(
    """
    SELECT kit.id AS kit, line.product_id AS part
      FROM mrp_bom bom
      JOIN mrp_bom_line line ON line.bom_id = bom.id
      JOIN product_product kit ON kit.product_tmpl_id = bom.product_tmpl_id
                              AND (bom.product_id IS NULL OR bom.product_id = kit.id)
     WHERE bom.type = 'phantom' AND bom.active
    """
)


class MrpBom(models.Model):
    _inherit = "mrp.bom"

    @api.model
    def _within_kits(self, product_ids):
        """Ids of the products and of all that is in them, in one query."""
        return self._ids_found(
            SQL(
                """
                WITH RECURSIVE found(id) AS (
                    SELECT unnest(%(ids)s::integer[])
                     UNION
                    SELECT lines.part FROM found JOIN (%(lines)s) lines ON lines.kit = found.id
                )
                SELECT id FROM found
                """,
                ids=list(product_ids),
                lines=LINES,
            )
        )

    @api.model
    def _with_kits(self, product_ids):
        """Ids of all products that are sold from the stock of these, in one query: themselves,
        what is in them where they are kits, and the kits that contain any of that."""
        return self._ids_found(
            SQL(
                """
                WITH RECURSIVE part(id) AS (
                    SELECT unnest(%(ids)s::integer[])
                     UNION
                    SELECT lines.part FROM part JOIN (%(lines)s) lines ON lines.kit = part.id
                ), found(id) AS (
                    SELECT id FROM part
                     UNION
                    SELECT lines.kit FROM found JOIN (%(lines)s) lines ON lines.part = found.id
                )
                SELECT id FROM found
                """,
                ids=list(product_ids),
                lines=LINES,
            )
        )

    def _ids_found(self, query):
        self.flush_model(["active", "product_id", "product_tmpl_id", "type"])
        self.env["mrp.bom.line"].flush_model(["bom_id", "product_id"])
        self.env["product.product"].flush_model(["product_tmpl_id"])
        return {product_id for (product_id,) in self.env.execute_query(query)}

    @api.model
    def _kit_needs(self, products, company):
        """{kit: {component: quantity, in its unit, that one kit takes}} of the kits among the
        products. Components whose stock is not tracked are left out, and kits without any other."""
        within = products.browse(self._within_kits(products.ids))
        boms = self._bom_find(within, company_id=company.id, bom_type="phantom")
        needs = {each: boms[each]._needs(each, boms) for each in products if each in boms}
        return {kit: parts for kit, parts in needs.items() if parts}

    def _needs(self, kit, boms):
        """{component: quantity for one kit}; `boms` has those of the kits within."""
        made = self.product_uom_id._compute_quantity(
            self.product_qty, kit.uom_id, round=False, raise_if_failure=False
        )
        needs = {}
        pending = [(line, kit, 1.0) for line in self.bom_line_ids]
        while pending:
            line, owner, times = pending.pop()
            if line._skip_bom_line(owner):
                continue
            if inner := boms.get(line.product_id):
                times = line._times(inner, times)
                pending += [(each, line.product_id, times) for each in inner.bom_line_ids]
            elif line.product_id.is_storable and (quantity := line._need(times)):
                needs[line.product_id] = needs.get(line.product_id, 0.0) + quantity / made
        return needs


class MrpBomLine(models.Model):
    _inherit = "mrp.bom.line"

    def _times(self, inner, times):
        """How often the bill of the kit on this line is needed."""
        return self.product_uom_id._compute_quantity(
            times * self.product_qty / inner.product_qty, inner.product_uom_id, round=False
        )

    def _need(self, times):
        """Quantity in the component's unit; what is begun of the line's unit is used up."""
        return self.product_uom_id._compute_quantity(
            self.product_uom_id.round(times * self.product_qty, rounding_method="UP"),
            self.product_id.uom_id,
            round=False,
            raise_if_failure=False,
        )
