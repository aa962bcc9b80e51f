"""When a code of the site and a code of the ERP are the same, and which products they name.

That differs between merchants, so it is the shop's Rules. `key` is coarser than any of them:
codes that are equal under some rule have one key, so one index serves all shops and
`Rules.normal` decides among the few it finds."""

from dataclasses import dataclass

from stdnum import ean as gtin

BLANKS = " \t\n\r\f\v\u00a0"
KINDS = ("default_code", "barcode", "additional")


def trimmed(code):
    """Without what surrounds it. Inner spaces, slashes and diacritics belong to a code."""
    return (code or "").strip(BLANKS)


def key(code):
    return trimmed(code).lower().lstrip("0")


def is_ean(code):
    """Whether the text is an EAN (8, 12, 13 or 14 digits) by its check digit."""
    code = trimmed(code)
    return code.isascii() and code.isdigit() and gtin.is_valid(code)


@dataclass(frozen=True)
class Finding:
    """What the codes of one row name: `products` are ids, of active products if any."""

    kind: str | None = None
    products: frozenset = frozenset()
    archived: bool = False
    # Code and EAN name different products: then `products` are the code's, these the EAN's.
    against: frozenset = frozenset()

    @property
    def product(self):
        """The id of the one product that is named, archived or not; None when none or several."""
        only = len(self.products) == 1 and not self.against
        return next(iter(self.products)) if only else None


@dataclass(frozen=True)
class Rules:
    case_matters: bool = False
    ignore_zeros: bool = False
    ean_in_code: bool = True  # an EAN may stand where a code belongs, on either side
    kinds: frozenset = frozenset(KINDS)

    def normal(self, code):
        code = trimmed(code)
        if not self.case_matters:
            code = code.lower()
        if self.ignore_zeros:
            code = code.lstrip("0") or code[-1:]
        return code

    def asked(self, pairs):
        """{kind: codes} to look up for pairs of (code, EAN)."""
        codes = {trimmed(code) for code, _ean in pairs} - {""}
        eans = {trimmed(ean) for _code, ean in pairs} - {""}
        asked = {"default_code": codes, "barcode": eans, "additional": codes | eans}
        if self.ean_in_code:
            asked["default_code"] = codes | eans
            asked["barcode"] = eans | {code for code in codes if is_ean(code)}
        return {kind: asked[kind] for kind in KINDS if kind in self.kinds}

    def find(self, found, code, ean):
        """The Finding of a row, from {kind: {normal code: {product id: active}}}. Active products
        come before archived ones, whatever kind of code names them: the archived one was given up
        and must not hide what took its place."""
        named = self._named(found, code, ean)
        for active in (True, False):
            products = {
                kind: frozenset(each for each, state in named[kind].items() if state is active)
                for kind in KINDS
            }
            finding = self._decide(products, archived=not active)
            if finding:
                return finding
        return Finding()

    def _named(self, found, code, ean):
        """{kind: {product id: active}} of one row."""

        def by(kind, value):
            return found.get(kind, {}).get(self.normal(value), {}) if trimmed(value) else {}

        by_ean = by("barcode", ean)
        if self.ean_in_code:
            as_ean = by("barcode", code) if is_ean(code) else {}
            by_ean = {**by_ean, **as_ean, **by("default_code", ean)}
        return {
            "default_code": by("default_code", code),
            "barcode": by_ean,
            "additional": {**by("additional", code), **by("additional", ean)},
        }

    def _decide(self, products, archived):
        """Code, then EAN, then additional codes; but the EAN may tell which of several products
        with the code is meant, and must not contradict it."""
        by_code, by_ean = products["default_code"], products["barcode"]
        if by_code and by_ean:
            both = by_code & by_ean
            if not both:
                return Finding("default_code", by_code, archived, against=by_ean)
            kind = "default_code" if len(by_code) == 1 else "barcode"
            return Finding(kind, both, archived)
        kind = next((kind for kind in KINDS if products[kind]), None)
        return Finding(kind, products[kind], archived) if kind else None
