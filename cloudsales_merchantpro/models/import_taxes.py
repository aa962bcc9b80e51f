"""The sales tax of each VAT rate that the pages of an import carry. There are a few rates,
however many pages."""


class Taxes:
    def __init__(self, shop, pages):
        """What the company has for the rates of `pages`; nothing is written."""
        self._shop, self._model = shop, shop.env["merchantpro.tax"]
        self._names = {page.tax_percent: page.tax_name for page in pages}
        self._codes = {percent: self._model._code(percent) for percent in self._names}
        rows = self._model.search(
            [("shop_id", "=", shop.id), ("code", "in", list(self._codes.values()))]
        )
        self._chosen = {row.code: row.tax_id for row in rows if row.tax_id}
        self._found = {
            percent: self._chosen.get(code) or self._look_for(percent)
            for percent, code in self._codes.items()
        }

    def _look_for(self, percent):
        rate = self._model.new({"shop_id": self._shop.id, "percent": percent})
        return rate._company_tax()

    def lacks(self, page):
        """A person has to choose the tax of the page's rate."""
        return not self._found[page.tax_percent]

    def tax_id(self, page):
        return self._found[page.tax_percent].id

    def missing(self, pages):
        """Rates whose price-included twin is to be made."""
        return {
            percent
            for percent in set(pages.mapped("tax_percent"))
            if self._found[percent] and not self._found[percent].price_include
        }

    def make(self, pages):
        self._make(set(pages.mapped("tax_percent")))

    def ask(self):
        """Show the rates for which a person has to choose a tax among the shop's."""
        self._make({percent for percent, tax in self._found.items() if not tax})

    def _make(self, percents):
        names = {each: self._names[each] for each in percents
                 if self._codes[each] not in self._chosen}  # fmt: skip
        if names:
            rows = self._model._for_percents(self._shop, names)
            self._found.update({percent: row.tax_id for percent, row in rows.items()})
