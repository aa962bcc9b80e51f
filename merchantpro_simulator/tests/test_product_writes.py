"""What may be written of products, variants, pictures and categories."""

import pytest
import requests

from .conftest import error_of


def test_new_product_answers_201_with_its_id(shop, api):
    answer = api.post("/products", {"name": "Mint", "sku": "MINT", "price_net": 10, "tax_id": 1})
    assert answer.status_code == 201
    product = answer.json()
    assert shop.product(product["id"])["sku"] == "MINT"
    assert (product["price_gross"], product["type"]) == (12.1, "basic")


def test_product_needs_a_name(api):
    assert api.post("/products", {"sku": "MINT"}).status_code == 400


def test_new_product_with_variants(api):
    answer = api.post(
        "/products",
        {
            "type": "multi_variant",
            "name": "Cap",
            "variants": [
                {"sku": "C-S", "price_net": 10, "variant_options": [{"name": "Size", "value": "S"}]}
            ],
        },
    )
    (variant,) = answer.json()["variants"]
    assert variant["price_gross"] == 12.1
    assert answer.json()["variant_attributes"][0]["options"][0]["value"] == "S"
    assert api.get("/inventory/sku/C-S").json()["id"] == variant["id"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/products", {"name": "Mint", "colour": "green"}),
        ("PATCH", "/products/7101", {"colour": "green"}),
        ("PATCH", "/products/7101", {"tax_value": 5}),
        ("PATCH", "/products/7101", {"id": 5}),
        ("PATCH", "/inventory/id/7101", {"warehouses": []}),
        ("PATCH", "/inventory/id/7101", {"name": "Black tea"}),
        ("POST", "/categories", {"name": "Mint", "url": "/mint"}),
        ("PATCH", "/categories/10", {"meta_fields": {}}),
        ("PATCH", "/orders/1", {"total_amount": 1}),
        ("POST", "/orders", {"line_items": [{"sku": "TEA-100"}], "total_amount": 1}),
    ],
)
def test_unknown_and_read_only_fields_are_refused_unless_to_be_ignored(
    shop, api, tea, method, path, body
):
    shop.add_order([{"sku": "TEA-100"}], id="1")
    answer = api.call(method, path, body)
    assert answer.status_code == 400
    assert list(body)[-1] in error_of(answer)["message"]
    answer = api.call(method, path, body, ignore_nonexistent_fields=1)
    assert answer.status_code == (201 if method == "POST" else 200)
    assert "green" not in answer.text


def test_refused_write_changes_nothing(shop, api, tea):
    api.patch("/products/7101", {"name": "Black tea", "colour": "green"})
    assert shop.product(7101)["name"] == "Green tea"


def test_update_answers_with_the_whole_record(shop, api, tea):
    answer = api.patch("/products/7101", {"status": "inactive", "visibility": "hidden"})
    assert answer.json() == shop.product(7101)
    assert answer.json()["status"] == "inactive"


@pytest.mark.parametrize("field", ["stock", "price_net", "price_gross", "weight"])
def test_page_with_variants_has_no_stock_or_price_of_its_own(shop, api, shirt, field):
    assert api.patch("/products/7200", {field: 1}).status_code == 400
    assert api.patch("/inventory/id/7200", {"stock": 1}).status_code == 400
    assert api.patch("/products/7200", {"name": "Shirt"}).status_code == 200


def test_variants_are_updated_by_id_and_added_without(shop, api, shirt):
    sizes = [{"name": "Size", "value": "XL"}]
    body = {"variants": [{"id": 7201, "stock": 9}, {"sku": "TS_xl", "variant_options": sizes}]}
    variants = api.patch("/products/7200", body).json()["variants"]
    assert [variant["sku"] for variant in variants] == ["TS_m", "TS_l", "TS_xl"]
    assert shop.unit(7201)["stock"] == 9
    assert api.get("/inventory/sku/TS_xl").status_code == 200


def test_simple_product_takes_no_variants(api, tea):
    assert api.patch("/products/7101", {"variants": [{"sku": "X"}]}).status_code == 400


def test_pictures_are_added_never_replaced(api, tea):
    for number in range(2):
        api.patch("/products/7101", {"images": [{"url": f"https://x.example/{number}.png"}]})
    pictures = api.get("/products/7101/images").json()
    assert [each["url"][-5] for each in pictures] == ["0", "1"]
    assert pictures[0]["id"] != pictures[1]["id"]
    fields = {"id", "url", "caption", "name", "hash", "extension", "dimensions"}
    assert set(pictures[0]) == fields


def test_delete_answers_204_without_a_body(shop, api, tea):
    answer = api.delete("/products/7101")
    assert (answer.status_code, answer.content) == (204, b"")
    assert api.get("/products/7101").status_code == 404
    assert api.get("/inventory/sku/TEA-100").status_code == 404
    assert api.delete("/products/7101").status_code == 404
    assert api.patch("/products/7101", {"name": "x"}).status_code == 404


def test_categories_are_made_changed_and_deleted(api):
    made = api.post("/categories", {"name": "Tea", "page_template": "mixed"})
    assert made.status_code == 201
    path = f"/categories/{made.json()['id']}"
    assert api.patch(path, {"status": "inactive"}).json()["status"] == "inactive"
    assert api.delete(path).status_code == 204
    assert api.patch(path, {"name": "x"}).status_code == 404
    assert api.post("/categories", {"parent_id": 1}).status_code == 400


@pytest.mark.parametrize("body", ["text", [1], 5])
def test_body_must_be_an_object(api, tea, body):
    assert api.patch("/products/7101", body).status_code == 400


def test_body_that_is_not_json_is_refused_and_logged(shop, tea):
    answer = requests.patch(
        f"{shop.url}/api/v2/products/7101", b"{", auth=(shop.key, shop.secret), timeout=20
    )
    assert answer.status_code == 400
    assert shop.calls[-1]["body"] is None
