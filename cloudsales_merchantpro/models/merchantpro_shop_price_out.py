"""Prices out: what the site should be told, when Odoo decides the prices."""

from odoo import fields, models

from .price_terms import PriceTerms
from .published_prices import PublishedPrices


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    def _published_prices(self, variants):
        """({row: {field of the API: amount}}, {row: why its price cannot be sent}) of linked rows
        whose prices Odoo decides; the fields are price_gross or price_net, and old_price_*. An
        old price of 0.0 is none. An archived product has no price to tell, it is sold out."""
        if self.price_direction != "push":
            return {}, {}
        rows = variants.filtered(
            lambda row: row.match_state == "linked" and row.on_site and row.product_id.active
        )
        if self.price_setup_problem:
            return {}, dict.fromkeys(rows, self.price_setup_problem)
        shop = self.sudo().with_company(self.company_id)
        rows = rows.with_env(shop.env)
        prices = PublishedPrices(shop, rows.product_id)
        problems = {row: prices.problem(row.product_id) for row in rows}
        return (
            {row: self._price_values(row, prices) for row in rows if not problems[row]},
            {row: problem for row, problem in problems.items() if problem},
        )

    def _price_values(self, row, prices):
        name, old_name = f"price_{self.price_tax}", f"old_price_{self.price_tax}"
        price = float(prices.price(row.product_id))
        if self.price_show_reduction:
            return {name: price, old_name: float(prices.price_before(row.product_id))}
        # Whoever enters reductions on the site keeps them; one that is none any more goes.
        gone = {old_name: 0.0} if 0 < row[old_name] <= price else {}
        return {name: price, **gone}

    def _prices_here(self, products):
        """{product: price with VAT} to compare with the site's, in the site's currency."""
        shop = self.sudo().with_company(self.company_id)
        products = products.with_env(shop.env)
        if shop.price_direction == "push" and not shop.price_setup_problem:
            published = PublishedPrices(shop, products)
            return {product: float(published.gross(product)) for product in products}
        now, terms = fields.Datetime.now(), PriceTerms(shop.company_id)
        pricelist = shop._price_warehouses().pricelist_id[:1]
        currency = pricelist.currency_id or shop.company_id.currency_id
        rate = currency._get_conversion_rate(currency, shop.currency_id, shop.company_id, now)
        return {
            product: terms.gross_and_net(product, price * rate)[0]
            for product, (price, _rule) in pricelist._prices_and_rules(products, now).items()
        }
