"""Signatures of the shop's notices."""

from api.webhook import signature, verify
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
