"""One product whose stock or price on the site is not what it should be."""

from odoo import api, fields, models

from .merchantpro_variant_push import same_value


class MerchantProReconciliationLine(models.Model):
    _name = "merchantpro.reconciliation.line"
    _description = "Difference between Odoo and a MerchantPro Site"
    _order = "id"

    reconciliation_id = fields.Many2one(
        "merchantpro.reconciliation", required=True, ondelete="cascade", index=True
    )
    shop_id = fields.Many2one(related="reconciliation_id.shop_id")
    company_id = fields.Many2one(related="reconciliation_id.company_id", store=True)
    variant_id = fields.Many2one(
        "merchantpro.variant", string="Product", required=True, ondelete="cascade", index=True
    )
    difference = fields.Selection(
        [
            ("stock", "Stock"),
            ("price", "Price"),
            ("both", "Stock and Price"),
            ("gone", "Not Listed"),
        ],
        required=True,
    )
    stock = fields.Float(string="Stock Here", digits="Product Unit")
    site_stock = fields.Float(string="Stock on the Site", digits="Product Unit")
    price = fields.Float(string="Price Here", digits=(16, 4), aggregator=None)
    site_price = fields.Float(string="Price on the Site", digits=(16, 4), aggregator=None)
    site_values = fields.Json()
    since = fields.Datetime(
        help="When the change that the site does not have was made; where there is none, when the"
        " site acknowledged the product last."
    )
    waiting = fields.Boolean(string="On Its Way", help="The change was waiting to be sent.")
    compared_at = fields.Datetime(default=fields.Datetime.now)
    repaired = fields.Boolean(compute="_compute_repaired")

    @api.depends("variant_id.pushed_at")
    def _compute_repaired(self):
        for line in self:
            pushed_at = line.variant_id.pushed_at
            line.repaired = bool(pushed_at and pushed_at >= line.compared_at)

    @api.model
    def _find(self, reconciliation, units):
        """Lines for the rows of {row: api Variant} that the site does not have as it should."""
        rows = self.env["merchantpro.variant"].union(*units)
        published, _problems = reconciliation.shop_id._published(rows)
        waiting = rows._waiting_since()
        found = []
        for row, values in published.items():
            theirs = {name: float(getattr(units[row], name) or 0.0) for name in values}
            wrong = {name for name in values if not same_value(name, values[name], theirs[name])}
            if wrong:
                line = self._prepare(reconciliation, row, waiting)
                found.append({**line, **self._prepare_difference(wrong, values, theirs)})
        return self.create(found)

    @api.model
    def _find_missing(self, reconciliation, rows):
        """Lines for linked rows that the site did not list."""
        waiting = rows._waiting_since()
        return self.create(
            [{**self._prepare(reconciliation, row, waiting), "difference": "gone"} for row in rows]
        )

    def _prepare(self, reconciliation, row, waiting):
        return {
            "reconciliation_id": reconciliation.id,
            "variant_id": row.id,
            "waiting": row in waiting,
            "since": waiting.get(row) or row.pushed_at,
        }

    def _prepare_difference(self, wrong, values, theirs):
        stock, price = "stock" in wrong, bool(wrong - {"stock"})
        name = next((name for name in values if name in ("price_gross", "price_net")), None)
        return {
            "difference": "both" if stock and price else "stock" if stock else "price",
            "stock": values.get("stock", 0.0),
            "site_stock": theirs.get("stock", 0.0),
            "price": values.get(name, 0.0),
            "site_price": theirs.get(name, 0.0),
            "site_values": theirs,
        }

    def _repair(self):
        """Send what is not on its way already. A product that was not listed is sent too: the
        site then says that it is gone, or has it."""
        for line in self:
            row = line.variant_id
            if line.waiting or line.repaired or row.match_state != "linked":
                continue
            # Now we know what the site has; the push compares with it.
            row._write_changes(line.site_values or {"must_send": True})
            self.env["merchantpro.change"]._note_variants(row)
