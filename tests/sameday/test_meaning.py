"""Addresses, phones, states and references: what they mean for Sameday, without a server."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sameday import finding, forms, places, status


@pytest.mark.parametrize(
    ("code", "name", "county"),
    [
        ("CJ", "", "Cluj"),
        ("b", "București", "Bucuresti"),
        ("", "Bistrița-Năsăud", "Bistrita-Nasaud"),
        ("", "Caraș Severin", "Caras-Severin"),
        ("XX", "Kraj", ""),
        (False, False, ""),
    ],
)
def test_counties_go_by_sameday_s_own_names(code, name, county):
    assert places.county(code, name) == county


@pytest.mark.parametrize(
    ("parts", "postal_code", "sector"),
    [
        (("Sector 3",), "", "Sector 3"),
        (("București, sectorul 6", "Str. Lungă 2"), "", "Sector 6"),
        (("Bucuresti", "", "Str. Lungă 2, sect.4"), "", "Sector 4"),
        (("București", "Str. Lungă 2, bl. S3, sc. 1"), "", ""),
        (("București", "Str. Lungă 2, bl. S3"), "021234", "Sector 2"),
        (("București",), "400001", ""),
        (("București S5",), "", "Sector 5"),
        ((False, None), False, ""),
    ],
)
def test_bucharest_is_its_sectors(parts, postal_code, sector):
    assert places.sector(*parts, postal_code=postal_code) == sector


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("0722 123 456", "0722123456"),
        ("+40 722.123.456", "0722123456"),
        ("+40 (0)722 123 456", "0722123456"),
        ("0040722123456", "0722123456"),
        ("722123456", "0722123456"),
        ("0264/123 / 0722123456", "0722123456"),
        ("0722123456 sau 0733123456", "0722123456"),
        ("021 637 06 60", "0216370660"),
        ("+373 69 123 456", "+37369123456"),
        ("07221234567", ""),
        ("nu am", ""),
        (False, ""),
    ],
)
def test_phones(typed, dialled):
    assert places.phone(typed) == dialled


def answer(status_id=7, words="In drum spre hub", back=False, **summary):
    last = {"statusId": status_id, "status": words, "statusDate": "2026-02-26T09:37:28+0200"}
    return {
        "expeditionSummary": {"delivered": False, "canceled": False, **summary},
        "expeditionStatus": last,
        "parcelsStatus": [{"inReturn": back}],
    }


@pytest.mark.parametrize(
    ("told", "state"),
    [
        (answer(1, "AWB Emis"), "issued"),
        (answer(4, "Ridicata de la expeditor"), "picked_up"),
        (answer(33, "In livrare la curier"), "in_transit"),
        (answer(999, "Ceva nou"), "in_transit"),
        (answer(78, "Incarcat"), "at_point"),
        (answer("78", "Incarcat"), "at_point"),
        (answer([78], "Incarcat"), "in_transit"),
        (answer(999, "Colet depus în easybox"), "at_point"),
        (answer(999, "In drum spre easybox"), "in_transit"),
        # The last event is not the one that decides.
        (answer(1, "AWB Emis", delivered=True), "delivered"),
        (answer(9, "Livrata cu succes"), "in_transit"),
        (answer(canceled=True), "cancelled"),
        (answer(6, "Refuzat de destinatar", back=True), "refused"),
        (answer(16, "In retur", back=True), "returning"),
        (answer(17, "Returnat", back=True, delivered=True), "returned"),
        ({}, None),
        ([], None),
        ({"expeditionSummary": [], "parcelsStatus": {}}, None),
    ],
)
def test_the_summary_decides(told, state):
    assert status.read(told)[0] == state


def test_times_are_utc_and_words_have_their_reason():
    told = answer(delivered=True, deliveredAt="2026-02-26T12:37:28+02:00")
    told["expeditionStatus"]["reason"] = "acasă"
    _state, words, at = status.read(told)
    assert at == datetime.datetime(2026, 2, 26, 10, 37, 28)
    assert words == "In drum spre hub: acasă"
    assert status.moment("mâine") is None
    assert status.moment("0001-01-01T00:00:00+14:00") is None


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=3,
)


def records(*keys):
    return st.fixed_dictionaries({}, optional=dict.fromkeys(keys, ANYTHING)) | ANYTHING


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "expeditionSummary": records(
                "delivered", "deliveredAt", "canceled", "awbWeight", "cashOnDelivery"
            ),
            "expeditionStatus": records(
                "statusId", "status", "statusLabel", "statusDate", "reason"
            ),
            "parcelsStatus": st.lists(records("inReturn", "parcelAwbNumber"), max_size=2)
            | ANYTHING,
        },
    )
    | ANYTHING
)
def test_no_answer_of_any_shape_breaks_it(told):
    status.read(told)
    finding.may_be(told, 1, 0)
    finding.parcels_of(told)


def test_issued_waybills_by_their_parcels():
    rows = [{"parcelAwbNumber": "1SDY2002"}, {"parcelAwbNumber": "1SDY2001"}, {}]
    rows.append({"parcelAwbNumber": "1SDY1001"})
    assert finding.issued_numbers(rows) == ["1SDY2", "1SDY1"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ref. client: AB12-7", True),
        ("Observatii: S001 AB12-\n7 x", True),
        ("AB12-71", False),
        ("XAB12-7", False),
        ("", False),
    ],
)
def test_a_reference_on_a_label_is_the_whole_one(text, found):
    assert finding.shows(text, "AB12-7") is found


def test_weight_and_amount_must_agree_where_they_are_told():
    told = answer(awbWeight=2.0, cashOnDelivery=10)
    assert finding.may_be(told, 2, 10)
    assert not finding.may_be(told, 2, 11)
    assert not finding.may_be(answer(awbWeight=2.0, canceled=True), 2, 10)
    assert finding.may_be(answer(), 2, 10)


def test_forms_are_flat_with_brackets():
    form = {"a": {"b": [1.50, True]}, "none": None, "list": []}
    assert forms.pairs(form) == [("a[b][0]", "1.5"), ("a[b][1]", "1")]
