"""Creating what a plan says in as few `create` calls as Odoo has models for it."""

from odoo import Command, fields, models

from .import_prices import split_prices
from .import_shared import pairs


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
        families = [(page, steps, _prices(steps, plan.shared)) for page, steps in plan.families()]
        templates = (
            self.env["product.template"]
            # The variants are those the site has, and come next.
            .with_context(create_product_product=False)
            .create(
                [
                    page._prepare_template_values(steps, plan.shared, price)
                    for page, steps, (price, _extras, _misfits) in families
                ]
            )
        )
        joins = [step for step in plan.due if step.action == "join"]
        place = {step: step.template for step in joins}
        for (_page, steps, _family_prices), template in zip(families, templates, strict=True):
            place.update(dict.fromkeys(steps, template))
        values = self._new_template_values(families, templates)
        values.update(self._joined_template_values(joins, plan.shared))
        products = self.env["product.product"].create(
            [step.row._prepare_product_values(step, template, plan.shared, values)
             for step, template in place.items()]
        )  # fmt: skip
        return dict(zip(place, products, strict=True))

    def _new_template_values(self, families, templates):
        """Make the values of new templates, with the extra prices that give the site's prices:
        {(template id, attribute value id): product.template.attribute.value id}."""
        wanted = {}
        for (_page, _steps, (_price, extras, _misfits)), template in zip(
            families, templates, strict=True
        ):
            for line in template.attribute_line_ids:
                for value in line.value_ids:
                    wanted[template.id, value.id] = {
                        "attribute_line_id": line.id,
                        "product_attribute_value_id": value.id,
                        "price_extra": extras.get(value.id, 0.0),
                    }
        made = self.env["product.template.attribute.value"].create(list(wanted.values()))
        return dict(zip(wanted, made.ids, strict=True))

    def _joined_template_values(self, steps, shared):
        """The same for templates that were there: what is missing is added to their lines."""
        for step in steps:
            lines = step.template.attribute_line_ids.grouped(lambda line: line.attribute_id.id)
            for attribute_id, value_id in pairs(step, shared):
                line = lines[attribute_id][:1]
                if value_id not in line.value_ids.ids:
                    line.with_context(merchantpro_listed_variants_only=True).write(
                        {"value_ids": [Command.link(value_id)]}
                    )
        templates = self.env["product.template"].browse({step.template.id for step in steps})
        values = templates.attribute_line_ids.product_template_value_ids._only_active()
        return {(each.product_tmpl_id.id, each.product_attribute_value_id.id): each.id
                for each in values}  # fmt: skip

    def _prepare_product_values(self, step, template, shared, template_values):
        wanted = [value_id for _attribute_id, value_id in pairs(step, shared)]
        if step.action == "join":
            named = set(step.attributes.values())
            others = template.attribute_line_ids._without_no_variant_attributes().filtered(
                lambda line: line.attribute_id.id not in named
            )
            wanted += others.value_ids.ids  # of one value each, or the plan had refused
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
        for step, product in made.items():
            step.row.product_id = product
        rows = self.browse([step.row.id for step in made])
        rows._write_linked(match_field="created")
        whole = [step.row.id for step in made if step.action != "join"]
        self.browse(whole).template_created = True
        for step in made:
            note = "\n".join(step.notes) or False
            if note != step.row.import_note:
                step.row.import_note = note
        if rows:
            rows.parent_id._created_here(rows)


def _prices(steps, shared):
    """As `split_prices`; the variants that will not have the site's price say so."""
    prices = {
        step: (tuple(value for _attribute, value in pairs(step, shared)), step.row.price_gross)
        for step in steps
    }
    price, extras, misfits = split_prices(prices)
    for step in misfits:
        note = step.row.env._(
            "Its price on the site is %s, which extra prices of its attribute values cannot give.",
            step.row.price_gross,
        )
        step.notes.append(note)
    return price, extras, misfits
