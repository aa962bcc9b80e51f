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
        ("Bucureşti - Sector 3", "bucuresti"),
        ("", ""),
        (None, ""),
    ],
)
def test_county(typed, county):
    assert romania.county(typed) == county


@pytest.mark.parametrize(
    ("typed", "city", "county"),
    [
        ("", "Municipiul București", "bucuresti"),
        ("Sector 3", "Bucuresti", "bucuresti"),
        ("", "Bucuresti, sectorul 6", "bucuresti"),
        ("Ilfov", "București", "ilfov"),  # the buyer's word; a person has to look
        ("Sector 3", "Cluj-Napoca", "sector 3"),
        ("", "Cluj-Napoca", ""),
    ],
)
def test_county_of_bucharest(typed, city, county):
    assert romania.county(typed, city) == county


@pytest.mark.parametrize(
    ("parts", "sector"),
    [
        (("Sector 3", "", "București", "Str. Lipscani 5", ""), "3"),
        (("", "", "Bucuresti, sectorul 6", "", ""), "6"),
        (("", "", "București", "Bd. Unirii 4, S3", ""), "3"),
        (("", "", "București", "Str. Lipscani 5", "030031"), "3"),
        (("", "", "București", "Str. Lipscani 5", ""), None),
        (("", "", "București", "Str. Lipscani 5, bl. S3, sc. S1", ""), None),
        (("Sector 9", "", "", "", "990031"), None),
        ((None, None, None, None, None), None),
        (("", "Bucuresti - Sector 5", "Bucuresti", "Str. Lipscani 5", ""), "5"),
        # The district is the buyer's word, the postal code often a guess.
        (("Sector 2", "", "București", "", "060031"), "2"),
    ],
)
def test_sector_of_bucharest(parts, sector):
    assert romania.sector(*parts) == sector


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("0722123999 / 0733123999", ["0722123999", "0733123999"]),
        ("0722123999, 0733", ["0722123999", "0733"]),
        ("0722123999 SAU 0733;", ["0722123999", "0733"]),
        ("+40 (0)722 123 999", ["+40 (0)722 123 999"]),
        (" / ", []),
        (None, []),
    ],
)
def test_several_phones_in_one_field(typed, numbers):
    assert romania.phones(typed) == numbers


@pytest.mark.parametrize(
    ("typed", "country", "result"),
    [
        ("RO14399840", "RO", ("RO14399840", True)),
        ("ro 1439 9840", "RO", ("RO14399840", True)),
        ("14399840", "RO", ("14399840", True)),
        ("14399841", "RO", ("14399841", False)),
        ("DE123456789", "DE", ("DE123456789", False)),
        ("136 695 976", "DE", ("DE136695976", True)),
        ("EL094259216", "GR", ("EL094259216", True)),
        ("1234567", "MD", ("1234567", False)),
        ("", "RO", ("", False)),
        (None, "", ("", False)),
    ],
)
def test_vat_number(typed, country, result):
    assert romania.vat_number(typed, country) == result


@given(st.text())
def test_any_text_is_taken(text):
    romania.county(text, text)
    romania.sector(text, text, text, text, text)
    romania.phones(text)
    for country in ("RO", "DE", "GR", "MD", "XI", "?"):
        romania.vat_number(text, country)
