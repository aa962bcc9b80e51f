"""Single values: what has one meaning is understood, all else is a ParseError with its key."""

import datetime
import math
from decimal import Decimal

import pytest
from api import fields
from api.errors import ParseError
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import VALUES, nested

READERS = [
    fields.text,
    fields.code,
    fields.identifier,
    fields.reference,
    fields.decimal,
    fields.flag,
    fields.moment,
    fields.day,
    fields.web_url,
]


@settings(max_examples=200)
@given(value=VALUES)
@example(value="1e9999999")
@example(value="1e-9999999")
@example(value="sNaN")
@example(value=1e308)
@example(value=[[[]]])
@example(value="\ud800")
def test_only_a_parse_error_escapes(value):
    for reader in READERS:
        try:
            reader({"key": value}, "key")
        except ParseError as error:
            assert error.key == "key"
            assert len(str(error)) < 200


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("value", [nested(900), "x" * 10**6, 10**4000, {"a": nested(900)}])
def test_endless_values_make_short_messages(reader, value):
    try:
        reader({"key": value}, "key")
    except ParseError as error:
        assert len(str(error)) < 200


@given(VALUES)
def test_text_can_be_stored_by_postgresql(value):
    try:
        text = fields.text({"key": value}, "key")
    except ParseError:
        return
    assert "\x00" not in text
    assert text == text.encode().decode().strip()


@given(st.decimals(-(10**11), 10**11, places=4))
def test_decimal_keeps_the_digits_that_were_sent(number):
    assert fields.decimal({"key": str(number)}, "key") == number
    assert fields.decimal({"key": f" {number} "}, "key") == number


@given(st.floats(-1e12, 1e12))
def test_decimal_of_a_json_number_is_what_the_json_said(number):
    assert fields.decimal({"key": number}, "key") == Decimal(repr(number))


@given(VALUES)
def test_decimal_can_be_calculated_with_and_written_out(value):
    try:
        number = fields.decimal({"key": value}, "key")
    except ParseError:
        return
    assert abs(number) <= fields.LARGEST
    assert (number * 2 + 1).is_finite()
    assert len(format(number, "f")) < 2000


@pytest.mark.parametrize("value", ["abc", True, [], {}, "1,5", "1e13", math.nan, math.inf, "NaN"])
def test_what_is_no_number_is_an_error(value):
    with pytest.raises(ParseError, match="key"):
        fields.decimal({"key": value}, "key")


@pytest.mark.parametrize("record", [{}, {"key": None}, {"key": ""}, {"key": "  "}])
def test_missing_number_is_the_default(record):
    assert fields.decimal(record, "key") == 0
    assert fields.decimal(record, "key", None) is None


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2025-12-18T10:40:46+02:00", datetime.datetime(2025, 12, 18, 8, 40, 46)),
        ("2025-07-18T10:40:46+03:00", datetime.datetime(2025, 7, 18, 7, 40, 46)),
        ("2025-12-18T10:40:46Z", datetime.datetime(2025, 12, 18, 10, 40, 46)),
        ("2025-12-18 10:40:46", datetime.datetime(2025, 12, 18, 10, 40, 46)),
        ("2025-12-18T10:40:46.789", datetime.datetime(2025, 12, 18, 10, 40, 46)),
        ("2025-12-18", datetime.datetime(2025, 12, 18)),
        (1766054446, datetime.datetime(2025, 12, 18, 10, 40, 46)),
        ("1766054446", datetime.datetime(2025, 12, 18, 10, 40, 46)),
        ("0000-00-00 00:00:00", None),
        ("", None),
        (None, None),
    ],
)
def test_times_become_naive_utc(value, moment):
    assert fields.moment({"key": value}, "key") == moment


@pytest.mark.parametrize("value", ["yesterday", "2025-13-01", "9" * 20, "0001-01-01T00:00+05:00"])
def test_what_is_no_time_is_an_error(value):
    with pytest.raises(ParseError, match="key"):
        fields.moment({"key": value}, "key")


@given(st.datetimes(timezones=st.timezones(), min_value=datetime.datetime(1900, 1, 1)))
def test_any_offset_is_converted(moment):
    found = fields.moment({"key": moment.isoformat()}, "key")
    expected = moment.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)
    assert found == expected


@pytest.mark.parametrize("value", [True, 1, "1", "on", "ON", "true", "yes", "active", "visible"])
def test_flags_that_are_set(value):
    assert fields.flag({"key": value}, "key")


@pytest.mark.parametrize("value", [False, 0, "0", "off", "", "inactive", "hidden", None, [], {}])
def test_flags_that_are_not(value):
    assert not fields.flag({"key": value}, "key")


def test_missing_flag_is_the_default():
    assert fields.flag({}, "key", default=True)


@pytest.mark.parametrize(
    ("value", "text"),
    [("95750870.3", "95750870.3"), (4221, "4221"), (4221.0, "4221"), (" 7 ", "7"), ("0", "0")],
)
def test_ids_are_text(value, text):
    assert fields.identifier({"id": value}) == text


@pytest.mark.parametrize("value", [None, "", " ", [], {}, True, math.nan, "x" * 129])
def test_record_without_an_id_is_an_error(value):
    with pytest.raises(ParseError) as error:
        fields.identifier({"id": value})
    assert error.value.key == "id"


@pytest.mark.parametrize("value", [None, "", 0, "0", [], {}])
def test_empty_reference_is_none(value):
    assert fields.reference({"parent_id": value}, "parent_id") is None


def test_first_key_with_a_value_wins():
    record = {"a": None, "b": " ", "c": "here", "d": "late"}
    assert fields.text(record, "a", "b", "c", "d") == "here"


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("https://shop.ro/x", "https://shop.ro/x"),
        ("//cdn.shop.ro/x.png", "https://cdn.shop.ro/x.png"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("/x.png", ""),
        ("https:// shop", ""),
        ({"large": "x"}, ""),
    ],
)
def test_only_web_addresses_are_links(value, url):
    assert fields.web_url({"key": value}, "key") == url


def test_rows_may_come_as_an_object_keyed_by_number():
    assert fields.rows({"0": {"id": 1}, "1": {"id": 2}}) == [{"id": 1}, {"id": 2}]
    assert fields.rows(None) == fields.rows("x") == fields.rows([1, None]) == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-03-01T00:30:00+02:00", "2026-03-01"),  # February in UTC
        ("2026-10-25T03:30:00+03:00", "2026-10-25"),
        ("2026-02-28 23:59:59", "2026-02-28"),
        ("1772323200", "2026-03-01"),
        ("0000-00-00 00:00:00", None),
        ("yesterday", None),
        (None, None),
        ("2" * 300, None),
    ],
)
def test_the_day_is_the_one_that_was_written(written, expected):
    found = fields.day({"date": written}, "date")
    assert found == (expected and datetime.date.fromisoformat(expected))
