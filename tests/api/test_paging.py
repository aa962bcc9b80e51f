"""Lists are read to their end, each row once, and never in circles."""

import datetime
import json

import pytest
from servers import answering

from merchantpro_simulator import lists


@pytest.fixture
def full_shop(shop):
    for number in range(230):
        shop.add_product(id=1000 + number, sku=f"S{number}", date_created=_moment(number))
    return shop


def _moment(number):
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    return (start + datetime.timedelta(minutes=number)).isoformat()


def test_all_pages_are_read(full_shop, client):
    pages = list(client.pages("/products", {}))
    assert [len(page.rows) for page in pages] == [100, 100, 30]
    assert [page.start for page in pages] == [0, 100, 200]
    assert {page.total for page in pages} == {230}
    assert pages[-1].next_start is None


def test_reading_resumes_at_a_page(full_shop, client):
    page = client.product_page(200)
    assert [row["id"] for row in page.rows] == list(range(1200, 1230))
    assert page.next_start is None


def test_empty_list_is_one_empty_page(shop, client):
    assert [page.rows for page in client.pages("/products", {})] == [[]]


def test_order_that_arrives_between_two_pages_repeats_no_other(shop, client):
    product = shop.add_product(sku="TEA")
    for number in range(150):
        line = {"product_id": product["id"]}
        shop.add_order([line], id=str(number), date_created=_moment(number))
    shop.faults.set("order_between_pages", times=1)
    params = {"sort": "date_created.desc"}
    read = [row["id"] for page in client.pages("/orders", params) for row in page.rows]
    assert shop.store.count("order") == 151
    assert sorted(read, key=int) == [str(number) for number in range(150)]


def test_orders_come_newest_first_with_their_lines(shop, client):
    product = shop.add_product(sku="TEA")
    for number in (1, 3, 2):
        line = {"product_id": product["id"]}
        shop.add_order([line], id=str(number), date_created=_moment(number * 2000))
    rows = client.order_page(0).rows
    assert [row["id"] for row in rows] == ["3", "2", "1"]
    assert [line["product_sku"] for line in rows[0]["line_items"]] == ["TEA"]
    since = client.order_page(0, datetime.date(2026, 1, 3))
    assert [row["id"] for row in since.rows] == ["3", "2"]


def test_the_history_comes_oldest_first_and_a_count_asks_for_numbers_only(shop, client):
    product = shop.add_product()
    for number in (1, 3, 2):
        line = {"product_id": product["id"]}
        shop.add_order([line], id=str(number), date_created=_moment(number * 2000))
    since = datetime.date(2026, 1, 1)
    rows = client.order_history_page(0, since).rows
    assert [row["id"] for row in rows] == ["1", "2", "3"]
    assert rows[0]["line_items"]
    rows = client.order_numbers_page(0, since).rows
    assert [set(row) for row in rows] == [{"id", "date_created"}] * 3


def test_orders_are_read_by_their_full_numbers(shop, client):
    product = shop.add_product()
    for number in ("95", "95.3", "96"):
        shop.add_order([{"product_id": product["id"]}], id=number)
    assert [row["id"] for row in client.orders_by_ids(["95.3", "96"])] == ["95.3", "96"]


def test_products_come_with_variants_and_pictures(shop, client):
    shop.add_product(id=1, images=[{"url": "https://x.example/1.png"}])
    shop.add_product(id=2, variants=[{"id": 3, "options": {"Size": "M"}}])
    rows = client.product_page(0).rows
    assert rows[0]["images"] and "variants" not in rows[0]
    assert [variant["id"] for variant in rows[1]["variants"]] == [3]


def _meta(**links):
    return {"count": {"total": 500, "start": 100}, "links": links}


@pytest.mark.parametrize(
    ("meta", "following"),
    [
        (_meta(next="/api/v2/products?start=102&limit=2"), 102),
        # Only the offset is taken from a link, never the host.
        (_meta(next="https://evil.example/api/v2/products?start=102"), 102),
        (_meta(next=None), None),
        (_meta(next=""), None),
        (_meta(next="/api/v2/products"), None),
        # Backwards or on the spot: reading would never end.
        (_meta(next="?start=100"), None),
        (_meta(next="?start=0"), None),
        (_meta(next="?start=-5"), None),
        (_meta(next="?start=many"), None),
        (_meta(next="http://[broken?start=102"), None),
        (_meta(next=7), None),
        (_meta(next={"start": 102}), None),
        # Without links the total decides, without a total the size of the page.
        ({"count": {"total": 500}}, 102),
        ({"count": {"total": 102}}, None),
        ({"count": {"total": "many"}}, None),
        ({"count": [], "links": []}, None),
        ([], None),
        (None, None),
    ],
)
def test_next_page_is_where_the_shop_says_but_always_further_on(connect, meta, following):
    body = json.dumps({"data": [{"id": 1}, {"id": 2}], "meta": meta}).encode()
    with answering(200, body) as server:
        assert connect(server.url).page("/products", {}, 100).next_start == following


def test_full_page_without_meta_has_a_next_one(connect):
    body = json.dumps({"data": [{"id": number} for number in range(100)]}).encode()
    with answering(200, body) as server:
        page = connect(server.url).page("/products", {}, 0)
    assert (page.next_start, page.total) == (100, None)


def test_empty_page_is_the_last_whatever_its_link_says(connect):
    body = json.dumps({"data": [], "meta": _meta(next="?start=900")}).encode()
    with answering(200, body) as server:
        assert connect(server.url).page("/products", {}, 100).next_start is None


def test_rows_that_are_no_objects_are_left_out(connect):
    body = json.dumps({"data": [{"id": 1}, None, "x", [2], 3]}).encode()
    with answering(200, body) as server:
        assert connect(server.url).page("/products", {}, 0).rows == [{"id": 1}]


def test_a_shop_that_does_not_tell_returns_is_asked_without_them_from_then_on(
    shop, client, monkeypatch
):
    monkeypatch.setitem(lists.INCLUDED, "order", {"line_items", "tags"})
    number = shop.add_order([{"product_name": "?"}])["id"]
    for _turn in range(2):
        (row,) = client.orders_by_ids([number])
        assert row["line_items"] and "tags" in row
    asked = [call["query"]["include"] for call in shop.calls_of("GET", "/orders")]
    assert asked == ["line_items,tags,rma_orders", "line_items,tags", "line_items,tags"]
