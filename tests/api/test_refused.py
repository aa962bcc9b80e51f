"""Answers that a repeat makes worse or cannot change are given to the caller at once."""

import pytest
from api import errors
from api.limits import Limiter, MemoryStore
from servers import answering


def test_wrong_secret_is_tried_once(shop, connect, naps):
    with pytest.raises(errors.Unauthorized) as failure:
        connect(secret="another").test()
    assert [call["status"] for call in shop.calls] == [401]
    assert naps == []
    assert failure.value.status == 401
    assert failure.value.said == "Invalid API key or secret"


def test_locked_out_key_is_tried_once(shop, connect):
    for _attempt in range(5):
        with pytest.raises(errors.Unauthorized):
            connect(secret="another").test()
    shop.clear_calls()
    with pytest.raises(errors.Forbidden):
        connect().test()
    assert [call["status"] for call in shop.calls] == [403]


def test_right_credentials_pass(shop, connect):
    connect().test()
    assert [call["status"] for call in shop.calls] == [200]


def test_credentials_with_diacritics_pass(shop, connect):
    shop.gate.set_credentials("cheie", "țâșnește")
    connect(key="cheie", secret="țâșnește").test()


def test_netrc_does_not_replace_the_credentials(shop, connect, tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login other password other\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    connect().test()


def test_proxy_of_the_environment_does_not_get_the_credentials(shop, connect, monkeypatch):
    with answering() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "")
        connect().test()
        assert proxy.heard == []
    assert len(shop.calls) == 1


def test_redirect_is_a_wrong_address_with_the_right_one_suggested(shop, client):
    shop.faults.set("redirect", location="https://www.shop.example")
    with pytest.raises(errors.WrongAddress) as failure:
        client.test()
    assert failure.value.suggestion == "https://www.shop.example"
    assert "https://www.shop.example" in str(failure.value)
    assert len(shop.calls) == 1


def test_redirect_does_not_carry_the_credentials_on(shop, client):
    with answering() as elsewhere:
        shop.faults.set("redirect", location=elsewhere.url)
        with pytest.raises(errors.WrongAddress) as failure:
            client.test()
        assert elsewhere.heard == []
        assert failure.value.suggestion == elsewhere.url


@pytest.mark.parametrize(
    ("location", "suggestion"),
    [
        ("https://www.shop.ro/api/v2/x?y=1", "https://www.shop.ro"),
        ("//www.shop.ro/api", "https://www.shop.ro"),
        ("/login", None),
        ("", None),
        ("http://[broken", None),
        ("http://www.shop.ro/", None),
        ("https://name:word@www.shop.ro/", None),
        ("javascript:alert(1)", None),
    ],
)
def test_only_an_address_that_may_be_used_is_suggested(connect, location, suggestion):
    with answering(302, headers={"Location": location}) as server:
        with pytest.raises(errors.WrongAddress) as failure:
            connect(server.url).test()
        assert failure.value.suggestion == suggestion
        assert len(server.heard) == 1


@pytest.mark.parametrize("status", [301, 303, 307, 308])
def test_every_kind_of_redirect_is_a_wrong_address(connect, status):
    headers = {"Location": "https://www.shop.ro/"}
    with answering(status, headers=headers) as server, pytest.raises(errors.WrongAddress):
        connect(server.url).test()


def test_body_of_a_redirect_is_not_read_past_the_bound(connect):
    headers = {"Location": "https://www.shop.ro/"}
    body = b"x" * 1_000_000
    with answering(302, body, headers) as server, pytest.raises(errors.BadAnswer, match="larger"):
        connect(server.url, max_body=1000, max_tries=1).test()


def test_unknown_record_is_not_found(shop, client):
    with pytest.raises(errors.NotFound):
        client.patch_inventory("404", {"stock": 1})
    assert len(shop.calls) == 1


def test_unknown_filter_is_a_bad_request_with_the_sites_words(shop, client):
    with pytest.raises(errors.BadRequest) as failure:
        client.get("/products", {"name": "tea"})
    assert (failure.value.name, failure.value.status) == ("undefined_filter", 400)
    assert "No such filter `name` defined" in str(failure.value)
    assert len(shop.calls) == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"error": "plain words"}', "plain words"),
        (b'{"message": "at the top"}', "at the top"),
        (b'{"error": {"message": ["one", "two"]}}', "one, two"),
        (b'{"errors": {"message": "plural"}}', "plural"),
        (b'{"error": null}', ""),
        (b"[]", ""),
        (b"<html>", ""),
        (b"", ""),
        (b"[" * 100_000, ""),
    ],
)
def test_errors_of_any_shape_are_understood(connect, body, said):
    with answering(400, body) as server:
        with pytest.raises(errors.BadRequest) as failure:
            connect(server.url).test()
        assert failure.value.said == said


def test_refused_call_still_counts_against_the_budget(shop, connect):
    limiter = Limiter(MemoryStore())
    with pytest.raises(errors.Unauthorized):
        connect(secret="another", limiter=limiter).test()
    with limiter.store.locked() as bucket:
        assert bucket.sequence == 1
