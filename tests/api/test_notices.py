"""Signatures of the shop's notices."""

import pytest
from api.webhook import MOST, order_numbers, signature, verify
from hypothesis import given
from hypothesis import strategies as st

BODY, SECRET = b'{"id": "95750870.3"}', "webhook-secret"


def test_signature_is_the_one_the_platform_documents():
    # Computed with: printf '{"id": 1}' | openssl dgst -sha256 -hmac key -binary | base64
    assert signature(b'{"id": 1}', "key") == "UyiqmWOFQAUEx8xOe0Nv6ayHM5Qzz7DBObQ/hQ6GLNc="


def test_own_signature_is_accepted():
    assert verify(BODY, SECRET, signature(BODY, SECRET))
    assert verify(BODY, SECRET, f" {signature(BODY, SECRET)}\n")


def test_changed_body_other_secret_and_no_signature_are_refused():
    good = signature(BODY, SECRET)
    assert not verify(BODY + b" ", SECRET, good)
    assert not verify(BODY, "another", good)
    assert not verify(BODY, SECRET, "")
    assert not verify(BODY, SECRET, None)


def test_without_a_secret_nothing_is_accepted():
    assert not verify(BODY, "", signature(BODY, ""))
    assert not verify(BODY, None, signature(BODY, ""))


@given(st.text())
def test_any_header_is_refused_in_peace(header):
    assert not verify(BODY, SECRET, header)


@pytest.mark.parametrize(
    "notice",
    [
        {"id": "42.3", "line_items": [{"id": 1}]},
        {"data": {"id": "42.3"}},
        {"id": "event-7", "topic": "order.created", "data": {"id": "42.3"}},
        {"order": {"id": "42.3"}},
        {"resource_id": "42.3"},
        {"order_id": "42.3", "id": None},
        [{"id": "42.3"}, {"id": "42.3"}],
        {"data": [{"id": "42.3"}]},
        {"data": None, "id": "42.3"},
    ],
)
def test_the_order_s_number_is_found_in_each_likely_shape(notice):
    assert order_numbers(notice) == ["42.3"]


@pytest.mark.parametrize(
    "notice",
    [
        None,
        7,
        "42",
        [],
        {},
        {"id": True},
        {"id": {"id": "42"}},
        {"id": "1,2"},
        {"id": "x" * 65},
        {"id": "x" * 10_000},
        {"topic": "product.created", "data": {"id": 42}},
    ],
)
def test_what_names_no_order_gives_no_number(notice):
    assert order_numbers(notice) == []


def test_a_notice_of_endless_numbers_is_cut():
    assert len(order_numbers([{"id": number} for number in range(10_000)])) == MOST


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.sampled_from(["id", "data", "order", "topic", "order_id"]), inner)
    ),
)


@given(JSON)
def test_no_shape_fails(notice):
    assert all(isinstance(number, str) and number for number in order_numbers(notice))
