"""Several changes in one call: each has an outcome of its own, as if it had been made alone."""

import json

import pytest
from api import errors
from api.limits import Limiter, Limits, MemoryStore, Priority
from servers import answering

from merchantpro_simulator import Limits as SiteLimits
from merchantpro_simulator import Simulator


@pytest.fixture
def teas(shop):
    return [shop.add_product(id=number, stock=1, price_gross=10) for number in (1, 2, 3)]


def test_each_change_has_its_answer_in_order(client, shop, teas):
    answers = client.patch_inventories(
        [("3", {"stock": 30}), ("1", {"stock": 10, "price_gross": 12.5})]
    )
    assert [(each["id"], each["stock"]) for each in answers] == [(3, 30), (1, 10)]
    assert (shop.unit(3)["stock"], shop.unit(1)["price_gross"]) == (30, 12.5)
    assert shop.unit(2)["stock"] == 1


def test_one_that_is_refused_does_not_hold_up_the_others(client, shop, teas):
    gone, wrong, right = client.patch_inventories(
        [("99", {"stock": 5}), ("1", {"stock": "many"}), ("2", {"stock": 5})]
    )
    assert isinstance(gone, errors.NotFound)
    assert isinstance(wrong, errors.BadRequest)
    assert "must be a number" in wrong.said
    assert right["stock"] == 5
    assert shop.unit(2)["stock"] == 5


def test_it_is_one_call(client, shop, teas, attempts):
    client.patch_inventories([("1", {"stock": 5}), ("2", {"stock": 5})])
    assert [(call.method, call.path) for call in attempts] == [("POST", "/batch")]
    assert len(shop.calls_of("POST")) == 1


def test_id_of_any_kind_goes_into_the_address(client, shop):
    shop.add_product(id="a/b?", stock=1)
    (answer,) = client.patch_inventories([("a/b?", {"stock": 2})])
    assert answer["stock"] == 2


def test_more_than_the_site_takes_at_once_go_in_several_calls(client, shop, attempts):
    changes = [(str(number), {"stock": number}) for number in range(1, 46)]
    for number in range(1, 46):
        shop.add_product(id=number)
    answers = client.patch_inventories(changes)
    assert [answer["stock"] for answer in answers] == list(range(1, 46))
    assert len(attempts) == 3


def test_error_of_a_later_call_is_the_outcome_of_what_was_left(connect, shop):
    for number in (1, 2, 3):
        shop.add_product(id=number)
    limiter = Limiter(MemoryStore(lambda: 1000.0), Limits(per_second=2))
    client = connect(limiter=limiter, max_wait=0)
    done, too, left = client.patch_inventories([(str(n), {"stock": 9}) for n in (1, 2, 3)])
    assert (done["stock"], too["stock"]) == (9, 9)
    assert isinstance(left, errors.RateLimited)
    assert shop.unit(3)["stock"] == 0


@pytest.mark.parametrize(("as_one", "size", "left"), [(False, 4, 0), (True, 20, 3)])
def test_budget_pays_for_each_change_unless_told_that_the_shop_does_not(
    connect, teas, as_one, size, left
):
    limiter = Limiter(MemoryStore(lambda: 1000.0))
    client = connect(limiter=limiter, batch_as_one=as_one)
    assert client.batch_size == size
    client.patch_inventories([("1", {"stock": 5})] * 4)
    for _call in range(left):
        limiter.acquire(Priority.STOCK, max_wait=0)
    with pytest.raises(errors.RateLimited):
        limiter.acquire(Priority.STOCK, max_wait=0)


@pytest.mark.parametrize("as_one", [False, True])
def test_shop_that_counts_so_never_says_429(connect, as_one):
    limits = SiteLimits(per_second=8, counting="sliding", batch_as_one=as_one)
    with Simulator(limits=limits) as shop:
        shop.add_product(id=1, stock=1)
        limiter = Limiter(MemoryStore(), Limits(per_second=8))
        client = connect(shop.url, limiter=limiter, batch_as_one=as_one)
        for _batch in range(3):
            client.patch_inventories([("1", {"stock": 5})] * 6)
        assert {call["status"] for call in shop.calls} == {200}


def test_busy_shop_is_asked_again(client, shop, teas, naps):
    shop.faults.set("busy_500", times=1, path="/batch")
    (answer,) = client.patch_inventories([("1", {"stock": 5})])
    assert (answer["stock"], len(naps)) == (5, 1)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"{}"),
        (200, b"[]"),
        (200, b'[{"status": 200}, {"status": 200}]'),
        (200, b'["ok"]'),
        (200, b'[{"status": "fine"}]'),
        (200, b'[{"status": true}]'),
        (200, b'[{"status": 0}]'),
        (200, b'{"data": {"1": 200}}'),
        (200, b"<html>"),
        (204, b""),
        (400, b'{"error": {"name": "x", "message": "`requests` is not a field"}}'),
        (404, b""),
        (405, b""),
    ],
)
def test_answer_of_another_shape_is_told_apart(connect, status, body):
    with answering(status, body) as server, pytest.raises(errors.BatchNotUnderstood) as failure:
        connect(server.url).patch_inventories([("1", {"stock": 5})])
    assert failure.value.status in (status, None)


@pytest.mark.parametrize(
    "answer",
    [
        [{"status": 200, "body": {"stock": 5}}],
        [{"code": 200, "body": {"stock": 5}, "headers": {}}],
        [{"status": "200", "body": {"stock": 5}}],
        {"responses": [{"status": 200, "body": {"stock": 5}}]},
        {"data": [{"status": 200, "body": {"stock": 5}}], "meta": {}},
    ],
)
def test_likely_shapes_are_understood(connect, answer):
    with answering(200, json.dumps(answer).encode()) as server:
        assert connect(server.url).patch_inventories([("1", {"stock": 5})]) == [{"stock": 5}]


@pytest.mark.parametrize(("status", "kind"), [(401, errors.Unauthorized), (403, errors.Forbidden)])
def test_refusal_of_the_key_is_raised(connect, status, kind):
    with answering(status) as server, pytest.raises(kind):
        connect(server.url).patch_inventories([("1", {"stock": 5})])


def test_limit_that_strikes_in_the_middle_is_an_outcome(connect):
    told = [{"status": 429, "body": {"error": {"details": {}}}}, {"status": 500, "body": None}]
    with answering(200, json.dumps(told).encode()) as server:
        limited, busy = connect(server.url).patch_inventories([("1", {})] * 2)
    assert isinstance(limited, errors.RateLimited)
    assert isinstance(busy, errors.TransientError)
