"""Writing what changed on the site to the products that it created."""

from .import_categories import Categories
from .import_properties import (
    characteristics,
    define,
    property_values,
    text_values,
)
from .import_shared import claim
from .import_words import same

DESCRIBING = {"characteristics", "manufacturer", "category_id"}


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

    def apply(self):
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

    def _category(self, template, page):
        moved = "category_id" in self._changed[page] and self._categories.category_id(
            page.category_id
        )
        return self.env["product.category"].browse(moved or template.categ_id.id)

    def _properties(self, template, page):
        """{key: (label, value)} that the product is to have. In another category it keeps
        what it has; what the site tells no more it loses."""
        values = text_values(template)
        if self._changed[page] & {"characteristics", "manufacturer"}:
            told = characteristics(page)
            gone = {same(name) for name in self._before[page]["characteristics"] or {}}
            gone -= {same(label) for label, _value in told.values()}
            values.update({key: (label, False) for key, (label, _value) in values.items()
                           if same(label) in gone})  # fmt: skip
            values.update(told)
        return values

    def _define(self, by_template):
        wanted = {}
        for template, row in by_template.items():
            category = self._category(template, row.parent_id)
            if category and self._changed[row.parent_id] & DESCRIBING:
                properties = self._properties(template, row.parent_id)
                wanted.setdefault(category, []).append(properties)
        define(wanted)

    def _write_template(self, template, row):
        page = row.parent_id
        if "name" in self._changed[page] | self._changed[row]:
            # Where each variant is a product of its own, it has the variant's name.
            _write_text(template, "name", page.name if template.attribute_line_ids else row.name)
        if "description" in self._changed[page]:
            _write_text(template, page._description_field(), page.description)
        category = self._category(template, page)
        if category and self._changed[page] & DESCRIBING:
            self._write_properties(template, page, category)

    def _write_properties(self, template, page, category):
        old = dict(template.product_properties or {})
        new, _homeless = property_values(self._properties(template, page), category)
        if category != template.categ_id:
            template.write({"categ_id": category.id, "product_properties": {**old, **new}})
        elif any(old.get(key) != value for key, value in new.items()):
            template.product_properties = {**old, **new}


def _write_text(template, field, value):
    """Write a translated field; translations that only repeat the text follow it."""
    old = template[field]
    if old == value:
        return
    for code, _name in template.env["res.lang"].get_installed():
        translated = template.with_context(lang=code)
        if translated[field] == old:
            translated[field] = value
