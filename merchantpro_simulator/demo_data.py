"""The demonstration shop's goods, as plain data, and the ERP that existed before it.

Everything is derived from fixed lists, so each start gives the same shop. `role`
says what the catalogue's matching is to make of a product.
"""

import functools
from dataclasses import dataclass, field

# (category path, VAT id, nouns, lowest price, step)
RANGES = (
    ("Casă / Bucătărie / Vase de gătit", 1, "Oală|Tigaie|Cratiță|Ceaun", 59.90, 13.30),
    ("Casă / Bucătărie / Tacâmuri", 1, "Cuțit|Set tacâmuri|Lingură|Polonic", 12.50, 7.75),
    ("Casă / Baie / Prosoape", 1, "Prosop|Halat|Covoraș", 29.99, 9.10),
    ("Casă / Iluminat", 1, "Lampă|Veioză|Lustră|Aplică", 79.00, 21.35),
    ("Grădină / Unelte / Manuale", 1, "Greblă|Sapă|Foarfecă|Lopată", 34.90, 8.45),
    ("Grădină / Semințe", 2, "Semințe roșii|Semințe busuioc|Semințe țelină", 4.50, 1.15),
    ("Alimente / Băcănie / Ceaiuri", 2, "Ceai verde|Ceai de mușețel|Ceai de mentă", 14.90, 2.35),
    ("Alimente / Băcănie / Conserve", 2, "Zacuscă|Dulceață de gutui|Gem de caise", 11.20, 1.95),
    ("Alimente / Miere", 2, "Miere de tei|Miere de salcâm|Miere polifloră", 24.00, 3.30),
    ("Cărți / Ficțiune", 2, "Roman|Povestiri|Antologie", 32.00, 2.70),
    ("Cărți / Pentru copii", 2, "Povești|Carte de colorat|Atlas", 19.90, 1.65),
    ("Jucării / Lemn", 1, "Trenuleț|Puzzle|Cuburi|Titirez", 39.90, 6.15),
    ("Electronice / Accesorii / Cabluri", 1, "Cablu|Adaptor|Încărcător", 19.00, 4.99),
    ("Îmbrăcăminte / Femei / Bluze", 1, "Ie|Bluză|Cămașă", 89.00, 11.90),
    ("Îmbrăcăminte / Bărbați / Tricouri", 1, "Tricou|Vestă|Hanorac", 49.90, 9.95),
)
ADJECTIVES = (
    "Bucovina", "Mureș", "Făgăraș", "Clasic", "Retro", "Premium", "Mini", "Țărănesc", "Oltenia",
    "Argeș", "Delta", "Carpați", "Vâlcea", "Săliște", "Brașov", "Timiș", "Iași", "Prahova",
    "Maramureș", "Dobrogea",
)  # fmt: skip
MAKERS = ("Atelierul Făgăraș", "Casa Țesăturilor", "Moldo Craft", "Câmpia Verde", "Nordic Dor")
SIZES = ("S", "M", "L", "XL")
COLOURS = ("Roșu", "Verde", "Albastru")
PER_RANGE = 20
NUMBERS = range(len(RANGES) * PER_RANGE)
ROLES = ("code", "new", "ean", "code", "new", "extra", "new", "new", "code", "new")
AMBIGUOUS, NO_CODE, CLAIMED = range(20, 26), range(45, 53), range(70, 76)


@dataclass
class Good:
    number: int
    name: str
    category: str
    tax_id: int
    price: float
    sku: str | None
    ean: str | None
    stock: int
    weight: float
    maker: str
    role: str  # code, ean, extra, new, ambiguous, no_code, claimed
    type: str = "basic"
    units: list = field(default_factory=list)  # (option dict, sku, ean, stock)


def ean13(number):
    """A valid EAN-13 of the Romanian range."""
    digits = f"594{number:09d}"
    total = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(digits))
    return digits + str(-total % 10)


def goods():
    """All product pages of the shop, in order."""
    return [_good(number) for number in NUMBERS]


@functools.cache
def _good(number):
    category, tax_id, nouns, lowest, step = RANGES[number // PER_RANGE]
    nouns, index = nouns.split("|"), number % PER_RANGE
    good = Good(
        number=number,
        name=f"{nouns[index % len(nouns)]} {ADJECTIVES[index]}",
        category=category,
        tax_id=tax_id,
        price=round(lowest + index * step, 2),
        sku=f"MP-{number:04d}",
        ean=ean13(number),
        stock=3 + (number * 7) % 40,
        weight=round(0.1 + (number % 13) * 0.15, 2),
        maker=MAKERS[number % len(MAKERS)],
        role=_role(number),
    )
    if good.role == "no_code":
        good.sku = good.ean = None
    elif good.role == "claimed":
        # Two pages of the site with one code: a copy somebody forgot.
        good.sku, good.ean = f"MP-{number - number % 2:04d}", None
    elif category.startswith("Îmbrăcăminte"):
        _add_units(good)
    elif number in (255, 256):
        good.type = "digital"
    return good


def _role(number):
    for role, numbers in (("ambiguous", AMBIGUOUS), ("no_code", NO_CODE), ("claimed", CLAIMED)):
        if number in numbers:
            return role
    return ROLES[number % len(ROLES)]


def _add_units(good):
    good.type = "multi_variant"
    if good.number % 4:
        options = [{"Mărime": size} for size in SIZES]
    else:
        options = [{"Mărime": size, "Culoare": c} for size in SIZES[:2] for c in COLOURS]
    for index, option in enumerate(options):
        suffix = "-".join(value[:2].upper() for value in option.values())
        number = 10000 + good.number * 10 + index
        good.units.append((option, f"{good.sku}-{suffix}", ean13(number), 2 + (number * 3) % 15))
    # The variants of a page are either all known to the ERP or all new.
    good.role = "code" if good.role == "code" else "new"


def erp_products():
    """What the ERP had before: dicts of name, default_code, barcode, codes (additional), price
    (VAT included), stock in warehouse 1 and 2, and `options` for members of a family."""
    return [product for good in goods() for product in _erp_of(good)]


def _erp_of(good):
    base = {
        "name": f"{good.name} (ERP)",
        "default_code": f"ERP-{good.number:04d}",
        "barcode": False,
        "codes": [],
        "price": good.price,
        # Of some, more came in than the site knows: the first thing a connection puts right.
        "stock": (good.stock + (5 if good.number % 10 == 0 else 0), good.number % 4),
    }
    if good.units and good.role == "code":
        return [
            {**base, "name": f"{base['name']} {' '.join(o.values())}", "default_code": sku,
             "stock": (stock, 0)}
            for o, sku, _ean, stock in good.units
        ]  # fmt: skip
    match good.role:
        case "code":
            return [{**base, "default_code": good.sku}]
        case "ean":
            return [{**base, "barcode": good.ean}]
        case "extra":
            return [{**base, "codes": [good.sku]}]
        case "ambiguous":
            return [
                {**base, "default_code": good.sku},
                {**base, "name": f"{good.name} (alt)", "barcode": good.ean},
            ]
        case "claimed" if good.number % 2 == 0:
            return [{**base, "default_code": good.sku}]
    return []


def expected_matches():
    """{match state: number of rows of the site} that a correct matching finds."""
    counts = {"matched": 0, "new": 0, "ambiguous": 0, "no_code": 0}
    states = {"code": "matched", "ean": "matched", "extra": "matched", "claimed": "ambiguous"}
    for good in goods():
        counts[states.get(good.role, good.role)] += len(good.units) or 1
    return counts
