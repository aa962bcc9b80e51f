"""Waybills: made, refused, labelled, moved on, cancelled."""

import io

import pytest
import requests
from pdfminer.high_level import extract_text

from .conftest import FORM


def errors_of(answer):
    """{path: messages} of a refusal."""
    found = {}

    def walk(node, path):
        if isinstance(node, dict):
            if node.get("errors"):
                found[".".join(path)] = node["errors"]
            for name, child in (node.get("children") or {}).items():
                walk(child, [*path, name])

    walk(answer.json()["errors"], [])
    return found


def test_a_waybill_is_made_with_a_number_for_each_parcel(courier, api):
    answer = api.create(**{"packageNumber": 2, "parcels[0][weight]": 1, "parcels[1][weight]": 1})
    made = answer.json()
    assert [each["position"] for each in made["parcels"]] == [1, 2]
    assert made["parcels"][1]["awbNumber"] == made["awbNumber"] + "002"
    assert made["awbCost"] == 15.5 + 1.2 + 3
    (kept,) = courier.all()
    assert (kept["reference"], kept["cod"], kept["county"]) == ("OUT/1", 199.99, "Cluj")


@pytest.mark.parametrize(
    ("changes", "path", "message"),
    [
        ({"service": 999}, "service", "This value is not valid."),
        ({"pickupPoint": 1}, "pickupPoint", "This value is not valid."),
        ({"packageWeight": 0}, "packageWeight", "This value should be greater than 0."),
        ({"parcels[0][weight]": 0}, "parcels.0.weight", "This value should be greater than 0."),
        ({"packageNumber": 2}, "packageNumber", "This value is not valid."),
        ({"awbPayment": 2}, "awbPayment", "This value is not valid."),
        ({"awbRecipient[phoneNumber]": ""}, "awbRecipient.phoneNumber",
         "This value should not be blank."),
        ({"awbRecipient[countyString]": "Klausenburg"}, "awbRecipient.countyString",
         "This value is not valid."),
        ({"service": 15}, "lockerLastMile", "This value is not valid."),
        ({"service": 48, "oohLastMile": 1}, "oohLastMile", "This value is not valid."),
        ({"serviceTaxes[0]": 150}, "serviceTaxes", "This value is not valid."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_place_in_the_tree(courier, api, changes, path, message):
    answer = api.create(**changes)
    assert answer.status_code == 400
    # A service without an option of its name makes both wrong; the one asked for is among them.
    assert errors_of(answer)[path] == [message]
    assert answer.json()["errors"]["children"]["observation"] == []
    assert courier.count() == 0


def test_a_wrong_city_is_taken_and_so_are_diacritics_in_a_county(api):
    wrong = {"awbRecipient[cityString]": "Nicăieri", "awbRecipient[countyString]": "Iași"}
    assert api.create(**wrong).status_code == 200


def test_a_reference_is_taken_for_good(courier, api):
    number = api.create().json()["awbNumber"]
    assert errors_of(api.create()) == {"clientInternalReference": ["awb.not_unique"]}
    assert api.call("DELETE", f"/awb/{number}").status_code == 204
    assert errors_of(api.create()) == {"clientInternalReference": ["awb.not_unique"]}
    assert (courier.count(), courier.count("OUT/1")) == (1, 1)


@pytest.mark.parametrize("size", ["A4", "A6"])
def test_label_is_a_pdf_that_names_the_waybill_and_the_reference(api, size):
    number = api.create().json()["awbNumber"]
    label = api.call("GET", f"/awb/download/{number}/{size}")
    words = extract_text(io.BytesIO(label.content))
    for expected in (f"AWB {number}", f"{number}001", "Ana Turcanu", "199.99", "OUT/1"):
        assert expected in words


def test_what_moved_is_told_by_parcel_and_decided_by_the_summary(courier, api):
    number = api.create().json()["awbNumber"]
    now = int(courier.clock())
    courier.move(number, "picked_up", "out", "delivered")
    moved = api.call(
        "GET", "/client/status-sync", startTimestamp=now - 100, endTimestamp=now + 100
    ).json()
    assert [row["statusId"] for row in moved["data"]] == [9, 33, 4, 1]
    assert {row["parcelAwbNumber"] for row in moved["data"]} == {f"{number}001"}
    assert "total" not in moved
    status = api.call("GET", f"/client/awb/{number}/status").json()
    assert status["expeditionSummary"]["delivered"] is True
    assert status["expeditionStatus"]["status"] == "Livrata cu succes"
    too_long = api.call("GET", "/client/status-sync", startTimestamp=now - 90000, endTimestamp=now)
    assert too_long.status_code == 400


def test_what_comes_back_is_in_return_and_ends_delivered_to_its_sender(courier, api):
    number = api.create().json()["awbNumber"]
    courier.move(number, "out", "refused")
    status = api.call("GET", f"/client/awb/{number}/status").json()
    assert (status["parcelsStatus"][0]["inReturn"], status["expeditionSummary"]["delivered"]) == (
        True,
        False,
    )
    courier.move(number, "returned")
    status = api.call("GET", f"/client/awb/{number}/status").json()
    assert (status["parcelsStatus"][0]["inReturn"], status["expeditionSummary"]["delivered"]) == (
        True,
        True,
    )


def test_cancelled_and_changed_only_before_it_is_picked_up(courier, api):
    number = api.create().json()["awbNumber"]
    changed = api.call("PUT", f"/awb/{number}/update-cod", {"cashOnDelivery": 10})
    assert (changed.status_code, courier.all()[0]["cod"]) == (200, 10)
    courier.move(number, "picked_up")
    assert api.call("PUT", f"/awb/{number}/update-cod", {"cashOnDelivery": 5}).status_code == 400
    assert api.call("DELETE", f"/awb/{number}").status_code == 400
    assert api.call("DELETE", "/awb/none").status_code == 404


def test_an_estimate_makes_nothing(courier, api):
    answer = api.call("POST", "/awb/estimate-cost", FORM)
    assert answer.json() == {"amount": 19.7, "currency": "RON", "time": 24}
    assert courier.count() == 0


def test_a_person_sees_the_waybills_and_moves_one_on(courier, api):
    number = api.create(**{"awbRecipient[name]": "<b>Ana</b>"}).json()["awbNumber"]
    shown = requests.get(courier.url, timeout=10).text
    assert number in shown and "&lt;b&gt;Ana" in shown and "<b>Ana" not in shown
    requests.post(f"{courier.url}/awb/{number}", {"step": "picked_up"}, timeout=10)
    assert courier.all()[0]["step"] == "picked_up"
    assert requests.get(f"{courier.url}/awb/{number}.pdf", timeout=10).content[:4] == b"%PDF"
