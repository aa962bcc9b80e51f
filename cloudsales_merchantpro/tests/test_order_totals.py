"""Whatever prices, rates, quantities and discounts the site can produce, the sales order and the
posted invoice have the order's total, to the cent. The orders are made by the shop's own rules."""

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from lxml import html

from .order_case import SERVICES, OrderCase

PRICES = st.integers(0, 5_000_00).map(lambda cents: cents / 100) | st.sampled_from(
    [0.01, 0.03, 9.99, 10.0, 33.33, 99_999.99]
)
# Most shops sell pieces; some sell cloth by the metre and cheese by the kilogram.
QUANTITIES = st.integers(1, 40) | st.integers(1, 4_000).map(lambda grams: grams / 100)
PERCENTS = st.sampled_from([5, 9, 11, 19, 21])
GOODS = st.fixed_dictionaries(
    {
        "product_id": st.sampled_from([1, 2]),
        "unit_price_gross": PRICES,
        "quantity": QUANTITIES,
        "product_tax_percent": PERCENTS,
    }
)
HEADERS = st.fixed_dictionaries(
    {
        "shipping_amount": st.sampled_from([0, 0, 14.99, 19.99, 25]),
        "shipping_tax_percent": st.sampled_from([21, 19, 11, None]),
        "currency": st.sampled_from(["RON", "RON", "EUR"]),
    }
)
# What a discount takes off, as a part of the goods, and the rate the site tells for it.
DISCOUNTS = st.lists(st.tuples(st.integers(1, 60), st.sampled_from([None, 21, 11])), max_size=2)
ROUNDINGS = st.sampled_from(["round_per_line", "round_globally"])


def real(examples):
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # to make an example smaller takes minutes here
        suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow],
    )


def invoice(sale):
    sale.order_line.product_id.product_tmpl_id.invoice_policy = "order"
    move = sale._create_invoices(final=True)
    move.action_post()
    return move


class TestTotals(OrderCase):
    goods = SERVICES

    def prepare(self):
        super().prepare()
        self.env.ref("base.EUR").active = True

    def placed(self, goods, discounts, header):
        whole = sum(line["unit_price_gross"] * line["quantity"] for line in goods)
        taken = [
            {
                "item_type": "promo_cart",
                "amount": round(whole * percent / 200, 2),
                "product_tax_percent": rate,
            }
            for percent, rate in discounts
        ]
        return self.site.add_order([*goods, *taken], notify=False, **header)

    @real(20)
    @given(st.lists(GOODS, min_size=1, max_size=4), DISCOUNTS, HEADERS, ROUNDINGS)
    def test_sale_and_invoice_have_the_total_of_the_shop(self, goods, discounts, header, rounding):
        self.company.tax_calculation_rounding_method = rounding
        placed = self.placed(goods, discounts, header)
        order = self.env["merchantpro.order"]._store(self.shop, [placed])
        order.process()
        sale = self.assert_imported(order)
        self.assertEqual(sale.currency_id.name, header["currency"])
        move = invoice(sale)
        self.assertEqual(move.currency_id, sale.currency_id)
        self.assertAlmostEqual(move.amount_total, order.total, 2)

    @real(1)
    @given(st.lists(GOODS, min_size=20, max_size=20), DISCOUNTS, HEADERS, ROUNDINGS)
    def test_so_have_those_of_500_lines(self, goods, discounts, header, rounding):
        self.company.tax_calculation_rounding_method = rounding
        assume(len({line["unit_price_gross"] for line in goods}) > 10)  # not the simplest of all
        # No two alike: the parts of a cent that rounding leaves must not add up.
        lines = [
            {**line, "unit_price_gross": round(line["unit_price_gross"] + number / 100, 2)}
            for number in range(25)
            for line in goods
        ]
        placed = self.placed(lines, discounts, header)
        self.shop.fetch_orders()
        order = self.order(placed["id"])
        sale = self.assert_imported(order)
        goods_here = sale.order_line.filtered(lambda line: line.product_id in self.mug | self.book)
        self.assertEqual(len(goods_here), 500)
        self.assertAlmostEqual(invoice(sale).amount_total, order.total, 2)


class TestPrintedInvoice(OrderCase):
    """Its buyer, and so the invoice, is Romanian."""

    goods = SERVICES

    def printed(self, move):
        """{product: text of its unit price} on the invoice that a customer gets."""
        page, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "account.report_invoice", move.ids
        )
        rows = html.fromstring(page).xpath("//tr[.//td[@name='td_price_unit']]")
        return {
            row.xpath("string(.//td[@name='account_invoice_line_name'])").split()[-1]: row.xpath(
                "normalize-space(.//td[@name='td_price_unit'])"
            )
            for row in rows
        }

    def test_unit_prices_are_without_vat(self):
        order = self.read_order([{"product_id": 1, "quantity": 3}, {"product_id": 2}])
        move = invoice(self.assert_imported(order))
        self.assertEqual(self.printed(move), {"Cană": "20,00", "Carte": "30,03"})

    def test_other_invoices_are_printed_as_odoo_prints_them(self):
        order = self.read_order([{"product_id": 1}])
        tax = self.assert_imported(order).order_line.tax_ids
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": order.sale_order_id.partner_id.id,
                "invoice_line_ids": [
                    (0, 0, {"name": "Altceva", "price_unit": 24.2, "tax_ids": tax.ids})
                ],
            }
        )
        self.assertEqual(self.printed(move), {"Altceva": "24,20"})
