"""Romanian addresses as people type them."""

import pytest
from api import romania
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("typed", "county"),
    [
        ("Caraș-Severin", "caras severin"),
        ("CARAŞ SEVERIN", "caras severin"),
        ("jud. Timiș", "timis"),
        ("Județul Iași", "iasi"),
        ("Mun. București", "bucuresti"),
        ("RO-CJ", "cj"),
        ("", ""),
        (None, ""),
    ],
)
def test_county(typed, county):
    assert romania.county(typed) == county


@pytest.mark.parametrize(
    ("parts", "sector"),
    [
        (("Sector 3", "București", "Str. Lipscani 5", ""), "3"),
        (("", "Bucuresti, sectorul 6", "", ""), "6"),
        (("", "București", "Bd. Unirii 4, S3", ""), "3"),
        (("", "București", "Str. Lipscani 5", "030031"), "3"),
        (("", "București", "Str. Lipscani 5", ""), None),
        (("Sector 9", "", "", "990031"), None),
        ((None, None, None, None), None),
        # The district is the buyer's word, the postal code often a guess.
        (("Sector 2", "București", "", "060031"), "2"),
    ],
)
def test_sector_of_bucharest(parts, sector):
    assert romania.sector(*parts) == sector


@pytest.mark.parametrize(
    "typed",
    [
        "0722123999 / 0733123999",
        "0722123999, 0733",
        "0722123999;1",
        "0722123999 sau 0733",
        "0722123999",
    ],
)
def test_first_of_several_phones(typed):
    assert romania.first_phone(typed) == "0722123999"


@pytest.mark.parametrize(
    ("typed", "country", "result"),
    [
        ("RO14399840", "RO", ("RO14399840", True)),
        ("ro 1439 9840", "RO", ("RO14399840", True)),
        ("14399840", "RO", ("14399840", True)),
        ("14399841", "RO", ("14399841", False)),
        ("DE123456789", "DE", ("DE123456789", False)),
        ("", "RO", ("", False)),
        (None, "", ("", False)),
    ],
)
def test_vat_number(typed, country, result):
    assert romania.vat_number(typed, country) == result


@given(st.text())
def test_any_text_is_taken(text):
    romania.county(text)
    romania.sector(text, text, text, text)
    romania.first_phone(text)
    romania.vat_number(text, "RO")
