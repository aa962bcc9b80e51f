"""An order as a real shop sent it (personal data replaced), read field by field."""

import datetime
import json
import pathlib
from decimal import Decimal

import pytest
from api.orders import parse_order


@pytest.fixture(scope="module")
def order():
    sample = json.loads(pathlib.Path(__file__).with_name("real_order.json").read_text())
    return parse_order(sample["order"])


def test_identity_and_times(order):
    assert (order.id, order.sys_id, order.parent_id) == ("42209911", "105903863", None)
    assert order.created == datetime.datetime(2025, 12, 18, 8, 40, 46)
    assert order.modified == order.created
    assert order.return_source_id is None and order.return_ids == ()


def test_state(order):
    assert (order.payment_status, order.shipping_status) == ("awaiting", "awaiting")
    assert order.payment_method_code == "cash_delivery"
    assert order.payment_method_name == "Plaćanje pouzećem"
    assert (order.shipping_method_id, order.shipping_method_name) == ("1", "Kurirska služba")
    assert order.invoice is None and order.awb == "" and order.payment_date is None


def test_amounts_keep_the_digits_of_the_shop(order):
    assert (order.total, order.currency) == (Decimal("40498"), "RSD")
    assert order.subtotal_net == Decimal("33748.3334")
    assert order.tax_amount == Decimal("6749.6666")
    assert (order.cod_amount, order.paid_amount, order.wallet) == (Decimal("40498"), 0, 0)
    # The percent of the shipping differs from that of the goods: amounts are what counts.
    assert (order.shipping_gross, order.shipping_tax_percent) == (0, Decimal("19"))


def test_lines_add_up_to_the_total(order):
    assert [line.product_id for line in order.lines] == ["125011", "125020"]
    assert sum(line.subtotal_gross for line in order.lines) == order.total
    assert sum(line.subtotal_net for line in order.lines) == order.subtotal_net
    assert sum(line.tax_amount for line in order.lines) == order.tax_amount
    assert {line.tax_percent for line in order.lines} == {Decimal("20")}
    assert {(line.sku, line.ean, line.kind) for line in order.lines} == {("", "", "product")}


def test_paid_price_is_the_line_s_not_the_regular_one(order):
    assert order.lines[1].unit_gross == Decimal("23999")


def test_buyer(order):
    billing = order.billing
    assert (billing.name, billing.company, billing.is_company) == ("Client Test", "", False)
    assert (billing.country_code, billing.state) == ("RS", "Grad Beograd")
    assert (billing.city, billing.street) == ("Beograd (Rakovica)", "Strada Exemplu, 1")
    assert (billing.postal_code, billing.phone) == ("11160", "0700000000")
    assert order.shipping == billing
    assert (order.email, order.customer_id, order.language) == ("client@example.com", "4", "sr_RS")
