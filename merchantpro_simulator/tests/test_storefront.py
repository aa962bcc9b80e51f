"""What a customer sees and does."""

import re

import pytest
import requests

from merchantpro_simulator import Simulator, pictures

PERSON = {
    "name": "Ana Țurcanu",
    "email": "ana@example.com",
    "phone": "0722000111",
    "county": "Cluj",
    "city": "Cluj-Napoca",
    "address": "Str. Horea 1",
    "postal_code": "400174",
    "payment": "cash_delivery",
}


@pytest.fixture
def visit(shop):
    """A customer's browser: a function of method, path and form."""
    with requests.Session() as browser:

        def visit(method, path, **options):
            return browser.request(method, shop.url + path, timeout=20, **options)

        yield visit


def order_of(shop, answer):
    assert answer.ok, answer.text
    return shop.order(answer.url.rpartition("/")[2])


def test_products_are_shown_found_and_drawn(shop, tea, shirt, visit):
    assert "Green tea" in visit("GET", "/").text
    found = visit("GET", "/", params={"q": "ts"}).text
    assert "T-shirt" in found and "Green tea" not in found
    assert "25.00 lei" in visit("GET", "/product/7101").text
    assert 'data-unit="7201"' in visit("GET", "/product/7200").text
    assert visit("GET", "/img/7101.png").content.startswith(b"\x89PNG")
    assert visit("GET", "/product/1").status_code == 404
    assert visit("GET", "/nowhere").status_code == 404


def test_letters_that_the_pictures_font_lacks_are_drawn_plain():
    assert pictures.draw(1, "Țambal Șiret") == pictures.draw(1, "Tambal Siret")
    assert pictures.draw(1, "Țambal") != pictures.draw(1, "Siret")


def test_inactive_product_is_not_on_the_first_page(shop, tea, visit):
    shop.update("product", 7101, status="inactive")
    assert "Green tea" not in visit("GET", "/").text


def test_person_orders(shop, tea, shirt, visit):
    visit("POST", "/basket", data={"unit": "7101", "quantity": "2"})
    visit("POST", "/basket", data={"unit": "7201", "quantity": "1"})
    order = order_of(shop, visit("POST", "/checkout", data=PERSON))
    assert [(line["product_id"], line["quantity"]) for line in order["line_items"]] == [
        (7101, 2),
        (7201, 1),
    ]
    assert (order["billing_type"], order["billing_name"]) == ("individual", "Ana Țurcanu")
    assert (order["billing_state"], order["shipping_city"]) == ("Cluj", "Cluj-Napoca")
    assert order["customer_email"] == "ana@example.com"
    assert (order["shipping_amount"], order["total_amount"]) == (19.99, 119.99)
    assert (order["payment_status"], order["shipping_cod_amount"]) == ("awaiting", 119.99)


def test_company_orders(shop, tea, visit):
    visit("POST", "/basket", data={"unit": "7101"})
    company = {"company": "Exemplu SRL", "vat": "RO14399840"}
    order = order_of(shop, visit("POST", "/checkout", data=PERSON | company))
    assert (order["billing_type"], order["billing_company_name"]) == ("company", "Exemplu SRL")
    assert order["billing_company_vat"] == "RO14399840"


def test_card_is_paid_at_once(shop, tea, visit):
    visit("POST", "/basket", data={"unit": "7101"})
    order = order_of(shop, visit("POST", "/checkout", data=PERSON | {"payment": "euplatesc"}))
    assert (order["payment_status"], order["paid_amount"]) == ("paid", order["total_amount"])
    assert order["shipping_cod_amount"] == 0


def total_of(page):
    return re.search(r'id="total">([0-9.]+) lei<', page.text)[1]


def test_basket_shows_the_total_that_the_order_then_has(shop, tea, shirt, visit):
    visit("POST", "/basket", data={"unit": "7101", "quantity": "3"})
    basket = visit("POST", "/basket", data={"unit": "7201"})
    thanks = visit("POST", "/checkout", data=PERSON)
    order = order_of(shop, thanks)
    assert total_of(basket) == total_of(thanks) == f"{order['total_amount']:.2f}"


def test_order_is_confirmed_by_its_number_and_the_basket_empty(shop, tea, visit):
    visit("POST", "/basket", data={"unit": "7101"})
    thanks = visit("POST", "/checkout", data=PERSON)
    (order,) = shop.store.all("order")
    assert order["id"] in thanks.text
    basket = visit("GET", "/basket").text
    assert "gol" in basket and "/checkout" not in basket
    assert visit("GET", "/thanks/1").status_code == 404


@pytest.mark.parametrize("missing", ["name", "email", "phone", "city", "address"])
def test_form_must_be_filled_in(shop, tea, visit, missing):
    visit("POST", "/basket", data={"unit": "7101"})
    answer = visit("POST", "/checkout", data=PERSON | {missing: ""})
    assert answer.status_code == 400
    assert missing in answer.text
    assert shop.store.count("order") == 0


def test_empty_basket_and_unknown_goods_are_no_order(shop, visit):
    assert visit("POST", "/checkout", data=PERSON).status_code == 400
    visit("POST", "/basket", data={"unit": "404"})
    assert visit("POST", "/checkout", data=PERSON).status_code == 400


def test_more_than_there_is_cannot_be_ordered(shop, tea, visit):
    visit("POST", "/basket", data={"unit": "7101", "quantity": "13"})
    answer = visit("POST", "/checkout", data=PERSON)
    assert answer.status_code == 400 and "Stoc insuficient" in answer.text


@pytest.mark.parametrize("changes", [{"allow_backorders": True}, {"inventory_enabled": "off"}])
def test_unless_the_shop_sells_without_counting(shop, tea, visit, changes):
    shop.update("product", 7101, **changes)
    visit("POST", "/basket", data={"unit": "7101", "quantity": "13"})
    assert order_of(shop, visit("POST", "/checkout", data=PERSON))


def test_names_are_escaped(shop, visit):
    shop.add_product(id=1, name="<script>alert(1)</script>")
    for path in ("/", "/product/1"):
        assert "<script>alert" not in visit("GET", path).text


@pytest.mark.parametrize("cookie", ["x", "7101", "7101:many", "7101:-1", "7101:0", ":"])
def test_spoilt_basket_is_an_empty_one(shop, tea, cookie):
    answer = requests.get(f"{shop.url}/basket", cookies={"basket": cookie}, timeout=20)
    assert answer.ok and "gol" in answer.text


# Stock


def test_order_leaves_the_stock_alone_because_the_erp_sends_it(shop, tea, visit):
    visit("POST", "/basket", data={"unit": "7101", "quantity": "2"})
    visit("POST", "/checkout", data=PERSON)
    assert shop.unit(7101)["stock"] == 12


def test_shop_that_counts_itself_lowers_the_stock_of_what_was_ordered():
    with Simulator(orders_lower_stock=True) as shop:
        shop.add_product(id=1, variants=[{"id": 2, "sku": "M", "stock": 5}, {"id": 3, "stock": 5}])
        shop.add_order([{"sku": "M", "quantity": 2}, {"item_type": "coupon", "amount": 1}])
        assert shop.unit(2)["stock"] == 3
        assert shop.unit(3)["stock"] == 5
