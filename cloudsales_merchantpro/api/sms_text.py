"""What an SMS costs: an operator counts parts, not letters.

A text of the phones' own alphabet (GSM 03.38) has room for 160 letters, a longer one for 153 a
part; one single letter outside of it, as ș or ă, makes that 70 and 67 for the whole text. So
letters are put into the alphabet unless the shop wants them as they are."""

import unicodedata
from typing import NamedTuple

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
ESCAPED = frozenset("^{}\\[~]|€\f")  # two places each, which stay in one part
# What takes no accent away but has an everyday stand-in.
STAND_INS = str.maketrans(
    {
        "„": '"', "“": '"', "”": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": ",",
        "–": "-", "—": "-", "−": "-", "…": "...", "•": "-", "·": ".", "×": "x", "№": "nr.",
        "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "\u00a0": " ", "\u202f": " ", "\t": " ",
    }
)  # fmt: skip
GSM, UNICODE = "GSM-7", "UCS-2"
# (places of a text that is one part, places of each part of a longer one)
ROOM = {GSM: (160, 153), UNICODE: (70, 67)}


class Size(NamedTuple):
    alphabet: str  # GSM or UNICODE
    places: int
    parts: int


def plain(text):
    """`text` in the phones' own alphabet: accents fall off, what has no stand-in is left out."""
    return "".join(_plain(each) for each in text.translate(STAND_INS))


def _plain(letter):
    if letter in BASIC or letter in ESCAPED:
        return letter
    bare = unicodedata.normalize("NFKD", letter)
    return "".join(each for each in bare if each in BASIC or each in ESCAPED)


def size(text):
    """How many parts an operator sends and charges for `text`."""
    alphabet = GSM if all(each in BASIC or each in ESCAPED for each in text) else UNICODE
    widths = [_width(each, alphabet) for each in text]
    one, more = ROOM[alphabet]
    if sum(widths) <= one:
        return Size(alphabet, sum(widths), 1 if text else 0)
    return Size(alphabet, sum(widths), _parts(widths, more))


def _width(letter, alphabet):
    if alphabet == GSM:
        return 2 if letter in ESCAPED else 1
    return len(letter.encode("utf-16-le")) // 2


def _parts(widths, room):
    """A letter of two places is not torn apart, so a part may end one place early."""
    parts, used = 1, 0
    for width in widths:
        if used + width > room:
            parts, used = parts + 1, 0
        used += width
    return parts
