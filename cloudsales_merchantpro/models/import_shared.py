"""What products share and an import makes when it is missing: attributes and their values,
product categories with their properties, taxes."""

from .concurrency import touch
from .import_attributes import Attributes
from .import_categories import Categories
from .import_properties import characteristics, define
from .import_taxes import Taxes


class Shared:
    def __init__(self, shop, rows):
        """Read what there is for these rows of the staging list."""
        pages = rows.parent_id
        self._env = shop.env
        self.attributes = Attributes(
            shop.env, {name for row in rows for name, _value in row.options or []}
        )
        self.categories = Categories(pages.category_id)
        self.taxes = Taxes(shop, pages)

    def missing(self, plan):
        """{figure: how many are to be made}."""
        pages = self._new_pages(plan)
        attributes, values = self.attributes.missing(plan.due)
        return {
            "attribute": len(attributes),
            "value": len(values),
            "category": len(self.categories.missing(pages.category_id)),
            "tax": len(self.taxes.missing(pages)),
        }

    def make(self, plan):
        """Make what is missing; returns how many as `missing` told."""
        figures = self.missing(plan)
        if any(figures.values()):
            claim(self._env)
        pages = self._new_pages(plan)
        self.attributes.make(plan.due)
        self.categories.make(pages.category_id)
        self.taxes.make(pages)
        define(self._characteristics(pages))
        return figures

    def _new_pages(self, plan):
        pages = [
            step.row.parent_id.id for step in plan.steps if step.action in ("create", "variant")
        ]
        return self._env["merchantpro.product"].browse(dict.fromkeys(pages))

    def _characteristics(self, pages):
        found = {}
        for page in pages:
            if page.category_id:
                category = self.product_category(page)
                found.setdefault(category, []).append(characteristics(page))
        return found

    def product_category(self, page):
        category_id = self.categories.category_id(page.category_id)
        return self._env["product.category"].browse(category_id)


def claim(env):
    """Nothing in Odoo keeps two workers from making the same attribute or category. Both touch
    one row, so the later one begins again, and finds what the first has made."""
    touch(env["ir.model"]._get("merchantpro.import"))


def pairs(step, shared):
    """[(attribute id, value id)] of the options of a Step, once everything is made."""
    found = []
    for name, value in step.options.items():
        attribute = shared.attributes.attribute(step, name)
        found.append((attribute, shared.attributes.value(attribute, value)))
    return found
