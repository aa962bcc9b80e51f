"""The sales tax of each VAT rate that the pages of an import carry."""


class Taxes:
    def __init__(self, shop, pages):
        """What the company has for the rates of `pages`: two queries."""
        self._shop = shop
        self._rates = {self._code(page): (page.tax_percent, page.tax_name) for page in pages}
        rows = shop.env["merchantpro.tax"].search(
            [("shop_id", "=", shop.id), ("code", "in", list(self._rates))]
        )
        self._ids = {row.code: row.tax_id.id for row in rows if row.tax_id}
        self._known, self._included = self._company_rates()

    def _company_rates(self):
        found = self._shop.env["account.tax"].search(
            [
                ("company_id", "=", self._shop.company_id.id),
                ("type_tax_use", "=", "sale"),
                ("amount_type", "=", "percent"),
                ("amount", "in", [percent for percent, _name in self._rates.values()]),
            ]
        )
        included = found.filtered("price_include")
        return {f"{tax.amount:g}" for tax in found}, {f"{tax.amount:g}" for tax in included}

    def _code(self, page):
        return f"{page.tax_percent:g}"

    def lacks(self, page):
        """The company has no sales tax of the page's rate."""
        code = self._code(page)
        return code not in self._ids and code not in self._known

    def tax_id(self, page):
        return self._ids[self._code(page)]

    def missing(self, pages):
        """Rates whose price-included twin is to be made."""
        return {self._code(page) for page in pages} - set(self._ids) - self._included

    def make(self, pages):
        for code in {self._code(page) for page in pages} - set(self._ids):
            tax = self._shop.env["merchantpro.tax"]._for_percent(self._shop, *self._rates[code])
            self._ids[code] = tax.tax_id.id
