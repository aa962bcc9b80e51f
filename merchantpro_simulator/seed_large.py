"""Fills a new shop with the catalogue of a large merchant, for benchmarks.

Everything follows from a product's number, so each start gives the same shop: every kind of
product, some 320 categories, descriptions with markup, characteristics, pictures, reductions.
"""

import datetime
import itertools

from .demo_data import ADJECTIVES, COLOURS, MAKERS, RANGES, SIZES, ean13
from .seed_catalog import category_id

COUNT, WITH_VARIANTS = 20_000, 3_000
OPENED = datetime.datetime(2023, 1, 9, 8, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
BETWEEN = datetime.timedelta(minutes=79)  # from one new product to the next
MATERIALS = ("bumbac", "lemn de fag", "oțel inoxidabil", "ceramică", "sticlă", "lână")
ATTRIBUTES = (
    {"Mărime": SIZES},
    {"Culoare": COLOURS},
    {"Mărime": (*SIZES, "XXL", "3XL")},
    {"Mărime": SIZES[:3], "Culoare": COLOURS},
)


def fill(products, count=COUNT, with_variants=WITH_VARIANTS):
    categories = {}
    for number in range(count):
        # Evenly among the others, whatever the two numbers are.
        several = (number + 1) * with_variants // count > number * with_variants // count
        fields = product_fields(number, several, products.base_url)
        category = category_id(products, categories, _category_path(number))
        products.add({**fields, "category_id": category})


def product_fields(number, several, base_url=""):
    """What the shop's panel would be told of product `number`."""
    name, price = _name(number), round(9.90 + number * 7.35 % 480, 2)
    moment = (OPENED + number * BETWEEN).isoformat()
    fields = {
        "id": 100_000 + number * 20,
        "type": _type(number, several),
        "name": name,
        "sku": f"L-{number:05d}",
        "ean": None if several else ean13(1_000_000 + number),
        "description": _description(number, name),
        "price_gross": price,
        "old_price_gross": round(price * 1.2, 2) if number % 6 == 0 else None,
        "stock": 0 if several else number * 7 % 90,
        "tax_id": RANGES[number % len(RANGES)][1],
        "weight": round(0.05 + number % 37 * 0.12, 2),
        "manufacturer_id": 1 + number % 60,
        "manufacturer_name": f"{MAKERS[number % len(MAKERS)]} {number % 60 // len(MAKERS) + 1}",
        "meta_fields": _characteristics(number),
        "inventory_enabled": "off" if number % 97 == 5 else "on",
        "status": "inactive" if number % 50 == 3 else "active",
        "images": [_image(base_url, number, name, index) for index in range(1 + number % 3)],
        "date_created": moment,
        "date_modified": moment,
    }
    if several:
        fields["variants"] = [_variant(number, *each, price) for each in _combinations(number)]
    return fields


def _type(number, several):
    if several:
        return "multi_variant"
    return {5: "digital", 6: "bundle"}.get(number % 97, "basic")


def _category_path(number):
    """One of the demonstration's leaves, parted by collection."""
    leaf = RANGES[number % len(RANGES)][0]
    return [*leaf.split(" / "), f"Colecția {ADJECTIVES[number // len(RANGES) % len(ADJECTIVES)]}"]


def _name(number):
    nouns = RANGES[number % len(RANGES)][2].split("|")
    adjective = ADJECTIVES[number // len(RANGES) % len(ADJECTIVES)]
    return f"{nouns[number % len(nouns)]} {adjective} {1000 + number * 37 % 9000}"


def _characteristics(number):
    return {
        "origine": ("România", "Italia", "Polonia")[number % 3],
        "material": MATERIALS[number % len(MATERIALS)],
        "garantie": f"{12 * (1 + number % 3)} luni",
    }


def _description(number, name):
    rows = "".join(f"<li>{key}: {value}</li>" for key, value in _characteristics(number).items())
    return (
        f"<h2>{name}</h2>"
        f"<p>{name} este lucrat cu grijă de <b>{MAKERS[number % len(MAKERS)]}</b>, din materiale"
        " alese, după tipare care au trecut proba timpului. Se potrivește la fel de bine într-o"
        " casă de la țară ca într-un apartament de la oraș.</p>"
        f"<ul>{rows}</ul>"
        "<p>Livrăm în toată țara în una până la trei zile lucrătoare. Retur în 30 de zile, fără"
        " întrebări; detalii în <a href='https://www.example.ro/retur'>politica de retur</a>.</p>"
    )


def _combinations(number):
    """(index, {attribute: value}) of each variant."""
    attributes = ATTRIBUTES[number % len(ATTRIBUTES)]
    values = itertools.product(*attributes.values())
    return enumerate(dict(zip(attributes, each, strict=True)) for each in values)


def _variant(number, index, options, price):
    return {
        "id": 100_000 + number * 20 + 1 + index,
        "options": options,
        "sku": f"L-{number:05d}-{index + 1}",
        "ean": ean13(2_000_000 + number * 20 + index),
        "stock": (number + index * 5) % 30,
        "price_gross": price,
    }


def _image(base_url, number, name, index):
    return {
        "id": number * 3 + index + 1,
        "url": f"{base_url}/img/{100_000 + number * 20 + index}.png",
        "caption": name,
        "name": f"{number}-{index}",
        "hash": f"{number * 3 + index:032x}",
        "extension": "png",
        "dimensions": {"l": {"h": 400, "w": 400}},
        "default": index == 0,
    }
