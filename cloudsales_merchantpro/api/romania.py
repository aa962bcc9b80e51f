"""Romanian addresses, phones and VAT numbers as buyers type them.

Nothing is invented: what cannot be read for sure is left as it was typed.
"""

import re
import unicodedata

from stdnum.eu.vat import MEMBER_STATES
from stdnum.exceptions import ValidationError
from stdnum.ro import cf
from stdnum.util import get_cc_module

COUNTY_WORDS = re.compile(r"^(judetul|jud|municipiul|mun)\b\.?\s*")
# "bl. S3" is a block of flats, not a sector.
SECTOR = re.compile(
    r"(?<!\bbl )(?<!\bbloc )(?<!\bblocul )(?<!\bsc )(?<!\bscara )"
    r"\bs(?:ect(?:or(?:ul)?)?)?\.?\s*([1-6])\b"
)
BUCHAREST = {"bucuresti", "bucharest", "b"}
PHONE_SEPARATOR = re.compile(r"[/,;|]|\bsau\b", re.IGNORECASE)


def fold(text):
    """Lower case without diacritics and punctuation, so that Caraș-Severin = caras severin."""
    plain = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode().lower()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


def county(text, city=""):
    """The folded name or plate code of a county. Only of București are a sector in it, and the
    city in its place, beyond doubt."""
    name = COUNTY_WORDS.sub("", fold(text)).removeprefix("ro ")
    place = SECTOR.sub("", name or COUNTY_WORDS.sub("", fold(city))).strip()
    if place in BUCHAREST or not place and name and is_bucharest(city):
        return "bucuresti"
    return name


def is_bucharest(city):
    return SECTOR.sub("", COUNTY_WORDS.sub("", fold(city))).strip() in BUCHAREST


def sector(district, county, city, street, postal_code):
    """ "1".."6" for an address in București, or None when none of its parts says it.

    The first two digits of a Bucharest postal code are the sector."""
    for part in (district, county, city, street):
        found = SECTOR.search(fold(part))
        if found:
            return found[1]
    return postal_sector(postal_code)


def postal_sector(postal_code):
    """ "1".."6" by a postal code of București, else None."""
    code = re.fullmatch(r"0([1-6])\d{4}", (postal_code or "").strip())
    return code[1] if code else None


def phones(text):
    """The numbers of one field, as typed."""
    return list(filter(None, (each.strip() for each in PHONE_SEPARATOR.split(text or ""))))


def vat_number(text, country_code):
    """(number as Odoo keeps it, whether it is surely valid): by its check digits, nobody is asked.

    RO in front of a Romanian number means "registered for VAT": kept as typed. A number of
    another member state is kept with its country in front."""
    number = re.sub(r"[^0-9A-Z]", "", (text or "").upper())
    if country_code in ("RO", ""):
        return number, bool(number) and cf.is_valid(number)
    country = country_code.lower()
    checks = get_cc_module(country, "vat") if country in MEMBER_STATES else None
    if not number or not checks:
        return number, False
    prefix = "EL" if country == "gr" else country_code
    try:
        plain = checks.validate(number.removeprefix(prefix))
    except ValidationError:
        return number, False
    return f"{prefix}{plain}", True
