"""Whatever prices, rates, quantities and discounts the site can produce, the sales order and the
posted invoice have the order's total, to the cent. The orders are made by the shop's own rules."""

from random import Random, randrange

from lxml import html

from .order_case import SERVICES, OrderCase

ROUNDINGS = ("round_per_line", "round_globally")
RATES = (5, 9, 11, 19, 21)


def invoiced(sales):
    """Their posted invoices, one of each."""
    sales.order_line.product_id.product_tmpl_id.invoice_policy = "order"
    moves = sales._create_invoices(grouped=True, final=True)
    moves.action_post()
    return moves


class TestTotals(OrderCase):
    goods = SERVICES

    def prepare(self):
        super().prepare()
        self.env.ref("base.EUR").active = True

    def setUp(self):
        super().setUp()
        self.seed = randrange(10**6)  # told when it fails
        self.chance = Random(self.seed)

    def line(self):
        chance = self.chance
        price = chance.choice((0, 0.01, 0.03, 9.99, 10.0, 33.33, 99_999.99))
        return {
            "product_id": chance.choice((1, 2)),
            "unit_price_gross": chance.choice((price, chance.randint(0, 5_000_00) / 100)),
            # Most shops sell pieces; some sell cloth by the metre and cheese by the kilogram.
            "quantity": chance.choice(
                (0.01, chance.randint(1, 40), chance.randint(1, 4_000) / 100)
            ),
            "product_tax_percent": chance.choice(RATES),
        }

    def placed(self, goods):
        """An order of these, with what else may be on one."""
        chance = self.chance
        whole = sum(line["unit_price_gross"] * line["quantity"] for line in goods)
        discounts = [
            {
                "item_type": "promo_cart",
                "amount": round(whole * chance.randint(1, 60) / 200, 2),
                "product_tax_percent": chance.choice((None, 21, 11)),
            }
            for _discount in range(chance.randint(0, 2))
        ]
        return self.site.add_order(
            [*goods, *discounts],
            notify=False,
            shipping_amount=chance.choice((0, 0, 14.99, 19.99, 25)),
            shipping_tax_percent=chance.choice((21, 19, 11, None)),
            currency=chance.choice(("RON", "RON", "EUR")),
        )

    def assert_totals(self, placed):
        """The sales orders of these, which have their totals, as have their invoices."""
        orders = self.env["merchantpro.order"]._store(self.shop, placed)
        orders.process()
        for order, row in zip(orders, placed, strict=True):
            self.assertEqual(self.assert_imported(order).currency_id.name, row["currency"])
        sales = orders.sale_order_id
        moves = invoiced(sales)
        self.assertEqual(moves._merchantpro_orders(), orders)
        for move in moves:
            order = move._merchantpro_orders()
            self.assertEqual(move.currency_id, order.sale_order_id.currency_id)
            self.assertAlmostEqual(move.amount_total, order.total, 2, order.payload)
        return sales

    def test_sale_and_invoice_have_the_total_of_the_shop(self):
        for rounding in ROUNDINGS:
            self.company.tax_calculation_rounding_method = rounding
            with self.subTest(rounding, seed=self.seed):
                lines = [[self.line() for _line in range(1 + n % 4)] for n in range(12)]
                self.assert_totals([self.placed(each) for each in lines])

    def test_so_have_those_of_500_lines(self):
        self.company.tax_calculation_rounding_method = self.chance.choice(ROUNDINGS)
        lines = [self.line() for _line in range(500)]
        # No two alike: the parts of a cent that rounding leaves must not add up.
        for cents, line in enumerate(lines):
            line["unit_price_gross"] = round(line["unit_price_gross"] + cents / 100, 2)
        with self.subTest(seed=self.seed):
            sale = self.assert_totals([self.placed(lines)])
            sold = sale.order_line.filtered(lambda line: line.product_id in self.mug | self.book)
            self.assertEqual(len(sold), 500)


class TestPrintedInvoice(OrderCase):
    """Its buyer, and so the invoice, is Romanian."""

    goods = SERVICES

    def prepare(self):
        super().prepare()
        self.sale = self.assert_imported(
            self.read_order([{"product_id": 1, "quantity": 3}, {"product_id": 2}])
        )

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
        self.assertEqual(self.printed(invoiced(self.sale)), {"Cană": "20,00", "Carte": "30,03"})

    def test_other_invoices_are_printed_as_odoo_prints_them(self):
        tax = self.sale.order_line[0].tax_ids
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.sale.partner_id.id,
                "invoice_line_ids": [
                    (0, 0, {"name": "Altceva", "price_unit": 24.2, "tax_ids": tax.ids})
                ],
            }
        )
        self.assertEqual(self.printed(move), {"Altceva": "24,20"})
