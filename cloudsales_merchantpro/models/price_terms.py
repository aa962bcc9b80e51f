"""A product's price with VAT and without, by the sales taxes that a company has on the product.

No fiscal position: who will buy is not known. Amounts are floats, per unit and not rounded, in
any one currency; taxes may be several, groups, fixed amounts, and included in prices or not."""


class PriceTerms:
    def __init__(self, company):
        self._company = company

    def gross_and_net(self, product, price):
        """(with VAT, without) of a price as Odoo has it: of the product itself or a pricelist."""
        details = self._details(product, price, False)
        return details["total_included"], details["total_excluded"]

    def net_of(self, product, gross):
        return self._details(product, gross, "total_included")["total_excluded"]

    def gross_of(self, product, net):
        return self._details(product, net, "total_excluded")["total_included"]

    def price_of(self, product, gross):
        """The price, as Odoo has it, at which the customer pays `gross`: it has in it what taxes
        are included in prices."""
        details = self._details(product, gross, "total_included")
        return details["total_excluded"] + sum(
            part["tax_amount"] for part in details["taxes_data"] if part["tax"].price_include
        )

    def _details(self, product, amount, mode):
        taxes = product.taxes_id._filter_taxes_by_company(self._company)
        return taxes._get_tax_details(
            amount, 1.0, rounding_method="round_globally", product=product, special_mode=mode
        )
