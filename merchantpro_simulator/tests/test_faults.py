"""The switches for what goes wrong with a real site."""

import concurrent.futures
import time

import pytest
import requests

from .conftest import error_of

BUSY = "Operation could not be completed"


@pytest.mark.parametrize(("name", "status"), [("busy_500", 500), ("busy_400", 400)])
def test_busy_site_says_so_and_does_nothing(shop, api, tea, name, status):
    shop.faults.set(name)
    answer = api.patch("/inventory/id/7101", {"stock": 1})
    assert (answer.status_code, error_of(answer)["message"]) == (status, BUSY)
    assert shop.unit(7101)["stock"] == 12


def test_redirect_leads_to_the_canonical_host(shop, api):
    shop.faults.set("redirect", location="https://www.shop.example")
    answer = api.get("/products", limit=1)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "https://www.shop.example/api/v2/products?limit=1"


def test_redirect_without_a_location_given(shop, api):
    shop.faults.set("redirect")
    assert api.get("/products").status_code == 302


def test_slow_answer_comes_late_and_whole(shop, api, tea):
    shop.faults.set("slow", seconds=0.2)
    started = time.monotonic()
    assert len(api.get("/products").json()["data"]) == 1
    assert time.monotonic() - started >= 0.2


def test_clearing_ends_the_wait_for_a_slow_answer(shop, api, tea):
    shop.faults.set("slow", seconds=60, path="/products")
    with concurrent.futures.ThreadPoolExecutor() as pool:
        answer = pool.submit(api.get, "/products")
        with pytest.raises(concurrent.futures.TimeoutError):
            answer.result(0.2)
        shop.faults.clear()
        assert len(answer.result(10).json()["data"]) == 1


def test_fault_lets_the_first_requests_pass(shop, api, tea):
    shop.faults.set("busy_500", after=2, times=1)
    assert [api.get("/products").status_code for _turn in range(4)] == [200, 200, 500, 200]


def test_truncated_answer_is_no_json_though_the_work_was_done(shop, api, tea):
    shop.faults.set("truncated")
    answer = api.patch("/inventory/id/7101", {"stock": 1})
    assert answer.status_code == 200
    with pytest.raises(ValueError):
        answer.json()
    assert shop.unit(7101)["stock"] == 1


def test_dropped_connection_hides_that_the_work_was_done(shop, api):
    shop.faults.set("dropped")
    with pytest.raises(requests.RequestException):
        api.post("/categories", {"name": "Tea"})
    assert shop.store.count("category") == 1


def test_wrong_types_and_huge_answers(shop, api):
    shop.faults.set("wrong_types")
    assert api.get("/products").json() == {"data": "none", "meta": []}
    shop.faults.clear()
    shop.faults.set("huge", bytes=1_000_000)
    assert len(api.get("/products").content) > 1_000_000


def test_order_arrives_between_two_pages(shop, api, tea):
    for number in range(3):
        shop.add_order([{"sku": "TEA-100"}], id=str(number))
    shop.faults.set("order_between_pages", times=1)
    totals = [api.get("/orders", limit=2).json()["meta"]["count"]["total"] for _page in range(3)]
    assert totals == [3, 4, 4]


# When a fault strikes


def test_as_many_times_as_told(shop, api):
    shop.faults.set("busy_500", times=2)
    assert [api.get("/products").status_code for _call in range(4)] == [500, 500, 200, 200]


def test_only_the_method_and_path_told(shop, api, tea):
    shop.faults.set("busy_500", method="PATCH", path="/inventory")
    assert api.get("/inventory/id/7101").status_code == 200
    assert api.patch("/products/7101", {"name": "x"}).status_code == 200
    assert api.patch("/inventory/id/7101", {"stock": 1}).status_code == 500


def test_with_the_probability_told(shop, api):
    shop.faults.set("busy_500", probability=0.5)
    hits = [api.get("/categories").status_code for _call in range(40)].count(500)
    assert 8 <= hits <= 32
    shop.faults.set("busy_500", probability=0)
    assert api.get("/categories").status_code == 200


def test_until_cleared(shop, api):
    shop.faults.set("busy_500")
    assert api.get("/products").status_code == 500
    shop.faults.clear()
    assert api.get("/products").status_code == 200


def test_unknown_fault_is_refused_with_the_known_ones(shop):
    with pytest.raises(ValueError, match="busy_500"):
        shop.faults.set("earthquake")


def test_refusals_are_not_spoilt(shop, api):
    shop.faults.set("truncated")
    assert error_of(api.get("/products/1"))["name"] == "not_found"


def test_control_interface_sets_and_clears_faults_for_another_process(shop, api):
    control = f"{shop.url}/_simulator"
    requests.post(f"{control}/faults", json={"name": "busy_500"}, timeout=20)
    assert api.get("/products").status_code == 500
    requests.delete(f"{control}/faults", timeout=20)
    assert api.get("/products").status_code == 200
    calls = requests.get(f"{control}/calls", timeout=20).json()
    assert [call["status"] for call in calls] == [500, 200]
    requests.delete(f"{control}/calls", timeout=20)
    assert shop.calls == []


def test_control_interface_adds_products_and_orders(shop):
    control = f"{shop.url}/_simulator"
    product = requests.post(f"{control}/products", json={"sku": "X"}, timeout=20).json()
    lines = [{"product_id": product["id"]}]
    order = requests.post(f"{control}/orders", json={"lines": lines, "id": "5"}, timeout=20)
    assert order.status_code == 201
    state = requests.get(f"{control}/state", timeout=20).json()
    assert state == {"category": 0, "product": 1, "order": 1}
    assert requests.get(f"{control}/nothing", timeout=20).status_code == 404


@pytest.mark.parametrize(
    ("name", "status", "kind"),
    [
        ("picture_is_html", 200, b"<!DOCTYPE"),
        ("picture_busy", 503, b""),
        ("picture_missing", 404, b""),
        ("picture_redirect", 302, b""),
        ("picture_slow", 200, b"\x89PNG"),
    ],
)
def test_pictures_go_wrong_too(shop, name, status, kind):
    shop.faults.set(name, path="/img/51", location="https://elsewhere.example/a.png", seconds=0.05)
    answer = requests.get(f"{shop.url}/img/51.png", allow_redirects=False, timeout=5)
    assert (answer.status_code, answer.content[: len(kind)]) == (status, kind)
    other = requests.get(f"{shop.url}/img/52.png", timeout=5)
    assert other.content.startswith(b"\x89PNG")
    assert shop.picture_requests == ["/img/51.png", "/img/52.png"]
