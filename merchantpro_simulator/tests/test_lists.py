"""The envelope, paging, order, filters, field selection and side-loading of lists."""

import datetime

import pytest

from .conftest import error_of


@pytest.fixture
def many(shop):
    """130 products, one for each minute."""
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    for number in range(130):
        moment = (start + datetime.timedelta(minutes=number)).isoformat()
        shop.add_product(id=1000 + number, name=f"P{number % 7}", date_created=moment)
    return shop


def ids(answer):
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()["data"]]


@pytest.fixture
def orders(shop, tea):
    """Orders that differ in all that can be filtered by."""
    for day, changes in enumerate(
        [
            {},
            {"payment_status": "paid", "payment_method_code": "euplatesc"},
            {"shipping_status": "shipped", "shipping_substatus_id": 4},
        ],
        1,
    ):
        moment = f"2026-03-0{day}T01:00:00+03:00"
        shop.add_order([{"sku": "TEA-100"}], id=f"{day}", date_created=moment, **changes)


# Envelope and paging


def test_envelope(many, api):
    answer = api.get("/products", start=10, limit=5).json()
    assert set(answer) == {"data", "meta"}
    assert answer["meta"] == {
        "count": {"total": 130, "current": 5, "start": 10, "limit": 5},
        "links": {
            "current": "/api/v2/products?start=10&limit=5",
            "next": "/api/v2/products?start=15&limit=5",
        },
    }
    assert [row["id"] for row in answer["data"]] == list(range(1010, 1015))


def test_next_is_null_on_the_last_page(many, api):
    answer = api.get("/products", start=100, limit=100).json()
    assert answer["meta"]["count"]["current"] == 30
    assert answer["meta"]["links"]["next"] is None


def test_page_that_ends_with_the_list_is_the_last(many, api):
    assert api.get("/products", start=30, limit=100).json()["meta"]["links"]["next"] is None


def test_twenty_rows_unless_told_otherwise(many, api):
    assert len(ids(api.get("/products"))) == 20


def test_never_more_than_a_hundred(many, api):
    answer = api.get("/products", limit=5000)
    assert len(ids(answer)) == 100
    assert answer.json()["meta"]["count"]["limit"] == 100


def test_past_the_end_is_empty(many, api):
    answer = api.get("/products", start=1000).json()
    assert answer["data"] == [] and answer["meta"]["links"]["next"] is None


@pytest.mark.parametrize("resource", ["/products", "/categories", "/orders"])
def test_empty_list(api, resource):
    answer = api.get(resource).json()
    assert answer["data"] == []
    assert answer["meta"]["count"]["total"] == 0
    assert answer["meta"]["links"]["next"] is None


@pytest.mark.parametrize("query", [{"start": "x"}, {"limit": "-1"}, {"limit": "all"}])
def test_paging_with_anything_but_numbers_is_refused(api, query):
    assert api.get("/products", **query).status_code == 400


def test_links_lead_through_the_whole_list(many, api):
    found, link = [], "/api/v2/products?start=0&limit=50"
    while link:
        answer = api.get(link.removeprefix("/api/v2")).json()
        found += [row["id"] for row in answer["data"]]
        link = answer["meta"]["links"]["next"]
    assert found == list(range(1000, 1130))


# Order


def test_sorted_by_a_field_in_both_directions(many, api):
    assert ids(api.get("/products", sort="date_created.desc", limit=2)) == [1129, 1128]
    assert ids(api.get("/products", sort="date_created.asc", limit=2)) == [1000, 1001]


def test_sorting_by_an_unknown_field_is_refused(many, api):
    assert api.get("/products", sort="colour.asc").status_code == 400


# Filters


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"id": "2"}, ["2"]),
        ({"ids": "1,3,9"}, ["1", "3"]),
        ({"created_after": "2026-03-02"}, ["2", "3"]),
        ({"created_before": "2026-03-01"}, ["1"]),
        ({"created[gt]": "2026-03-02"}, ["3"]),
        ({"created[gte]": "2026-03-02"}, ["2", "3"]),
        ({"payment_status": "paid"}, ["2"]),
        ({"payment_method_code": "cash_delivery"}, ["1", "3"]),
        ({"shipping_status": "shipped"}, ["3"]),
        ({"shipping_substatus_id": "4"}, ["3"]),
        ({"payment_status": "awaiting", "shipping_status": "shipped"}, ["3"]),
    ],
)
def test_filters_of_orders(orders, api, query, found):
    assert ids(api.get("/orders", **query)) == found


def test_dates_are_days_of_the_shop_not_of_utc(orders, api):
    """Order 1 was placed on the last of February in UTC."""
    assert ids(api.get("/orders", created_after="2026-03-01")) == ["1", "2", "3"]


def test_filters_of_products(shop, api, tea):
    other = shop.add_product(status="inactive", is_new=True, meta_fields={"origin": "CN"})
    assert ids(api.get("/products", status="active")) == [tea["id"]]
    assert ids(api.get("/products", is_new="true")) == [other["id"]]
    assert ids(api.get("/products", id=other["id"])) == [other["id"]]
    assert ids(api.get("/products", category_id=tea["category_id"])) == [tea["id"]]
    assert ids(api.get("/products", **{"meta_fields[origin]": "CN"})) == [other["id"]]
    assert ids(api.get("/products", **{"modified[gte]": "2999-01-01"})) == []


@pytest.mark.parametrize(
    ("resource", "name"),
    [
        ("/products", "name"),
        ("/products", "sku_equals"),
        ("/products", "ean_equals"),
        ("/orders", "modified_after"),
        ("/orders", "modified[gte]"),
        ("/orders", "payment_status[gte]"),
        ("/categories", "created_after"),
    ],
)
def test_unknown_filter_is_refused_by_name(api, resource, name):
    answer = api.get(resource, **{name: "2026-01-01"})
    assert answer.status_code == 400
    error = error_of(answer)
    assert error["name"] == "undefined_filter"
    assert error["message"] == f"No such filter `{name.partition('[')[0]}` defined"


def test_filter_with_a_wrong_date_is_refused(api, orders):
    assert api.get("/orders", created_after="yesterday").status_code == 400


def test_names_are_case_sensitive(api, orders):
    assert api.get("/orders", Payment_Status="paid").status_code == 400


# Fields and what is side-loaded


def test_list_gives_only_the_fields_asked_for(api, tea):
    (row,) = api.get("/products", fields="id,sku").json()["data"]
    assert row == {"id": tea["id"], "sku": "TEA-100"}


@pytest.mark.parametrize(
    ("resource", "hidden"),
    [
        ("/products", {"variants", "images"}),
        ("/orders", {"line_items", "tags", "rma_orders"}),
        ("/categories", {"subcategories", "meta_links"}),
    ],
)
def test_some_fields_come_only_when_included(api, shop, shirt, orders, resource, hidden):
    (row, *_others) = api.get(resource).json()["data"]
    assert not hidden & set(row)
    if resource == "/products":
        row = api.get(resource, id=shirt["id"], include=",".join(hidden)).json()["data"][0]
    else:
        row = api.get(resource, include=",".join(hidden)).json()["data"][0]
    assert hidden <= set(row)


def test_included_fields_come_beside_selected_ones(api, shirt):
    (row,) = api.get("/products", fields="id", include="variants").json()["data"]
    assert set(row) == {"id", "variants"}


def test_simple_product_has_no_variants_key(api, tea):
    (row,) = api.get("/products", include="variants,images").json()["data"]
    assert "variants" not in row and "images" in row


def test_including_what_does_not_exist_is_refused(api, tea):
    assert api.get("/products", include="orders").status_code == 400


def test_subcategories_are_the_ids_right_below(api, shop):
    home = shop.add_category("Home")["id"]
    kitchen = shop.add_category("Kitchen", home)["id"]
    pots = shop.add_category("Pots", kitchen)["id"]
    rows = api.get("/categories", include="subcategories").json()["data"]
    assert {row["id"]: row["subcategories"] for row in rows} == {
        home: [kitchen],
        kitchen: [pots],
        pots: [],
    }


@pytest.mark.parametrize("path", ["/products/7101", "/categories/10", "/orders/1"])
def test_one_record_is_a_bare_object_with_everything(api, tea, orders, path):
    record = api.get(path).json()
    assert str(record["id"]) == path.rpartition("/")[2]
    assert {"images", "line_items", "subcategories"} & set(record)


@pytest.mark.parametrize("path", ["/products/1", "/categories/1", "/orders/77"])
def test_one_record_that_is_not_there_is_404(api, path):
    assert api.get(path).status_code == 404


def test_taxonomies_and_pictures_are_bare_arrays(api, shop):
    product = shop.add_product(images=[{"id": 1, "url": "https://x.example/1.png"}])
    taxes = api.get("/taxonomy/taxes").json()
    assert {"id", "name", "value"} == set(taxes[0])
    assert isinstance(api.get("/taxonomy/measurement_units").json(), list)
    assert api.get(f"/products/{product['id']}/images").json() == product["images"]
