"""Characteristics of the site as Odoo's product properties.

A property is defined on the product category, which other shops and people use too: what is
defined there stays as it is; what is missing is added at the end."""

import hashlib

from .import_words import same

MOST = 200  # definitions of one category: more is no description of a product any more
MANUFACTURER = "mp_manufacturer"


def property_key(name):
    """The key of a characteristic: the same for the same name in every category."""
    return f"mp_{hashlib.sha1(same(name).encode(), usedforsecurity=False).hexdigest()[:16]}"


def characteristics(page):
    """{key: (label, value)} of a page, its manufacturer among them: Odoo has no field for it."""
    found = {property_key(name): (name, value)
             for name, value in (page.characteristics or {}).items() if value}  # fmt: skip
    if page.manufacturer:
        found[MANUFACTURER] = (page.env._("Manufacturer"), page.manufacturer)
    return found


def text_values(template):
    """{key: (label, value)} of the text properties that a product.template has."""
    values = dict(template.product_properties or {})
    return {
        each["name"]: (each.get("string"), values[each["name"]])
        for each in _texts(template.categ_id)
        if values.get(each["name"])
    }


def define(wanted):
    """Add what is missing to the definitions of categories; `wanted` is
    {product.category: [{key: (label, value)}]}."""
    for category, products in wanted.items():
        definitions = category.product_properties_definition or []
        places = _places(category)
        names = {
            key: label
            for product in products
            for key, (label, value) in product.items()
            if value and not _place(places, key, label)
        }
        room = max(0, MOST - len(definitions))
        fresh = [{"name": key, "type": "char", "string": label} for key, label in names.items()]
        if fresh[:room]:
            category.product_properties_definition = [*definitions, *fresh[:room]]


def property_values(wanted, category):
    """({key: value} to write on a product of the category, labels that have no place there)
    for {key: (label, value)}."""
    places = _places(category)
    values, homeless = {}, []
    for key, (label, value) in wanted.items():
        place = _place(places, key, label)
        if place:
            values[place] = value
        else:
            homeless.append(label)
    return values, homeless


def _texts(category):
    """The definitions of text properties, the only ones that hold any value."""
    return [
        each
        for each in category.product_properties_definition or []
        if each["type"] in ("char", "text")
    ]


def _places(category):
    """{key or label: key} of the properties that may be used."""
    texts = _texts(category)
    labels = {same(each.get("string")): each["name"] for each in texts}
    return {**labels, **{each["name"]: each["name"] for each in texts}}


def _place(places, key, label):
    return places.get(key) or places.get(same(label))
