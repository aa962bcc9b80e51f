"""Orders as sites vary them: what can be understood is, the rest is an error on that order."""

import copy
import json
import pathlib
from decimal import Decimal

import pytest
from api.errors import ParseError
from api.orders import parse_order
from hypothesis import given
from hypothesis import strategies as st
from strategies import VALUES

from merchantpro_simulator import Simulator

REAL = json.loads(pathlib.Path(__file__).with_name("real_order.json").read_text())["order"]
PLACES = [(key,) for key in REAL] + [("line_items", 0, key) for key in REAL["line_items"][0]]


def parsed(**changes):
    return parse_order({**copy.deepcopy(REAL), **changes})


def parsed_line(**changes):
    line = {**REAL["line_items"][0], **changes}
    return parsed(line_items=[line]).lines[0]


@given(place=st.sampled_from(PLACES), value=VALUES)
def test_one_wrong_value_is_understood_or_a_parse_error(place, value):
    record = copy.deepcopy(REAL)
    holder = record
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = value
    try:
        parse_order(record)
    except ParseError as error:
        assert len(str(error)) < 250


@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))
def test_missing_key_matters_only_where_nothing_could_be_sold_without_it(place):
    record = copy.deepcopy(REAL)
    holder = record
    for step in place[:-1]:
        holder = holder[step]
    del holder[place[-1]]
    needed = {"id", "date_created", "total_amount", "line_items", "quantity"}
    if place[-1] in needed:
        with pytest.raises(ParseError) as error:
            parse_order(record)
        assert error.value.key == place[-1]
    else:
        parse_order(record)


@pytest.mark.parametrize("record", [None, [], "order", 7])
def test_what_is_no_object_is_an_error(record):
    with pytest.raises(ParseError):
        parse_order(record)


def test_unknown_fields_are_ignored():
    assert parsed(invented={"deep": [1]}) == parsed()


def test_error_on_a_line_says_which_one():
    lines = [REAL["line_items"][0], {**REAL["line_items"][1], "quantity": "many"}]
    with pytest.raises(ParseError, match="line 2: “quantity”") as error:
        parsed(line_items=lines)
    assert error.value.key == "quantity"


@pytest.mark.parametrize("lines", [None, "x", 3])
def test_order_without_its_lines_is_an_error(lines):
    with pytest.raises(ParseError, match="line_items"):
        parsed(line_items=lines)


def test_lines_keyed_by_number_are_read():
    first, second = REAL["line_items"]
    assert parsed(line_items={"0": first, "1": second}).lines == parsed().lines


@pytest.mark.parametrize("number", ["95750870.3", "007", 42])
def test_order_numbers_are_text(number):
    assert parsed(id=number).id == str(number)


def test_both_spellings_of_cancelled():
    assert parsed(payment_status="canceled").payment_status == "cancelled"
    assert parsed(shipping_status="Cancelled").shipping_status == "cancelled"


@pytest.mark.parametrize("amount", [10, -10, "10.00"])
def test_store_credit_has_no_sign(amount):
    assert parsed(wallet_amount=amount).wallet == 10


def test_tags_come_as_objects_or_words():
    assert parsed(tags=[{"id": 1, "name": "VIP"}, "urgent", None, 3]).tags == ("VIP", "urgent", "3")


def test_returns_of_an_order():
    order = parsed(rma_orders=[{"id": 7, "type": "return"}, {"id": None}], return_source_id=5)
    assert (order.return_ids, order.return_source_id) == (("7",), "5")


@pytest.mark.parametrize("invoice", [None, [], "x", {}, {"prefix": "FCT", "number": ""}])
def test_no_invoice_yet(invoice):
    assert parsed(invoice=invoice).invoice is None


def test_invoice_of_the_site():
    invoice = parsed(invoice={"prefix": "FCT", "number": 1024, "url": "javascript:x"}).invoice
    assert (invoice.prefix, invoice.number, invoice.url) == ("FCT", "1024", "")
    assert not invoice.cancelled


# Lines


@pytest.mark.parametrize("word", ["promo_cart", "promo_product", "discount", "coupon"])
def test_discount_rows(word):
    line = parsed_line(
        item_type=word,
        product_id=None,
        line_subtotal_gross=-5,
        applied_discounts=[{"product_id": 125011, "amount": "1.5"}],
    )
    assert line.is_discount
    assert (line.subtotal_gross, line.discounts) == (-5, (("125011", Decimal("1.5")),))


def test_discount_row_may_have_neither_quantity_nor_price():
    discounts = [{"product_id": 1, "amount": 2}]
    lines = [{"item_type": "coupon", "applied_discounts": discounts}]
    line = parsed(line_items=lines).lines[0]
    assert (line.quantity, line.subtotal_gross, line.discounts) == (1, 0, (("1", 2),))


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"item_type": None}, "product"),
        ({"item_type": "bundle"}, "product"),
        ({"item_type": "gift_card"}, "gift_card"),
        ({"gift_card_delivery": {"email": "x@example.com"}}, "gift_card"),
        ({"item_type": "packing_fee"}, "other"),
    ],
)
def test_kinds_of_lines(changes, kind):
    assert parsed_line(**changes).kind == kind


def test_line_that_takes_goods_back():
    line = parsed_line(quantity=-2, line_subtotal_gross=None)
    assert (line.quantity, line.subtotal_gross) == (-2, -32998)


def test_price_and_subtotal_each_follow_from_the_other():
    assert parsed_line(quantity=2, unit_price_gross=None).unit_gross == Decimal("8249.5")
    assert parsed_line(quantity=2, line_subtotal_gross=None).subtotal_gross == 32998
    assert parsed_line(quantity=0, unit_price_gross=None).unit_gross == 0


def test_goods_without_any_price_are_an_error():
    with pytest.raises(ParseError, match="unit_price_gross"):
        parsed_line(unit_price_gross=None, line_subtotal_gross=None)


def test_row_id_stands_in_for_the_id_of_a_line():
    assert parsed_line(row_id=9).id == "9"
    assert parsed_line(id=8, row_id=9).id == "8"
    assert parsed_line().id is None


# Buyers


def test_company_is_told_by_its_vat_number_or_its_type():
    assert parsed(billing_company_vat="RO14399840").billing.company == "Client Test"
    assert parsed(billing_type="company").billing.company == "Client Test"
    named = parsed(billing_company_name="Exemplu SRL", billing_company_reg="J12/1/2019").billing
    assert (named.company, named.registry, named.name) == (
        "Exemplu SRL",
        "J12/1/2019",
        "Client Test",
    )


def test_keys_of_a_company_can_be_told():
    keys = {"company": ("firma",), "vat": ("cui",), "registry": ("reg",)}
    record = {**REAL, "billing_firma": "Exemplu SRL", "billing_cui": "1"}
    billing = parse_order(record, keys).billing
    assert (billing.company, billing.vat) == ("Exemplu SRL", "1")


def test_name_in_two_parts():
    order = parsed(billing_name=None, billing_first_name="Ana", billing_last_name="Pop")
    assert order.billing.name == "Ana Pop"


def test_goods_collected_in_the_shop_have_the_address_of_the_invoice():
    order = parsed(shipping_city=None, shipping_address="", shipping_name="Somebody")
    assert order.shipping == order.billing


def test_delivery_elsewhere_borrows_a_missing_name_and_phone():
    order = parsed(shipping_city="Arad", shipping_name=None, shipping_phone=None)
    assert order.shipping.city == "Arad"
    assert order.shipping.name == order.billing.name
    assert order.shipping.phone == order.billing.phone


def test_every_order_of_the_demonstration_is_understood():
    shop = Simulator(seed="demo")
    orders = [parse_order(record) for record in shop.store.all("order")]
    assert len({order.id for order in orders}) == shop.store.count("order") >= 60
    split = next(order for order in orders if "." in order.id)
    assert split.parent_id == "42190870"
