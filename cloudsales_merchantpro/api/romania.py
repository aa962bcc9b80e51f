"""Romanian addresses, phones and VAT numbers as buyers type them.

Nothing is invented: what cannot be read for sure is left as it was typed.
"""

import re
import unicodedata

from stdnum.ro import cf

COUNTY_WORDS = re.compile(r"^(judetul|jud|municipiul|mun)\b\.?\s*")
SECTOR = re.compile(r"\bs(?:ect(?:or(?:ul)?)?)?\.?\s*([1-6])\b")
BUCHAREST = {"bucuresti", "bucharest", "b"}
PHONE_SEPARATOR = re.compile(r"[/,;|]|\bsau\b", re.IGNORECASE)


def fold(text):
    """Lower case without diacritics and punctuation, so that Caraș-Severin = caras severin."""
    plain = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode().lower()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


def county(text):
    """The folded name or plate code of a county."""
    return COUNTY_WORDS.sub("", fold(text)).removeprefix("ro ")


def sector(district, city, street, postal_code):
    """ "1".."6" for an address in București, or None when none of its parts says it.

    The first two digits of a Bucharest postal code are the sector."""
    for part in (district, city, street):
        found = SECTOR.search(fold(part))
        if found:
            return found[1]
    code = re.fullmatch(r"0([1-6])\d{4}", (postal_code or "").strip())
    return code[1] if code else None


def first_phone(text):
    """The first of several numbers in one field."""
    return PHONE_SEPARATOR.split(text or "")[0].strip()


def vat_number(text, country_code):
    """(number as Odoo keeps it, whether it is surely valid).

    RO in front of a Romanian number means "registered for VAT": kept as typed."""
    number = re.sub(r"[^0-9A-Z]", "", (text or "").upper())
    if country_code not in ("RO", ""):
        return number, False
    return number, bool(number) and cf.is_valid(number)
