"""Categories and products as sites send them."""

import copy
from decimal import Decimal

import pytest
from api import catalog
from api.errors import ParseError
from hypothesis import given
from hypothesis import strategies as st
from strategies import VALUES

from merchantpro_simulator import Simulator

TEA = {
    "id": 7101,
    "type": "basic",
    "sku": "TEA-100",
    "ean": "5940000000017",
    "name": "Green tea",
    "description": "<p>Leaf</p>",
    "inventory_enabled": "on",
    "stock": 12,
    "price_net": 20.6612,
    "price_gross": 25,
    "old_price_gross": None,
    "tax_id": 1,
    "tax_value": 21,
    "weight": 0.1,
    "category_id": 12,
    "categories": [{"id": 12}, {"id": 13}],
    "image_url": {"thumb": "https://cdn.example/t.jpg", "large": "https://cdn.example/l.jpg"},
    "meta_fields": {"origin": "CN", "parts": ["leaf", "bag"]},
    "status": "active",
    "images": [{"url": "https://cdn.example/1.jpg", "default": True, "hash": "ab"}],
}
SHIRT = {
    "id": 7200,
    "type": "multi_variant",
    "name": "T-shirt",
    "weight": 0.2,
    "variant_attributes": [{"name": "Size", "options": [{"value": "M"}, {"value": "L"}]}],
    "variants": [
        {
            "id": 7201,
            "sku": "TS_m",
            "price_gross": 50,
            "stock": "4.000",
            "variant_options": [{"name": "Size", "value": "M"}],
        },
        {
            "id": 7202,
            "sku": "TS_l",
            "price_gross": 55,
            "weight": 0.3,
            "variant_options": [{"attribute_name": "Size", "value": "L"}],
        },
    ],
}


@pytest.mark.parametrize("record", [TEA, SHIRT], ids=["simple", "with variants"])
@given(key=st.sampled_from(sorted({*TEA, *SHIRT})), value=VALUES)
def test_one_wrong_value_is_understood_or_a_parse_error(record, key, value):
    try:
        catalog.parse_product({**copy.deepcopy(record), key: value})
    except ParseError as error:
        assert len(str(error)) < 250


@given(key=st.sampled_from(["id", "parent_id", "name", "url", "status"]), value=VALUES)
def test_category_with_one_wrong_value(key, value):
    try:
        catalog.parse_category({"id": 1, "name": "Tea", key: value})
    except ParseError as error:
        assert len(str(error)) < 250


def test_simple_product_is_its_own_variant():
    product = catalog.parse_product(TEA)
    (variant,) = product.variants
    assert (variant.id, variant.product_id, variant.name) == ("7101", "7101", "")
    assert (variant.price_gross, variant.price_net) == (25, Decimal("20.6612"))
    assert (variant.stock, variant.tracked, variant.weight) == (12, True, Decimal("0.1"))
    assert variant.old_price_gross is None
    assert variant.image_url == "https://cdn.example/l.jpg"
    assert product.category_ids == ("12", "13")
    assert product.characteristics == {"origin": "CN", "parts": "leaf, bag"}
    assert product.images[0].is_default and product.images[0].hash == "ab"


def test_variants_are_what_is_sold():
    product = catalog.parse_product(SHIRT)
    assert [variant.name for variant in product.variants] == ["M", "L"]
    assert {variant.product_id for variant in product.variants} == {"7200"}
    assert product.attributes == (("Size", ("M", "L")),)
    assert [variant.weight for variant in product.variants] == [Decimal("0.2"), Decimal("0.3")]
    assert product.variants[0].stock == 4


def test_page_whose_variants_are_missing_sells_nothing():
    assert catalog.parse_product({**SHIRT, "variants": None}).variants == ()


def test_variant_listed_twice_is_one():
    twice = {**SHIRT, "variants": SHIRT["variants"] + SHIRT["variants"][:1]}
    assert len(catalog.parse_product(twice).variants) == 2


def test_stock_that_is_not_counted_is_not_zero_stock():
    assert not catalog.parse_product({**TEA, "inventory_enabled": "off"}).variants[0].tracked


def test_product_without_a_name_is_called_by_its_number():
    assert catalog.parse_product({"id": 5}).name == "#5"


def test_product_without_an_id_is_an_error():
    with pytest.raises(ParseError) as error:
        catalog.parse_product({"name": "Tea"})
    assert error.value.key == "id"


def test_equal_records_have_equal_digests_in_any_order():
    backwards = dict(reversed(TEA.items()))
    assert catalog.parse_product(TEA).digest == catalog.parse_product(backwards).digest
    assert catalog.parse_product(TEA).digest != catalog.parse_product({**TEA, "stock": 1}).digest


@pytest.mark.parametrize("depth", [900, 50_000])
def test_record_nested_without_end_is_a_parse_error_at_worst(depth):
    value = []
    for _level in range(depth):
        value = [value]
    try:
        catalog.parse_product({**TEA, "extra": value})
    except ParseError as error:
        assert "nested" in str(error)


def test_description_may_be_long():
    assert catalog.parse_product({**TEA, "description": "x" * 10**6})


@pytest.mark.parametrize("value", [None, 0, "0", "", 5])
def test_root_categories(value):
    """Of no parent, or of itself."""
    assert catalog.parse_category({"id": 5, "parent_id": value}).parent_id is None


def test_categories_in_a_circle_are_moved_to_the_root():
    parents = {"1": None, "2": "1", "3": "5", "4": "3", "5": "4", "6": "5", "7": "404"}
    found = catalog.without_cycles(
        [catalog.parse_category({"id": key, "parent_id": each}) for key, each in parents.items()]
    )
    assert [each.id for each in found] == list(parents)
    result = {each.id: each.parent_id for each in found}
    assert result == {"1": None, "2": "1", "3": None, "4": "3", "5": "4", "6": "5", "7": "404"}


@given(st.lists(st.integers(0, 8), min_size=8, max_size=8))
def test_no_category_is_its_own_ancestor(parents):
    rows = [{"id": number, "parent_id": each} for number, each in enumerate(parents, 1)]
    found = catalog.without_cycles([catalog.parse_category(row) for row in rows])
    above = {each.id: each.parent_id for each in found}
    for each in above:
        steps = 0
        while each is not None:
            each, steps = above.get(each), steps + 1
            assert steps <= len(rows)


def test_every_product_of_the_demonstration_is_understood():
    shop = Simulator(seed="demo")
    products = [catalog.parse_product(record) for record in shop.store.all("product")]
    assert len(products) == 300
    assert all(product.variants for product in products)
