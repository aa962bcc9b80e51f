"""Orders: numbers, totals, the actions, tags, and what may be changed."""

import pytest


@pytest.fixture
def order(shop, tea, shirt):
    lines = [{"sku": "TEA-100", "quantity": 2}, {"sku": "TS_m"}]
    return shop.add_order(lines, shipping_amount=19.99)


def test_numbers_are_text_that_counts_on(shop, tea):
    first, second = (shop.add_order([{"sku": "TEA-100"}]) for _order in range(2))
    assert isinstance(first["id"], str)
    assert int(second["id"]) == int(first["id"]) + 1


def test_split_order_is_found_by_its_full_number_only(shop, api, tea):
    shop.add_order([{"sku": "TEA-100"}], id="95750870.3", parent_id=95750870)
    assert api.get("/orders/95750870.3").json()["parent_id"] == 95750870
    assert api.get("/orders/95750870").status_code == 404
    assert api.patch("/orders/95750870.3/shipped").json()["shipping_status"] == "shipped"


def test_lines_are_priced_from_the_catalogue(order):
    tea, shirt = order["line_items"]
    assert (tea["product_id"], tea["unit_price_gross"], tea["line_subtotal_gross"]) == (
        7101,
        25,
        50,
    )
    assert (tea["unit_price_net"], tea["line_subtotal_net"]) == (20.6612, 41.3223)
    assert (tea["line_tax_amount"], tea["product_tax_percent"]) == (8.6777, 21)
    assert (shirt["product_id"], shirt["product_name"]) == (7201, "T-shirt M")


def test_totals(order):
    assert (order["subtotal_including_tax"], order["subtotal_amount"]) == (100, 100)
    assert order["subtotal_excluding_tax"] == 82.6446
    assert order["tax_amount"] == 17.3554
    assert (order["total_amount"], order["shipping_cod_amount"]) == (119.99, 119.99)
    assert order["paid_amount"] == 0


def test_discounts_take_off_and_returned_goods_too(shop, tea):
    order = shop.add_order(
        [
            {"sku": "TEA-100", "quantity": 3},
            {"sku": "TEA-100", "quantity": -1},
            {"item_type": "coupon", "amount": 5},
        ]
    )
    coupon = order["line_items"][2]
    assert (coupon["line_subtotal_gross"], coupon["product_id"]) == (-5, None)
    assert order["line_items"][1]["line_subtotal_gross"] == -25
    assert order["total_amount"] == 45


def test_store_credit_lowers_what_is_owed(shop, tea):
    order = shop.add_order([{"sku": "TEA-100"}], wallet_amount=10)
    assert (order["subtotal_amount"], order["total_amount"]) == (25, 15)


def test_delivery_address_is_the_invoice_s_unless_told(shop, tea):
    same = shop.add_order([{"sku": "TEA-100"}], billing_city="Arad")
    assert same["shipping_as_billing"] and same["shipping_city"] == "Arad"
    other = shop.add_order([{"sku": "TEA-100"}], shipping_city="Deva")
    assert not other["shipping_as_billing"] and other["billing_city"] != "Deva"


# The API's writes


@pytest.mark.parametrize(
    "action", ["confirmed", "in_process", "shipped", "delivered", "returned", "cancelled"]
)
def test_action_moves_the_shipping_status(shop, api, order, action):
    shop.update("order", order["id"], date_modified="2020-01-01T00:00:00+02:00")
    answer = api.patch(f"/orders/{order['id']}/{action}").json()
    assert answer["shipping_status"] == action
    assert answer["shipping_status_text"] not in ("", order["shipping_status_text"])
    assert answer["date_modified"] > "2020-01-02"
    assert shop.order(order["id"]) == answer


def test_unknown_action_or_order_is_404(api, order):
    assert api.patch(f"/orders/{order['id']}/explode").status_code == 404
    assert api.patch("/orders/1/shipped").status_code == 404


def test_invoice_is_made_but_not_told_in_the_answer(api, order):
    path = f"/orders/{order['id']}"
    assert api.get(path).json()["invoice"] is None
    answer = api.patch(f"{path}/create_invoice")
    assert answer.status_code == 200 and "invoice" not in answer.json()
    assert set(api.get(path).json()["invoice"]) == {"prefix", "number", "url", "cancelled"}


def test_waybill_number_is_kept(api, order):
    path = f"/orders/{order['id']}"
    assert api.get(path).json()["shipping_awb"] is None
    api.patch(path, {"shipping_awb": "AWB123"})
    assert api.get(path).json()["shipping_awb"] == "AWB123"


def test_payment_status_has_its_label(api, order):
    answer = api.patch(f"/orders/{order['id']}", {"payment_status": "paid"}).json()
    assert (answer["payment_status"], answer["payment_status_text"]) == ("paid", "Plătită")


def test_lines_sent_replace_all_lines(api, order):
    first = order["line_items"][0]
    answer = api.patch(f"/orders/{order['id']}", {"line_items": [first]}).json()
    assert answer["line_items"] == [first]
    assert (answer["subtotal_amount"], answer["total_amount"]) == (50, 69.99)


def test_lines_sent_back_as_read_change_nothing(shop, api, tea):
    order = shop.add_order([{"sku": "TEA-100"}, {"item_type": "coupon", "amount": 5}])
    path = f"/orders/{order['id']}"
    lines = api.get(path).json()["line_items"]
    answer = api.patch(path, {"line_items": lines}).json()
    assert answer["line_items"] == lines
    assert answer["total_amount"] == order["total_amount"] == 20


def test_tag_is_added_once(api, order):
    path = f"/orders/{order['id']}"
    assert api.post(f"{path}/tags", {"name": "Exported"}).status_code == 201
    assert api.post(f"{path}/tags", {"name": "Exported"}).status_code == 400
    (row,) = api.get("/orders", include="tags").json()["data"]
    assert [tag["name"] for tag in row["tags"]] == ["Exported"]


def test_order_is_made_through_the_api(shop, api, tea):
    answer = api.post(
        "/orders",
        {
            "payment_method_code": "wire",
            "customer_email": "ana@example.com",
            "billing_name": "Ana",
            "line_items": [{"item_type": "product", "product_id": 7101, "quantity": 2}],
        },
    )
    assert answer.status_code == 201
    order = shop.order(answer.json()["id"])
    assert (order["total_amount"], order["billing_name"]) == (50, "Ana")
    assert order["shipping_cod_amount"] == 0


def test_order_without_lines_is_refused(api):
    assert api.post("/orders", {"billing_name": "Ana"}).status_code == 400


def test_order_is_deleted(api, order):
    assert api.delete(f"/orders/{order['id']}").status_code == 204
    assert api.get(f"/orders/{order['id']}").status_code == 404


def test_a_return_that_is_not_listed_is_found_by_its_number_and_named_by_the_order(
    shop, api, order
):
    back = shop.return_order(order["id"], {7101: 1}, listed=False, told=False)
    for query in ({}, {"created_after": "2020-01-01"}):
        answer = api.get("/orders", **query).json()
        assert [each["id"] for each in answer["data"]] == [order["id"]]
        assert answer["meta"]["count"]["total"] == 1
    (found,) = api.get("/orders", ids=back["id"]).json()["data"]
    assert found["return_source_id"] is None and "_unlisted" not in found
    named = api.get("/orders", ids=order["id"], include="rma_orders").json()["data"][0]
    assert named["rma_orders"] == [{"id": int(back["id"]), "type": "return"}]
