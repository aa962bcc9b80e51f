"""Exactly what Import will do with rows of a shop, in figures and row by row.

The lines are the steps of the plan that the import carries out; it leaves, and names, what
would not be the same any more. Nothing but these records is written."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.import_plan import ACTIONS, DUE, FIGURES

BATCH = 5000


class MerchantProImportPreview(models.TransientModel):
    _name = "merchantpro.import.preview"
    _description = "What Import Will Do"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    line_ids = fields.One2many("merchantpro.import.preview.line", "preview_id")
    link_count = fields.Integer("Linked to existing products", readonly=True)
    create_count = fields.Integer("Products without variants created", readonly=True)
    family_count = fields.Integer("Products with variants created", readonly=True)
    variant_count = fields.Integer("... their variants", readonly=True)
    join_count = fields.Integer("Variants added to existing products", readonly=True)
    attribute_count = fields.Integer("New attributes", readonly=True)
    value_count = fields.Integer("New attribute values", readonly=True)
    category_count = fields.Integer("New product categories", readonly=True)
    tax_count = fields.Integer("New price-included taxes", readonly=True)
    left_count = fields.Integer("Left", readonly=True)
    linked_count = fields.Integer("Already linked", readonly=True)
    due_count = fields.Integer(compute="_compute_due_count")

    @api.depends("shop_id")
    def _compute_display_name(self):
        for preview in self:
            preview.display_name = self.env._("Import of %s", preview.shop_id.name)

    def _compute_due_count(self):
        for preview in self:
            preview.due_count = sum(preview[f"{action}_count"] for action in DUE)

    def _open(self, shop, rows):
        if len(shop) != 1:
            raise UserError(self.env._("Choose rows of one shop."))
        return self._preview(shop, rows).action_open()

    def _preview(self, shop, rows):
        """A preview of the import of `rows` of a shop."""
        plan = rows._import_plan(shop)
        preview = self.create(
            {
                "shop_id": shop.id,
                **{f"{figure}_count": count for figure, count in plan.figures().items()},
            }
        )
        lines = [preview._prepare_line(step) for step in plan.steps]
        for start in range(0, len(lines), BATCH):
            self.env["merchantpro.import.preview.line"].create(lines[start : start + BATCH])
        return preview

    def _prepare_line(self, step):
        product = step.product or step.template
        return {
            "preview_id": self.id,
            "row_id": step.row.id,
            "action": step.action,
            "target": product.display_name if product else False,
            "note": "\n".join(filter(None, [step.reason, *step.notes])) or False,
            "key": step.key if step.due else False,
        }

    def action_import(self):
        """Do what was previewed; opens the record that tells what became of it."""
        self.ensure_one()
        lines = self.line_ids.filtered("key")
        shop = self.shop_id._as_system()
        run = shop.env["merchantpro.import"]._begin(
            shop,
            lines.row_id.with_env(shop.env),
            planned={line.row_id.id: line.key for line in lines},
            figures={figure: self[f"{figure}_count"] for figure in FIGURES},
        )
        if not run:
            raise UserError(self.env._("Nothing is left to import of these rows."))
        return run.action_open()

    def action_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    def action_open_lines(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cloudsales_merchantpro.merchantpro_import_preview_line_action"
        )
        return {**action, "domain": [("preview_id", "=", self.id)]}


class MerchantProImportPreviewLine(models.TransientModel):
    _name = "merchantpro.import.preview.line"
    _description = "What Import Will Do with a Row"
    _order = "id"

    preview_id = fields.Many2one(
        "merchantpro.import.preview", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="preview_id.company_id")
    row_id = fields.Many2one("merchantpro.variant", required=True, ondelete="cascade")
    action = fields.Selection(ACTIONS, string="What Happens", required=True)
    target = fields.Char("Product", help="The product to link to, or to add the variant to.")
    note = fields.Text()
    key = fields.Char()
    name = fields.Char(related="row_id.name")
    sku = fields.Char(related="row_id.sku")
    ean = fields.Char(related="row_id.ean")
    page_id = fields.Many2one(related="row_id.parent_id", store=True)
    price_gross = fields.Float(related="row_id.price_gross", aggregator=None)
