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


def define(wanted):
    """Add what is missing to the definitions; `wanted` is {product.category: [page]}."""
    for category, pages in wanted.items():
        definitions = category.product_properties_definition or []
        keys = _keys(definitions)
        names = {key: label for page in pages for key, (label, _value) in
                 characteristics(page).items() if not _known(keys, key, label)}  # fmt: skip
        room = max(0, MOST - len(definitions))
        fresh = [{"name": key, "type": "char", "string": label} for key, label in names.items()]
        if fresh[:room]:
            category.product_properties_definition = [*definitions, *fresh[:room]]


def property_values(page, category):
    """({key: value} to write on a product of the category, labels that have no place there)."""
    keys = _keys(category.product_properties_definition or [])
    values, homeless = {}, []
    for key, (label, value) in characteristics(page).items():
        place = _known(keys, key, label)
        if place:
            values[place] = value
        else:
            homeless.append(label)
    return values, homeless


def _keys(definitions):
    """{our key or the label: key} of the text properties, the only ones that hold any value."""
    texts = [each for each in definitions if each["type"] in ("char", "text")]
    labels = {same(each.get("string")): each["name"] for each in texts}
    return {**labels, **{each["name"]: each["name"] for each in texts}}


def _known(keys, key, label):
    return keys.get(key) or keys.get(same(label))
