"""Categories and products of a shop as typed values. Prices are per unit, in the shop's
base currency; `gross` has VAT in it, `net` has not. Weights are in kg."""

import hashlib
import json
from dataclasses import dataclass, field, replace
from decimal import Decimal

from .errors import ParseError
from .fields import code, decimal, flag, identifier, mapping, reference, rows, text, web_url
from .words import _lt


@dataclass(frozen=True)
class Category:
    id: str
    parent_id: str | None  # None at the root
    name: str
    description: str  # hostile until sanitised
    url: str
    active: bool


@dataclass(frozen=True)
class Image:
    url: str
    caption: str
    is_default: bool
    hash: str  # the site's own fingerprint of the picture; "" if it tells none


@dataclass(frozen=True)
class Variant:
    """What is sold: stock and price belong to it. A simple product is its own variant."""

    id: str
    product_id: str  # of the page it is sold on; its own id on a simple product
    sku: str
    ean: str
    ext_ref: str
    options: tuple[tuple[str, str], ...]  # (attribute, value), as in ("Mărime", "M")
    price_gross: Decimal
    price_net: Decimal
    old_price_gross: Decimal | None  # the crossed-out price, when there is one
    old_price_net: Decimal | None
    stock: Decimal
    tracked: bool  # inventory_enabled: when off, the site sells without limit
    weight: Decimal
    image_url: str

    @property
    def name(self):
        """What tells it from its sisters: "M, roșu"; "" on a simple product."""
        return ", ".join(value for _attribute, value in self.options)


@dataclass(frozen=True)
class Product:
    id: str
    type: str  # basic, multi_variant, digital, bundle
    sku: str
    ean: str
    ext_ref: str  # the reference of another system
    name: str
    description_html: str  # hostile until sanitised
    category_id: str | None  # the main one
    category_ids: tuple[str, ...]  # all of them, the main one first
    manufacturer: str
    url: str
    active: bool
    visible: bool
    tax_id: str | None
    tax_name: str
    tax_percent: Decimal | None
    weight: Decimal
    images: tuple[Image, ...]
    attributes: tuple[tuple[str, tuple[str, ...]], ...]  # (attribute, its values in order)
    variants: tuple[Variant, ...]
    digest: str  # of everything the site sent: equal digests mean nothing to do
    characteristics: dict[str, str] = field(default_factory=dict, hash=False)
    raw: dict = field(default_factory=dict, hash=False, compare=False, repr=False)


def parse_category(record):
    """A category from its JSON object; raises ParseError."""
    record = mapping(record, "category")
    category_id, parent_id = identifier(record), reference(record, "parent_id")
    return Category(
        id=category_id,
        parent_id=None if parent_id == category_id else parent_id,
        name=text(record, "name") or f"#{category_id}",
        description=text(record, "description", longest=None),
        url=web_url(record, "url"),
        active=code(record, "status") != "inactive",
    )


def without_cycles(categories):
    """The same categories, those that are their own ancestor moved to the root: no tree can
    hold them, and one wrong row must not keep out the others."""
    parents = {each.id: each.parent_id for each in categories}
    result = []
    for each in categories:
        above, visited = parents[each.id], set()
        while above is not None and above not in visited and above != each.id:
            visited.add(above)
            above = parents.get(above)
        if above == each.id:
            parents[each.id] = None
            each = replace(each, parent_id=None)
        result.append(each)
    return result


def parse_each(records, parse):
    """([what `parse` makes of each record], {id: the ParseError of a record}): a wrong record
    keeps out no other."""
    parsed, problems = [], {}
    for record in records:
        try:
            parsed.append(parse(record))
        except ParseError as error:
            problems[_id_of(record)] = error
    return parsed, problems


def _id_of(record):
    try:
        return code(record, "id") or "?"
    except ParseError:
        return "?"


def parse_product(record):
    """A product with its variants from its JSON object; raises ParseError."""
    record = mapping(record, "product")
    product_id, main_category = identifier(record), reference(record, "category_id")
    kind = code(record, "type") or "basic"
    return Product(
        id=product_id,
        type=kind,
        sku=code(record, "sku"),
        ean=code(record, "ean"),
        ext_ref=code(record, "ext_ref"),
        name=text(record, "name", "names") or f"#{product_id}",
        description_html=text(record, "description", longest=None),
        category_id=main_category,
        category_ids=_category_ids(record, main_category),
        manufacturer=text(record, "manufacturer_name"),
        url=web_url(record, "url"),
        active=code(record, "status") != "inactive",
        visible=code(record, "visibility") != "hidden",
        tax_id=reference(record, "tax_id"),
        tax_name=text(record, "tax_name"),
        tax_percent=decimal(record, "tax_value", None),
        weight=decimal(record, "weight"),
        images=_images(record),
        attributes=_attributes(record),
        variants=_variants(record, kind),
        digest=digest(record),
        characteristics=_characteristics(record.get("meta_fields")),
        raw=record,
    )


def digest(record):
    """A fingerprint of a JSON value, whatever the order of its keys."""
    try:
        content = json.dumps(record, sort_keys=True, default=str)
    except RecursionError:
        raise ParseError(_lt("The record is nested too deeply")) from None
    return hashlib.sha1(content.encode(), usedforsecurity=False).hexdigest()


def _variants(record, kind):
    sold = rows(record.get("variants"))
    if not sold and kind != "multi_variant":
        # The key is missing altogether on a simple product.
        sold = [record]
    variants = [_variant({"weight": record.get("weight"), **row}, record) for row in sold]
    return tuple({variant.id: variant for variant in variants}.values())


def _variant(row, product):
    images = _images(row) if row.get("id") != product.get("id") else ()
    return Variant(
        id=identifier(row),
        product_id=identifier(product),
        sku=code(row, "sku"),
        ean=code(row, "ean"),
        ext_ref=code(row, "ext_ref"),
        options=_options(row),
        price_gross=decimal(row, "price_gross"),
        price_net=decimal(row, "price_net"),
        old_price_gross=decimal(row, "old_price_gross", None) or None,
        old_price_net=decimal(row, "old_price_net", None) or None,
        stock=decimal(row, "stock"),
        tracked=flag(row, "inventory_enabled"),
        weight=decimal(row, "weight"),
        image_url=images[0].url if images else _sized_url(row),
    )


def _options(row):
    pairs = [
        (text(each, "name", "attribute_name", "attribute", "option_name"), text(each, "value"))
        for each in rows(row.get("variant_options"))
    ]
    return tuple((name, value) for name, value in pairs if name and value)


def _attributes(record):
    found = {}
    for row in rows(record.get("variant_attributes")):
        values = [text(option, "value") for option in rows(row.get("options"))]
        found.setdefault(text(row, "name"), []).extend(filter(None, values))
    return tuple((name, tuple(dict.fromkeys(values))) for name, values in found.items() if name)


def _category_ids(record, main):
    others = [reference(row, "id") for row in rows(record.get("categories"))]
    return tuple(dict.fromkeys(filter(None, [main, *others])))


def _characteristics(fields):
    """{name: value} of the custom fields; an empty set comes as a list."""
    if not isinstance(fields, dict):
        return {}
    found = {}
    for name in fields:
        value = fields[name]
        parts = value if isinstance(value, list) else [value]
        words = [text({name: part}, name, longest=None) for part in parts]
        if name.strip() and any(words):
            found[text({"name": name}, "name")] = ", ".join(filter(None, words))
    return found


def _images(record):
    found = []
    for row in rows(record.get("images")):
        url = web_url(row, "url") or _sized_url(row)
        if url:
            image = Image(url, text(row, "caption"), flag(row, "default"), code(row, "hash"))
            found.append(image)
    return tuple(found)


def _sized_url(row):
    """`image_url` is an object of sizes; the largest is wanted."""
    sizes = row.get("image_url")
    sizes = sizes if isinstance(sizes, dict) else {"large": sizes}
    return web_url(sizes, "large", "medium", "thumb")
