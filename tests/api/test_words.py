"""Messages are English, and can be said in another language from their source and values."""

import ast
import pathlib
import pickle

import pytest
from api import errors
from api.address import normalise_url
from api.errors import ParseError
from api.orders import parse_order
from api.words import _lt

ROMANIAN = {
    "“%(key)s” is not a number: %(seen)s": "“%(key)s” nu este un număr: %(seen)s",
    "“%(key)s” is missing": "lipsește “%(key)s”",
    "line %(number)s: %(problem)s": "linia %(number)s: %(problem)s",
    "an object": "un obiect",
}


def romanian(source, values):
    return ROMANIAN[source] % values if values else ROMANIAN[source]


def test_words_are_their_english_text():
    words = _lt("The shop does not know %(path)s.", path="/orders/1")
    assert words == "The shop does not know /orders/1." == str(ValueError(words))


def test_per_cent_sign_needs_no_care_without_values():
    assert _lt("VAT of 21 % is included") == "VAT of 21 % is included"


def test_words_within_words_are_translated_too():
    with pytest.raises(ParseError) as error:
        parse_order(
            {
                "id": 1,
                "date_created": "2026-01-01",
                "total_amount": 1,
                "line_items": [{"quantity": {}}],
            }
        )
    words = error.value.args[0]
    assert words == "line 1: “quantity” is not a number: an object"
    assert words.translated(romanian) == "linia 1: “quantity” nu este un număr: un obiect"


def test_what_was_typed_is_never_taken_for_a_placeholder():
    with pytest.raises(ValueError) as error:
        normalise_url("ftp://100%(key)s")
    words = error.value.args[0]
    assert "“ftp://100%(key)s”" in words
    assert words.translated(lambda source, values: source % values) == words


def test_words_survive_a_copy():
    words = _lt("“%(key)s” is missing", key="id")
    copy = pickle.loads(pickle.dumps(words))
    assert (copy, copy.source, copy.values) == (words, words.source, {"key": "id"})


def test_every_message_of_the_api_is_made_of_words():
    """An error with a plain text would stay English for ever."""
    kinds = {"ValueError", *(name for name in vars(errors) if name[0].isupper())}
    for path in pathlib.Path(errors.__file__).parent.glob("*.py"):
        for call in filter(is_call, ast.walk(ast.parse(path.read_text()))):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            plain = call.args and isinstance(call.args[0], ast.Constant | ast.JoinedStr)
            assert not (name in kinds and plain), f"{path.name}:{call.lineno}"


def is_call(node):
    return isinstance(node, ast.Call)
