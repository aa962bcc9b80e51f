"""Missing variants join the product that their sisters belong to.

The product gets the values it lacks, and nothing else of it changes. If the site created it,
its extra prices are the site's, so the new variant has the site's price; if it is the
merchant's, so are its prices."""

from odoo import Command, models

from .import_shared import pairs


class MerchantProVariant(models.Model):
    _inherit = "merchantpro.variant"

    def _join_values(self, steps, shared):
        """Add the values the templates lack; returns {(template id, attribute value id):
        product.template.attribute.value id} of all their values."""
        added = self._add_missing_values(steps, shared)
        templates = self.env["product.template"].browse({step.template.id for step in steps})
        values = templates.attribute_line_ids.product_template_value_ids._only_active()
        found = {(each.product_tmpl_id.id, each.product_attribute_value_id.id): each.id
                 for each in values}  # fmt: skip
        for step in steps:
            if step.template in step.row.parent_id._created_templates():
                self._price_joined(step, shared, found, added)
        return found

    def _add_missing_values(self, steps, shared):
        added = set()
        for step in steps:
            lines = step.template.attribute_line_ids.grouped(lambda line: line.attribute_id.id)
            for attribute_id, value_id in pairs(step, shared):
                line = lines[attribute_id][:1]
                if value_id not in line.value_ids.ids:
                    line.with_context(merchantpro_import=True).write(
                        {"value_ids": [Command.link(value_id)]}
                    )
                    added.add((step.template.id, value_id))
        return added

    def _price_joined(self, step, shared, values, added):
        """Give the one new value of the variant the extra that makes the site's price."""
        keys = [(step.template.id, value) for _attribute, value in pairs(step, shared)]
        keys += [(step.template.id, value) for value in step.implied_values()]
        extras = self.env["product.template.attribute.value"].browse(values[key] for key in keys)
        fresh = extras.browse(values[key] for key in keys if key in added)
        missing = (
            step.row.price_gross - step.template.list_price - sum(extras.mapped("price_extra"))
        )
        if len(fresh) == 1:
            fresh.price_extra += missing
            added.difference_update(keys)  # for the next variant with this value it is given
        elif abs(missing) > 0.005:
            step.note_price()


class MerchantProProduct(models.Model):
    _inherit = "merchantpro.product"

    def _created_templates(self):
        """The products that the site created whole from this page."""
        return self.variant_ids.filtered("template_created").product_id.product_tmpl_id
