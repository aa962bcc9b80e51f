"""Writing what changed on the site to the products that it created."""

from .import_categories import Categories
from .import_properties import define, property_key, property_values
from .import_shared import claim


class Refresh:
    def __init__(self, pages, before):
        """`before` is {page or row: {field: what the site said last}}; a field that is not in
        it is not to be refreshed."""
        self.env = pages.env
        self._pages, self._before = pages, before
        self._rows = pages.variant_ids.filtered(lambda row: row in before)
        self._changed = {
            record: {name for name, value in before[record].items() if record[name] != value}
            for record in (*pages, *self._rows)
        }

    def write(self):
        moved = self._pages.filtered(lambda page: "category_id" in self._changed[page])
        self._categories = Categories(moved.category_id)
        if self._categories.missing(moved.category_id):
            claim(self.env)
        self._categories.make(moved.category_id)
        # A variant that joined a product of the merchant's says nothing about that product.
        whole = self._rows.filtered("template_created")
        by_template = {row.product_id.product_tmpl_id: row for row in whole}
        self._define(by_template)
        for template, row in by_template.items():
            self._write_template(template, row)
        for row in self._rows:
            if "weight" in self._changed[row] and row.product_id.weight != row.weight:
                row.product_id.weight = row.weight

    def _category(self, template, row):
        page = row.parent_id
        moved = "category_id" in self._changed[page] and self._categories.category_id(
            page.category_id
        )
        return self.env["product.category"].browse(moved or template.categ_id.id)

    def _describes(self, page):
        return self._changed[page] & {"characteristics", "manufacturer", "category_id"}

    def _define(self, by_template):
        """Properties belong to the category: a new one has to know them too."""
        wanted = {}
        for template, row in by_template.items():
            category = self._category(template, row)
            if category and self._describes(row.parent_id):
                wanted.setdefault(category, []).append(row.parent_id)
        define(wanted)

    def _write_template(self, template, row):
        page = row.parent_id
        if "name" in self._changed[page] | self._changed[row]:
            # Where each variant is a product of its own, it has the variant's name.
            _write_text(template, "name", page.name if template.attribute_line_ids else row.name)
        if "description" in self._changed[page]:
            _write_text(template, page._description_field(), page.description)
        category = self._category(template, row)
        if category != template.categ_id:
            template.categ_id = category
        if category and self._describes(page):
            self._write_properties(template, page, category)

    def _write_properties(self, template, page, category):
        old = self._before[page].get("characteristics") or {}
        values = {
            **dict(template.product_properties or {}),
            **{property_key(name): False for name in old},
            **property_values(page, category)[0],
        }
        values = {name: value for name, value in values.items() if value is not None}
        if values != dict(template.product_properties or {}):
            template.product_properties = values


def _write_text(template, field, value):
    """Write a translated field; translations that only repeat the text follow it."""
    old = template[field]
    if old == value:
        return
    for code, _name in template.env["res.lang"].get_installed():
        translated = template.with_context(lang=code)
        if translated[field] == old:
            translated[field] = value
