"""The values of a product that is created from a page of the site."""

from odoo import Command, models

from .import_properties import characteristics, property_values
from .import_shared import pairs


class MerchantProProduct(models.Model):
    _inherit = "merchantpro.product"

    def _prepare_template_values(self, steps, shared):
        """Values of a new product. The sales price is the site's, VAT included, and so is its
        tax: a price without VAT in two decimals cannot give every price with VAT.

        It belongs to no company, as Odoo's own new products: companies that share the stock
        list see it, and Odoo adds their own default taxes."""
        self.ensure_one()
        whole = steps[0].action == "variant"
        category = shared.product_category(self)
        values = {
            "name": self.name if whole else steps[0].row.name,
            **self._prepare_kind_values([step.row for step in steps]),
            self._description_field(): self.description,
            "list_price": steps[0].list_price,
            "taxes_id": [Command.set([shared.taxes.tax_id(self)])],
            "categ_id": category.id,
            "attribute_line_ids": _prepare_lines(steps, shared),
        }
        properties, homeless = property_values(characteristics(self), category)
        if properties:
            values["product_properties"] = properties
        if homeless:
            note = self.env._("No place for: %s", ", ".join(homeless))
            steps[0].notes.append(note)
        return values

    def _prepare_kind_values(self, rows):
        """What is downloaded has no stock; nor has a bundle, whose parts are counted."""
        counted = self.type not in ("digital", "bundle") and any(row.tracked for row in rows)
        return {"type": "service" if self.type == "digital" else "consu", "is_storable": counted}

    def _description_field(self):
        """Where a web page's text belongs: with Odoo's own shop installed in its description,
        else in the one field that keeps its layout and is printed on no document."""
        templates = self.env["product.template"]
        return "description_ecommerce" if "description_ecommerce" in templates else "description"


def _prepare_lines(steps, shared):
    values = {}
    for step in steps:
        for attribute_id, value_id in pairs(step, shared):
            values.setdefault(attribute_id, {})[value_id] = None
    return [
        Command.create({"attribute_id": attribute_id, "value_ids": [Command.set(list(value_ids))]})
        for attribute_id, value_ids in values.items()
    ]
