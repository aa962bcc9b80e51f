"""What of an order goes on which of its invoices."""

from decimal import Decimal

from api.shares import Row, of_order, of_transfer
from hypothesis import given
from hypothesis import strategies as st

HIGH, LOW = 21, 11


def row(key, ordered, amount, rate=HIGH, is_goods=True, invoiced=0):
    return Row(key, Decimal(ordered), Decimal(invoiced), Decimal(amount), rate, is_goods)


def moved(**quantities):
    return {key: Decimal(str(quantity)) for key, quantity in quantities.items()}


MUGS, BOOK = row("mugs", 4, "100"), row("book", 1, "50", LOW)
SHIPPING = row("shipping", 1, "20", is_goods=False)


def test_the_whole_order_is_all_that_is_left():
    rows = [MUGS, row("book", 1, "50", LOW, invoiced=1), SHIPPING]
    assert of_order(rows) == {"mugs": 4, "shipping": 1}


def test_what_was_invoiced_beyond_the_order_is_nothing_left():
    assert of_order([row("mugs", 2, "50", invoiced=3)]) == {}


def test_delivery_goes_with_the_first_goods():
    first = of_transfer([MUGS, BOOK, SHIPPING], moved(mugs=1))
    assert first == {"mugs": 1, "shipping": 1}


def test_no_goods_no_invoice():
    assert of_transfer([MUGS, BOOK, SHIPPING], {}) == {}
    assert of_transfer([row("mugs", 4, "100", invoiced=4), SHIPPING], moved(mugs=4)) == {}


def test_more_than_was_ordered_is_not_invoiced():
    assert of_transfer([MUGS], moved(mugs=6)) == {"mugs": 4}


def test_a_discount_is_spread_over_the_goods_of_its_rate():
    rows = [MUGS, BOOK, row("less", 1, "-10", HIGH, False), row("low", 1, "-5", LOW, False)]
    assert of_transfer(rows, moved(mugs=1)) == {"mugs": 1, "less": Decimal("0.25")}
    assert of_transfer(rows, moved(book=1)) == {"book": 1, "low": 1}


def test_a_voucher_without_a_rate_is_spread_over_all_goods():
    rows = [MUGS, BOOK, row("voucher", 1, "-30", None, False)]
    assert of_transfer(rows, moved(book=1)) == {"book": 1, "voucher": Decimal("0.33")}


def test_the_last_transfer_takes_the_rest():
    rows = [
        row("mugs", 3, "100", invoiced=2),
        row("less", 1, "-10", HIGH, False, invoiced="0.67"),
    ]
    assert of_transfer(rows, moved(mugs=1)) == {"mugs": 1, "less": Decimal("0.33")}


def test_goods_taken_back_on_the_same_order_go_with_the_rest():
    rows = [row("back", -1, "-25"), MUGS]
    assert of_transfer(rows, moved(mugs=4)) == {"mugs": 4, "back": -1}


@given(st.lists(st.integers(1, 9), min_size=1, max_size=5), st.data())
def test_transfers_together_are_the_order(ordered, data):
    invoiced = {key: Decimal(0) for key in [*range(len(ordered)), "less", "shipping"]}

    def rows():
        goods = [
            Row(key, Decimal(many), invoiced[key], Decimal(many * 10), key % 2, True)
            for key, many in enumerate(ordered)
        ]
        less = Row("less", Decimal(1), invoiced["less"], Decimal(-7), 0)
        return [*goods, less, Row("shipping", Decimal(1), invoiced["shipping"], Decimal(20), 0)]

    def invoice(quantities):
        for key, quantity in of_transfer(rows(), quantities).items():
            invoiced[key] += quantity

    for _transfer in range(3):
        invoice({key: Decimal(data.draw(st.integers(0, many))) for key, many in enumerate(ordered)})
    invoice({key: Decimal(many) for key, many in enumerate(ordered)})
    assert of_order(rows()) == {}
