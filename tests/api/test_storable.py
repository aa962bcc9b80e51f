"""JSON as it is stored: PostgreSQL takes it, and nothing else is changed."""

import pytest
from api.errors import ParseError
from api.storable import DEEPEST, storable


def test_what_can_be_stored_is_kept_as_it_is():
    order = {
        "id": "1.2",
        "total": 10.25,
        "lines": [{"n": 1, "ok": True, "note": None}],
        "ș": "ț 🙂",
    }
    assert storable(order) == order


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("a\x00b", "ab"),
        ("a\ud800b", "ab"),
        (float("nan"), None),
        (float("-inf"), None),
        ({"\x00": ["\udfff", float("inf")]}, {"": ["", None]}),
    ],
)
def test_what_postgresql_refuses_is_left_out(sent, stored):
    assert storable(sent) == stored


def nested(levels):
    value = "bottom"
    for _level in range(levels):
        value = [value]
    return value


def test_an_endless_nest_is_refused():
    assert storable(nested(DEEPEST - 1)) == nested(DEEPEST - 1)
    for levels in (DEEPEST, 100_000):
        with pytest.raises(ParseError, match="nested"):
            storable(nested(levels))
