"""The prices of a row, with VAT and without, as the site told or acknowledged them last."""

from odoo import fields, models

from ..api.prices import CENT, NET, exact, quantized

BOTH = (("price_gross", "price_net"), ("old_price_gross", "old_price_net"))


class MerchantProVariant(models.Model):
    _inherit = "merchantpro.variant"

    price_net = fields.Float(
        string="Price Without VAT", digits=(16, 4), aggregator=None, help="On the site."
    )
    old_price_net = fields.Float(
        string="Price Before Reduction Without VAT", digits=(16, 4), help="0: not reduced."
    )

    def _acknowledged(self, values):
        return super()._acknowledged({**self._other_prices(values), **values})

    def _other_prices(self, values):
        """What the site makes of prices it got with VAT or without only: the others, at the rate
        its prices told until now. The next reading brings them to the last digit."""
        gross, net = self.price_gross, self.price_net
        others = {}
        for with_vat, without in BOTH:
            if with_vat in values and without not in values:
                price = values[with_vat] * net / gross if gross else 0.0
                others[without] = float(quantized(exact(price), NET))
            elif without in values and with_vat not in values:
                price = values[without] * gross / net if net else 0.0
                others[with_vat] = float(quantized(exact(price), CENT))
        return others
