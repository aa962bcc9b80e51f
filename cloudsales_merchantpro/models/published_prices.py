"""What a shop's prices should be: the pricelist of its warehouse with the markup, with VAT or
without, rounded; and the reasons why a price is not fit to be sent."""

from odoo import fields
from odoo.tools import format_amount

from ..api.prices import CENT, exact, quantized, rounded, rounded_net
from .price_terms import PriceTerms


class PublishedPrices:
    """Prices now of one unit of each of `products`, in the currency of the site."""

    def __init__(self, shop, products):
        """`shop` in its own company, with the rights to see costs and rules."""
        self._shop, self._now = shop, fields.Datetime.now()
        self._terms = PriceTerms(shop.company_id)
        pricelists = shop.env["product.pricelist"]
        pricelist = shop.price_warehouse_id.pricelist_id
        self._prices = self._finals(pricelist, products)
        self._list_prices = self._finals(pricelists, products) if pricelist else self._prices

    def _finals(self, pricelist, products):
        currency = pricelist.currency_id or self._shop.company_id.currency_id
        return {
            product: self._final(product, self._convert(price, currency))
            for product, (price, _rule) in pricelist._prices_and_rules(products, self._now).items()
        }

    def _convert(self, amount, currency):
        return currency._convert(
            amount, self._shop.currency_id, self._shop.company_id, self._now, round=False
        )

    def price(self, product):
        """Decimal, with VAT or without as the site has it."""
        return self._prices[product]

    def gross(self, product):
        """The same with VAT."""
        price = self._prices[product]
        if self._shop.price_tax == "gross":
            return price
        return quantized(exact(self._terms.gross_of(product, float(price))), CENT)

    def price_before(self, product):
        """The price before the reduction; 0 when it is not reduced."""
        listed = self._list_prices[product]
        return listed if listed > self._prices[product] else exact(0)

    def _final(self, product, price):
        shop = self._shop
        price *= 1 + shop.price_markup / 100
        gross, net = map(exact, self._terms.gross_and_net(product, price))
        if shop.price_tax == "gross":
            return rounded(gross, shop.price_rounding)

        def gross_of(amount):
            return exact(self._terms.gross_of(product, float(amount)))

        return rounded_net(net, shop.price_rounding, gross_of)

    def problem(self, product):
        """Why the price cannot be sent, in words; False when it can."""
        price, shop = self.price(product), self._shop
        if price <= 0:
            return shop.env._("Its price here is zero or less.")
        if shop.price_below_cost:
            return False
        net = quantized(self._net(product, price), CENT)
        cost = self._convert(product.standard_price, product.cost_currency_id)
        if net >= quantized(exact(cost), CENT):
            return False
        return shop.env._(
            "Its price without VAT, %(price)s, is below its cost, %(cost)s.",
            price=format_amount(shop.env, float(net), shop.currency_id),
            cost=format_amount(shop.env, cost, shop.currency_id),
        )

    def _net(self, product, price):
        if self._shop.price_tax == "net":
            return price
        return exact(self._terms.net_of(product, float(price)))
