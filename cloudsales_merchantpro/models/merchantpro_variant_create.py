"""Creating what a plan says in as few `create` calls as Odoo has models for it."""

from odoo import Command, fields, models
from odoo.tools import SQL

from .import_shared import pairs

BOUND = (
    "match_state", "match_field", "match_reason", "product_id", "template_created",
    "import_error", "import_note",
)  # fmt: skip


class MerchantProVariant(models.Model):
    _inherit = "merchantpro.variant"

    match_field = fields.Selection(selection_add=[("options", "Options")])
    template_created = fields.Boolean(
        help="The site created the whole product, not only this variant of it."
    )
    import_note = fields.Text(help="What was left out when the row was imported.")

    def _carry_out(self, plan):
        """Link and create what the plan says, all of it or (when this raises) nothing."""
        plan.shared.make(plan)
        self._link_steps([step for step in plan.due if step.action == "link"])
        made = self._create_products(plan)
        self._bind(made)

    def _link_steps(self, steps):
        for step in steps:
            if step.match_field:
                step.row.write({"product_id": step.product.id, "match_field": step.match_field})
        rows = self.browse([step.row.id for step in steps])
        rows.filtered(lambda row: not row.match_field).match_field = "manual"
        rows._write_linked()

    def _write_linked(self, **values):
        if self:
            self.write(
                {"match_state": "linked", "match_reason": False, "import_error": False, **values}
            )

    def _create_products(self, plan):
        """{step: product.product} of all steps that make one."""
        families = plan.families()
        pages = self.env["merchantpro.product"].browse(page.id for page, _steps in families)
        pages.fetch(["description"])  # which is not read with the rest
        templates = (
            self.env["product.template"]
            # The variants are those the site has, and come next.
            .with_context(create_product_product=False)
            .create([page._prepare_template_values(steps, plan.shared) for page, steps in families])
        )
        joins = [step for step in plan.due if step.action == "join"]
        place = {step: step.template for step in joins}
        for (_page, steps), template in zip(families, templates, strict=True):
            place.update(dict.fromkeys(steps, template))
        values = self._new_template_values(place, plan.shared)
        values.update(self._join_values(joins, plan.shared))
        products = (
            self.env["product.product"]
            .with_context(merchantpro_import=True)
            .create(
                [
                    step.row._prepare_product_values(step, template, plan.shared, values)
                    for step, template in place.items()
                ]
            )
        )
        return dict(zip(place, products, strict=True))

    def _new_template_values(self, place, shared):
        """Make the values of the new templates, with the extra prices that give the site's
        prices: {(template id, attribute value id): product.template.attribute.value id}."""
        wanted = {}
        for step, template in place.items():
            if step.action != "variant":
                continue
            lines = {line.attribute_id.id: line.id for line in template.attribute_line_ids}
            for (attribute, value), extra in zip(
                pairs(step, shared), step.extras.values(), strict=True
            ):
                wanted[template.id, value] = {
                    "attribute_line_id": lines[attribute],
                    "product_attribute_value_id": value,
                    "price_extra": extra,
                }
        made = self.env["product.template.attribute.value"].create(list(wanted.values()))
        return dict(zip(wanted, made.ids, strict=True))

    def _prepare_product_values(self, step, template, shared, template_values):
        wanted = [value_id for _attribute_id, value_id in pairs(step, shared)]
        if step.action == "join":
            wanted += step.implied_values()
        return {
            "product_tmpl_id": template.id,
            "product_template_attribute_value_ids": [
                Command.set([template_values[template.id, value] for value in wanted])
            ],
            "default_code": (self.sku or "").strip() or False,
            "barcode": step.barcode or False,
            "weight": self.weight,
        }

    def _bind(self, made):
        """Link each row to its product, in one statement: the ORM would look at every row, and
        note the stock of each by itself."""
        rows = self.browse(step.row.id for step in made)
        rows.modified(BOUND, before=True)
        rows.flush_recordset()
        values = [
            (step.row.id, product.id, "\n".join(step.notes) or None, step.action != "join")
            for step, product in made.items()
        ]
        if not values:
            return
        self.env.execute_query(
            SQL(
                """
                UPDATE merchantpro_variant v
                   SET match_state = 'linked', match_field = 'created', match_reason = NULL,
                       product_id = n.product, template_created = n.whole,
                       import_error = NULL, import_note = n.note,
                       write_uid = %s, write_date = now() AT TIME ZONE 'UTC'
                  FROM unnest(%s::int[], %s::int[], %s::text[], %s::bool[])
                    AS n (id, product, note, whole)
                 WHERE v.id = n.id
                RETURNING v.id
                """,
                self.env.uid,
                *map(list, zip(*values, strict=True)),
            )
        )
        rows.invalidate_recordset(BOUND, flush=False)
        rows.modified(BOUND)
        sold = rows.filtered(lambda row: row.on_site and row.tracked)
        self.env["merchantpro.change"]._note_variants(sold)
        rows.parent_id._created_here(rows)
