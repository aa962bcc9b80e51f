from odoo.tests import BaseCase

from ..models.import_prices import split_prices


class TestSplitPrices(BaseCase):
    def split(self, prices):
        return split_prices({"".join(values): (values, price) for values, price in prices.items()})

    def test_one_price_needs_no_extras(self):
        base, extras, misfits = self.split({("M",): 10, ("L",): 10})
        self.assertEqual((base, extras, misfits), (10, {"M": 0, "L": 0}, []))

    def test_the_cheapest_gives_the_list_price(self):
        base, extras, _misfits = self.split({("M",): 12.5, ("L",): 10, ("S",): 10.99})
        self.assertEqual((base, extras), (10, {"M": 2.5, "L": 0, "S": 0.99}))

    def test_extras_of_two_attributes_add_up(self):
        base, extras, misfits = self.split(
            {("M", "red"): 10, ("L", "red"): 15, ("M", "blue"): 12, ("L", "blue"): 17}
        )
        self.assertEqual((base, misfits), (10, []))
        self.assertEqual(extras, {"M": 0, "red": 0, "L": 5, "blue": 2})

    def test_extras_are_found_through_other_variants(self):
        base, extras, misfits = self.split({("M", "red"): 10, ("L", "red"): 15, ("L", "blue"): 18})
        self.assertEqual((base, extras["blue"], misfits), (10, 3, []))

    def test_what_does_not_add_up_is_named(self):
        _base, _extras, misfits = self.split(
            {("M", "red"): 10, ("L", "red"): 15, ("M", "blue"): 12, ("L", "blue"): 99}
        )
        self.assertEqual(misfits, ["Lblue"])

    def test_variants_that_share_no_value_keep_the_list_price_or_are_named(self):
        base, _extras, misfits = self.split({("M", "red"): 10, ("L", "blue"): 15})
        self.assertEqual((base, misfits), (10, ["Lblue"]))
