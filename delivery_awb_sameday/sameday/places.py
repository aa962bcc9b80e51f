"""Romanian addresses as Sameday wants them.

A county that it does not know is refused, so counties go by its own names; any city is taken and
then routed by the text of the address, so nothing is corrected there. București is no city at
Sameday: its six sectors are."""

import re
import unicodedata

COUNTIES = {
    "AB": "Alba", "AR": "Arad", "AG": "Arges", "BC": "Bacau", "BH": "Bihor",
    "BN": "Bistrita-Nasaud", "BT": "Botosani", "BR": "Braila", "BV": "Brasov", "B": "Bucuresti",
    "BZ": "Buzau", "CL": "Calarasi", "CS": "Caras-Severin", "CJ": "Cluj", "CT": "Constanta",
    "CV": "Covasna", "DB": "Dambovita", "DJ": "Dolj", "GL": "Galati", "GR": "Giurgiu",
    "GJ": "Gorj", "HR": "Harghita", "HD": "Hunedoara", "IL": "Ialomita", "IS": "Iasi",
    "IF": "Ilfov", "MM": "Maramures", "MH": "Mehedinti", "MS": "Mures", "NT": "Neamt",
    "OT": "Olt", "PH": "Prahova", "SJ": "Salaj", "SM": "Satu Mare", "SB": "Sibiu",
    "SV": "Suceava", "TR": "Teleorman", "TM": "Timis", "TL": "Tulcea", "VL": "Valcea",
    "VS": "Vaslui", "VN": "Vrancea",
}  # fmt: skip
BUCHAREST = "Bucuresti"
# "bl. S3" is a block of flats, not a sector.
SECTOR = re.compile(
    r"(?<!\bbl )(?<!\bbloc )(?<!\bblocul )(?<!\bsc )(?<!\bscara )"
    r"\bs(?:ect(?:or(?:ul)?)?)? ?([1-6])\b"
)
NUMBERS = re.compile(r"[/,;|]|\bsau\b", re.IGNORECASE)


def fold(text):
    """Lower case without diacritics and punctuation."""
    plain = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode().lower()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


BY_NAME = {fold(name): name for name in COUNTIES.values()}


def county(code, name):
    """Sameday's name of a county by its plate code or its name; "" when it is none of Romania."""
    return COUNTIES.get((code or "").strip().upper()) or BY_NAME.get(fold(name), "")


def sector(*parts, postal_code=""):
    """ "Sector 1".."Sector 6" as the parts of an address or its postal code say, else ""."""
    for part in parts:
        found = SECTOR.search(fold(part))
        if found:
            return f"Sector {found[1]}"
    # The first two digits of a postal code of București are the sector.
    code = re.fullmatch(r"0([1-6])\d{4}", (postal_code or "").strip())
    return f"Sector {code[1]}" if code else ""


def phone(text):
    """The first number of a field that can be dialled: 0722123456 in Romania, with + and the
    country elsewhere; "" when there is none."""
    for each in NUMBERS.split(text or ""):
        plus = each.strip().startswith("+")
        digits = re.sub(r"\D", "", each.replace("(0)", ""))
        if digits.startswith("00"):
            plus, digits = True, digits[2:]
        if digits.startswith("40") and len(digits) >= 11:
            plus, digits = False, "0" + digits[2:].lstrip("0")
        if re.fullmatch(r"7\d{8}", digits):
            digits = f"0{digits}"
        if plus and 8 <= len(digits) <= 15:
            return f"+{digits}"
        if re.fullmatch(r"0[237]\d{8}", digits):
            return digits
    return ""
