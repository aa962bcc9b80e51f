"""The letters of an SMS and the parts an operator charges for."""

import pytest
from api.sms_text import GSM, UNICODE, plain, size
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Comanda ta a plecat spre București", "Comanda ta a plecat spre Bucuresti"),
        ("ăâîșțşţ ĂÂÎȘȚŞŢ", "aaistst AAISTST"),
        ("„Cană” – 2 × 5 €…", '"Cana" - 2 x 5 €...'),
        ("Mulțumim 🙂", "Multumim "),
        ("naïve Łódź", "naive Lodz"),
        ("è ü ß Ñ", "è ü ß Ñ"),  # the phones' own
    ],
)
def test_accents_fall_off_and_nothing_else_changes(text, expected):
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (GSM, 0, 0)),
        ("a" * 160, (GSM, 160, 1)),
        ("a" * 161, (GSM, 161, 2)),
        ("a" * 306, (GSM, 306, 2)),
        ("a" * 307, (GSM, 307, 3)),
        ("€" * 80, (GSM, 160, 1)),
        # Of 153 places 76 pairs fill 152: the last one is lost in each part.
        ("€" * 153, (GSM, 306, 3)),
        ("ș" * 70, (UNICODE, 70, 1)),
        ("a" * 70 + "ș", (UNICODE, 71, 2)),
        ("ș" * 134, (UNICODE, 134, 2)),
        ("🙂" * 35, (UNICODE, 70, 1)),
        ("🙂" * 67, (UNICODE, 134, 3)),
    ],
)
def test_parts_are_counted_as_operators_do(text, expected):
    assert size(text) == expected


@given(st.text())
def test_a_plain_text_is_always_of_the_cheap_alphabet_and_stays_so(text):
    assert size(plain(text)).alphabet == GSM
    assert plain(plain(text)) == plain(text)
