"""A mug sold at 20 without VAT here and 24.20 with VAT on the site; pricelists and taxes."""

from odoo.tests import Form

from .common import ShopCase


class PriceCase(ShopCase):
    def prepare(self):
        super().prepare()
        self.vat = self.tax("VAT")
        self.mug = self.erp_product("CANA", lst_price=20, taxes_id=self.vat.ids)
        self.site.add_product(id=1, name="Cană", sku="CANA", price_gross=24.2)
        self.import_catalog()
        self.site.clear_calls()

    def tax(self, name, amount=21, **values):
        return self.env["account.tax"].create(
            {
                "name": name,
                "amount": amount,
                "type_tax_use": "sale",
                "price_include_override": "tax_excluded",
                "company_id": self.company.id,
                **values,
            }
        )

    def included_tax(self, name="VAT included", **values):
        return self.tax(name, price_include_override="tax_included", **values)

    def pricelist(self, name="Site", **values):
        return self.env["product.pricelist"].create({"name": name, **values})

    def use(self, pricelist):
        """The shop publishes the prices of this pricelist."""
        self.warehouse.pricelist_id = pricelist
        self.shop.price_warehouse_id = self.warehouse

    def rule(self, pricelist, **values):
        """A rule as a person enters it."""
        items = self.env["product.pricelist.item"]
        form = Form(items.with_context(default_pricelist_id=pricelist.id))
        for name, value in values.items():
            form[name] = value
        return form.save()

    def fixed(self, pricelist, price, product=None, **values):
        product = product or self.mug
        return self.rule(
            pricelist,
            product_tmpl_id=product.product_tmpl_id,
            compute_price="fixed",
            fixed_price=price,
            **values,
        )

    def discount(self, pricelist, percent, **values):
        return self.rule(pricelist, compute_price="percentage", percent_price=percent, **values)

    def foreign(self, name="EUR", rate=5.0, day="2020-01-01"):
        """A currency of which one costs `rate` of the company's; None: no rate is known."""
        currency = self.env.ref(f"base.{name}")
        currency.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", currency.id)]).unlink()
        if rate:
            self.rate(currency, rate, day)
        return currency

    def rate(self, currency, rate, day):
        return self.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "name": day,
                "inverse_company_rate": rate,
                "company_id": self.company.id,
            }
        )

    def send(self):
        self.shop.price_direction = "push"
        self.push()

    def sent(self):
        """What the site was told since the last time, oldest first."""
        self.push()
        bodies = [call["body"] for call in self.site.calls_of("PATCH", "/inventory")]
        self.site.clear_calls()
        return bodies

    def sent_prices(self):
        return [body["price_gross"] for body in self.sent()]

    def noted(self):
        self.env.cr.flush()
        return self.env["merchantpro.change"].search([]).variant_id

    def published(self, row=None):
        row = row or self.row(1)
        prices, _problems = self.shop._published_prices(row)
        return prices.get(row)

    def problem(self, row=None):
        row = row or self.row(1)
        _prices, problems = self.shop._published_prices(row)
        return problems.get(row)
