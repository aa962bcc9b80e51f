"""POST /batch: several requests in one call."""

import pytest

from merchantpro_simulator import Limits, Simulator

from .conftest import Caller, error_of


def patch_of(unit, **values):
    return {"method": "PATCH", "url": f"/api/v2/inventory/id/{unit}", "body": values}


def test_each_request_is_answered_in_order(shop, api, tea, shirt):
    answer = api.post(
        "/batch",
        {"requests": [patch_of(7201, stock=9), patch_of(99, stock=9), patch_of(7101, stock=8)]},
    )
    assert answer.status_code == 200
    rows = answer.json()
    assert [row["status"] for row in rows] == [200, 404, 200]
    assert (rows[0]["body"]["stock"], rows[2]["body"]["stock"]) == (9, 8)
    assert rows[1]["body"]["error"]["name"] == "not_found"
    assert (shop.unit(7201)["stock"], shop.unit(7101)["stock"]) == (9, 8)


def test_query_and_other_methods_are_taken_too(api, tea):
    url = "/api/v2/inventory/id/7101?fields=id,stock"
    (row,) = api.post("/batch", {"requests": [{"method": "GET", "url": url}]}).json()
    assert row == {"status": 200, "body": {"id": 7101, "stock": 12}}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"requests": []},
        {"requests": {}},
        {"requests": [patch_of(7101, stock=1)] * 21},
        {"requests": ["PATCH"]},
        {"requests": [{"method": "PATCH", "url": "https://elsewhere.example/"}]},
    ],
)
def test_body_of_another_shape_is_400(api, tea, body):
    assert api.post("/batch", body).status_code == 400


def test_log_shows_the_call_and_what_was_in_it(shop, api, tea):
    api.post("/batch", {"requests": [patch_of(7101, stock=8)]})
    inner, outer = shop.calls
    assert (inner["method"], inner["path"]) == ("PATCH", "/inventory/id/7101")
    assert (inner["body"], inner["batched"]) == ({"stock": 8}, True)
    assert (outer["method"], outer["path"], outer["status"]) == ("POST", "/batch", 200)


@pytest.mark.parametrize(("as_one", "statuses"), [(False, [200, 429]), (True, [200, 200])])
def test_requests_count_against_the_limits_each_or_as_one(as_one, statuses):
    with Simulator(limits=Limits(batch_as_one=as_one), clock=lambda: 1e9) as shop:
        shop.add_product(id=1)
        body = {"requests": [patch_of(1, stock=1)] * 3}
        answers = [Caller(shop).post("/batch", body) for _call in range(2)]
    assert [answer.status_code for answer in answers] == statuses
    if not as_one:
        assert error_of(answers[1])["name"] == "too_many_requests"


def test_larger_batch_than_the_limit_of_a_second_never_fits():
    with Simulator(limits=Limits(), clock=lambda: 1e9) as shop:
        body = {"requests": [patch_of(1, stock=1)] * 5}
        assert Caller(shop).post("/batch", body).status_code == 429
