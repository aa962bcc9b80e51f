"""What would be ordered now, supplier by supplier, before anything is."""

from odoo import api, fields, models

AT_ONCE = 5  # suppliers; a request that takes minutes is killed


class PurchaseNeedPreview(models.TransientModel):
    _name = "purchase.need.preview"
    _description = "Preview of Orders to Suppliers"

    need_ids = fields.Many2many("purchase.need")
    line_ids = fields.One2many("purchase.need.preview.line", "preview_id", readonly=True)
    left_out = fields.Text(readonly=True)

    @api.model
    def _of(self, needs):
        """The preview of ordering these, or all that are to be ordered of the companies at hand."""
        everything = self.env["purchase.need"]
        needs = needs or everything.search(
            [("state", "in", ("open", "blocked")), ("company_id", "in", self.env.companies.ids)]
        )
        everything._balance_products(needs.product_id)
        needs = needs.exists()
        blocked = needs.filtered(lambda need: need.state == "blocked")
        return self.create(
            {
                "need_ids": [(6, 0, needs.ids)],
                "left_out": "\n".join(
                    f"{need.product_id.display_name}: {need.problem}" for need in blocked[:20]
                ),
                "line_ids": [
                    (0, 0, self._prepare_line_values(some)) for some in needs._groups().values()
                ],
            }
        )

    def _prepare_line_values(self, needs):
        group = needs.sudo()
        cutoff = self.env["purchase.need.cutoff"]._of(group.company_id, group.supplier_id)
        values = group._prepare_purchase_values(cutoff._next_day(group.company_id))
        return {
            "supplier_id": group.supplier_id.id,
            "warehouse_id": group.warehouse_id.id,
            "need_count": len(group),
            "products": ", ".join(
                f"{sum(some.mapped('quantity')):g} × {product.display_name}"
                for product, some in list(group.grouped("product_id").items())[:10]
            ),
            "cost": sum(group.mapped("cost")),
            "currency_id": group.company_id.currency_id.id,
            "joins_id": group._open_draft(values).id,
            "then": cutoff.then or "draft",
        }

    def action_order(self):
        """At once where the person can wait for it; of many suppliers, in jobs."""
        needs = self.need_ids
        if len(needs._groups()) <= AT_ONCE:
            needs = needs.with_context(queue_job__no_delay=True)
        needs.consolidate()
        return needs.exists()._action_list(self.env._("Ordered Now"))


class PurchaseNeedPreviewLine(models.TransientModel):
    _name = "purchase.need.preview.line"
    _description = "Supplier in a Preview of Orders"

    preview_id = fields.Many2one("purchase.need.preview", required=True, ondelete="cascade")
    supplier_id = fields.Many2one("res.partner")
    warehouse_id = fields.Many2one("stock.warehouse")
    need_count = fields.Integer(string="Needs")
    products = fields.Char()
    currency_id = fields.Many2one("res.currency")
    cost = fields.Monetary(string="Expected Cost")
    joins_id = fields.Many2one("purchase.order", string="Joins the Draft")
    then = fields.Selection(
        [("draft", "Draft"), ("confirm", "Confirmed"), ("mail", "Confirmed and Sent")],
        string="Becomes",
    )


class PurchaseNeed(models.Model):
    _inherit = "purchase.need"

    def action_preview(self):
        """Show what ordering these would do; all of them where none is chosen."""
        preview = self.env["purchase.need.preview"]._of(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Order Now"),
            "res_model": preview._name,
            "res_id": preview.id,
            "view_mode": "form",
            "target": "new",
        }
