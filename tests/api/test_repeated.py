"""What a repeat may cure is repeated, with pauses that grow; a POST never is."""

import gzip
import itertools

import pytest
from api import errors
from servers import answering, closed, silent


@pytest.mark.parametrize("fault", ["busy_500", "busy_400", "truncated", "dropped"])
def test_passing_failure_is_repeated_until_it_is_over(shop, client, naps, fault):
    shop.add_category("Tea")
    shop.faults.set(fault, times=2)
    assert [each["name"] for each in client.categories()] == ["Tea"]
    assert len(shop.calls) == 3
    assert len(naps) == 2
    assert 0.5 <= naps[0] <= 1 <= naps[1] <= 2


def test_list_of_the_wrong_type_is_repeated(shop, client):
    shop.add_category("Tea")
    shop.faults.set("wrong_types", times=1)
    assert [each["name"] for each in client.categories()] == ["Tea"]
    assert len(shop.calls) == 2


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("busy_500", errors.TransientError),
        ("busy_400", errors.TransientError),
        ("truncated", errors.BadAnswer),
        ("wrong_types", errors.BadAnswer),
        ("dropped", errors.ShopUnreachable),
    ],
)
def test_lasting_failure_is_given_up_after_four_tries(shop, client, fault, error):
    shop.faults.set(fault)
    with pytest.raises(error):
        client.categories()
    assert len(shop.calls) == 4


@pytest.mark.parametrize("fault", ["busy_500", "dropped"])
def test_absolute_stock_may_be_sent_again(shop, client, fault):
    product = shop.add_product(sku="TEA", stock=3)
    shop.faults.set(fault, times=1, method="PATCH")
    client.patch_inventory(str(product["id"]), {"stock": 8})
    assert shop.unit(product["id"])["stock"] == 8
    assert len(shop.calls_of("PATCH")) == 2


@pytest.mark.parametrize("fault", ["busy_500", "busy_400", "truncated", "dropped"])
def test_post_without_a_usable_answer_is_an_unknown_outcome(shop, client, naps, fault):
    shop.faults.set(fault, times=1)
    with pytest.raises(errors.OutcomeUnknown) as failure:
        client.post("/categories", {"name": "Tea"})
    assert len(shop.calls_of("POST")) == 1
    assert naps == []
    assert "not known" in str(failure.value)


def test_post_that_was_done_unseen_is_not_done_twice(shop, client):
    shop.faults.set("dropped", times=1)
    with pytest.raises(errors.OutcomeUnknown):
        client.post("/categories", {"name": "Tea"})
    assert [each["name"] for each in client.categories()] == ["Tea"]


def test_post_that_was_refused_is_no_unknown_outcome(client):
    with pytest.raises(errors.BadRequest):
        client.post("/categories", {"nonsense": 1})


@pytest.mark.parametrize("kind", [errors.OutcomeUnknown, errors.ShopUnreachable])
def test_no_answer_in_time(connect, kind):
    with silent() as url:
        client = connect(url, timeout=(1, 0.05), max_tries=2)
        with pytest.raises(kind, match="did not answer in time"):
            if kind is errors.OutcomeUnknown:
                client.post("/orders", {})
            else:
                client.get("/orders")


def test_no_answer_in_time_is_repeated(connect, attempts, naps):
    with silent() as url, pytest.raises(errors.ShopUnreachable):
        connect(url, timeout=(1, 0.05), max_tries=3).get("/orders")
    assert [call.status for call in attempts] == [None] * 3
    assert len(naps) == 2


def test_answer_that_comes_slowly_but_in_time_is_taken(shop, client):
    shop.faults.set("slow", times=1, seconds=0.1)
    client.test()
    assert len(shop.calls) == 1


def test_nobody_listens(connect, attempts):
    with pytest.raises(errors.ShopUnreachable):
        connect(closed()).test()
    assert len(attempts) == 4


def test_oversized_answer_is_not_read_to_its_end(shop, connect):
    shop.faults.set("huge", bytes=5_000_000)
    with pytest.raises(errors.BadAnswer, match="larger than 1000 bytes"):
        connect(max_body=1000, max_tries=1).categories()


def test_small_packed_answer_that_unpacks_to_a_huge_one_is_refused(connect):
    body = gzip.compress(b'{"data": "' + b"x" * 5_000_000 + b'"}')
    assert len(body) < 10_000
    packed = {"Content-Encoding": "gzip"}
    with answering(200, body, packed) as server, pytest.raises(errors.BadAnswer, match="larger"):
        connect(server.url, max_body=100_000, max_tries=1).get("/products")


@pytest.mark.parametrize(
    "body",
    [b"not json", b"[" * 100_000, b'{"data": ', b"\xff\xfe", b'{"n": ' + b"9" * 5000 + b"}"],
)
def test_answer_that_is_not_json_is_a_bad_answer(connect, body):
    with answering(200, body) as server, pytest.raises(errors.BadAnswer):
        connect(server.url, max_tries=1).get("/products")


@pytest.mark.parametrize("body", [b"[]", b"1", b"null", b'{"data": {"id": 1}}', b'""', b""])
def test_list_without_rows_is_a_bad_answer(connect, body):
    with answering(200, body) as server, pytest.raises(errors.BadAnswer):
        connect(server.url, max_tries=1).page("/products", {}, 0)


def test_pauses_grow_and_are_not_the_same_for_two_clients(shop, connect, naps):
    shop.faults.set("busy_500")
    for _client in range(2):
        with pytest.raises(errors.TransientError):
            connect().test()
    first, second = naps[:3], naps[3:]
    assert first != second
    assert all(earlier <= later for earlier, later in itertools.pairwise(first))


def test_each_attempt_is_reported(shop, client, attempts):
    shop.faults.set("busy_500", times=1)
    client.order_page(0)
    assert [(call.method, call.path, call.status) for call in attempts] == [
        ("GET", "/orders", 500),
        ("GET", "/orders", 200),
    ]
    assert "include=line_items" in attempts[1].query
    assert attempts[0].error and not attempts[1].error
