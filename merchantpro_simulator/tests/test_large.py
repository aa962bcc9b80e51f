"""The large shop: what it has in it, and that its pages are not paid for with its size."""

import json
from collections import Counter

import pytest

from merchantpro_simulator import Simulator, seed_large


@pytest.fixture(scope="module")
def large():
    """A tenth of it: the rest is the same."""
    with Simulator() as shop:
        with shop.store.transaction():
            seed_large.fill(shop.products, 2000, 300)
        yield shop


def test_every_kind_of_product_is_there(large):
    kinds = Counter(product["type"] for product in large.store.all("product"))
    assert kinds["multi_variant"] == 300
    assert kinds["basic"] > 1600
    assert kinds["digital"] and kinds["bundle"]


def test_ids_and_codes_are_of_one_thing_each(large):
    products = large.store.all("product")
    units = [unit for product in products for unit in [product, *product.get("variants", [])]]
    for key in ("id", "sku", "ean"):
        values = Counter(unit[key] for unit in units if unit[key])
        assert values.most_common(1)[0][1] == 1, key


def test_same_shop_at_each_start(large):
    again = Simulator()
    seed_large.fill(again.products, 2000, 300)
    for product in large.store.all("product")[::37]:
        other = again.product(product["id"])
        assert {**product, "url": "", "images": []} == {**other, "url": "", "images": []}


def test_a_page_reads_its_own_records_only(large, monkeypatch):
    """Whatever is read of the store is parsed."""
    parsed = []
    loads = json.loads
    monkeypatch.setattr(json, "loads", lambda text: parsed.append(text) or loads(text))
    page = large.store.page("product", 1900, 100, "date_created")
    assert len(page) == len(parsed) == 100


def test_a_page_finds_its_records_without_sorting_all(large):
    """SQLite says how it goes about it: through an index, with no tree of its own."""
    order = "sort_key(body, 'date_created') ASC, position"
    query = f"EXPLAIN QUERY PLAN SELECT body FROM document WHERE kind = ? ORDER BY {order}"
    steps = [row[3] for row in large.store._rows(query, "product")]
    assert steps == ["SEARCH document USING INDEX document_created (kind=?)"]


@pytest.mark.parametrize("field", [None, "id", "name", "date_created", "date_modified", "created"])
@pytest.mark.parametrize("descending", [False, True])
def test_pages_follow_the_text_of_the_field(field, descending):
    """As the whole list, sorted in Python, would."""
    shop = Simulator()
    for number, name in enumerate(["b", "ă", "a", None, "B", "b", "10", "9", 7, ""]):
        shop.add_product(id=9 + number, name=name, date_created=f"2026-01-0{1 + number % 3}")
    records = shop.store.all("product")
    if field:
        records.sort(key=lambda each: str(each.get(field) or ""), reverse=descending)
    wanted = [record["id"] for record in records]
    pages = [shop.store.page("product", start, 3, field, descending) for start in (0, 3, 6, 9)]
    assert [record["id"] for page in pages for record in page] == wanted
