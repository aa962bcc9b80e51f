"""Who gets in, and what repeated wrong attempts lead to."""

import requests

from .conftest import Caller, error_of


def test_right_key_and_secret_pass(api):
    assert api.get("/products").status_code == 200


def test_wrong_secret_is_401_with_an_error_body(shop):
    answer = Caller(shop, secret="wrong").get("/products")
    assert answer.status_code == 401
    assert error_of(answer)["name"] == "unauthorized"


def test_wrong_key_and_no_credentials_are_401(shop):
    assert Caller(shop, key="wrong").get("/products").status_code == 401
    assert requests.get(f"{shop.url}/api/v2/products", timeout=20).status_code == 401


def test_bearer_is_no_way_in(shop):
    headers = {"Authorization": "Bearer a2V5OnNlY3JldA=="}
    answer = requests.get(f"{shop.url}/api/v2/products", headers=headers, timeout=20)
    assert answer.status_code == 401


def test_five_wrong_attempts_in_a_row_lock_even_the_right_secret_out(shop, api):
    wrong = Caller(shop, secret="wrong")
    assert [wrong.get("/products").status_code for _attempt in range(6)] == [401] * 5 + [403]
    assert api.get("/products").status_code == 403
    shop.gate.failures = 0  # as the panel's button does
    assert api.get("/products").status_code == 200


def test_right_attempt_between_wrong_ones_starts_the_count_again(shop, api):
    wrong = Caller(shop, secret="wrong")
    for _round in range(3):
        assert [wrong.get("/products").status_code for _attempt in range(4)] == [401] * 4
        assert api.get("/products").status_code == 200


def test_nothing_is_written_without_access(shop, tea):
    Caller(shop, secret="wrong").patch(f"/inventory/id/{tea['id']}", {"stock": 1})
    assert shop.unit(tea["id"])["stock"] == 12


def test_every_call_is_logged_with_what_was_sent(shop, api, tea):
    api.patch(f"/inventory/id/{tea['id']}", {"stock": 1}, fields="id")
    (call,) = shop.calls
    assert (call["method"], call["path"]) == ("PATCH", "/inventory/id/7101")
    assert (call["query"], call["body"], call["status"]) == ({"fields": "id"}, {"stock": 1}, 200)
    shop.clear_calls()
    assert shop.calls == []


def test_unknown_paths_and_methods(api):
    assert api.get("/nothing").status_code == 404
    assert api.post("/nothing", {}).status_code == 404
    assert api.delete("/inventory/id/1").status_code == 405
    assert api.call("PUT", "/products/1", {}).status_code == 405
