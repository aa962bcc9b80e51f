"""Key and secret are sent to the shop and shown nowhere else."""

import base64
import json
import logging
import traceback

import pytest
from api import errors
from api.limits import Limiter, MemoryStore
from api.pg_store import bucket_name
from servers import answering, closed

KEY, SECRET = "key-7f3a9c5512", "secret-b81d4e7730"
TOKEN = base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()


@pytest.fixture
def secretive(shop, connect):
    """A client of a shop whose credentials are easy to find in a text."""
    shop.gate.set_credentials(KEY, SECRET)

    def make(**options):
        return connect(key=KEY, secret=SECRET, **{"max_tries": 2, **options})

    return make


def assert_hidden(*texts):
    for text in texts:
        for word in (KEY, SECRET, TOKEN):
            assert word not in text


def test_not_in_the_log_at_its_most_talkative(shop, secretive, caplog):
    caplog.set_level(logging.DEBUG)
    secretive(limiter=Limiter(MemoryStore())).test()
    shop.faults.set("busy_500")
    with pytest.raises(errors.TransientError):
        secretive().categories()
    assert caplog.records, "requests logs its connections at this level"
    assert_hidden(caplog.text)


def test_not_in_repr(secretive):
    client = secretive()
    assert_hidden(repr(client), str(client), f"{client!r}")


@pytest.mark.parametrize(
    "fault", ["busy_500", "busy_400", "truncated", "wrong_types", "dropped", "redirect"]
)
def test_not_in_errors_and_call_records(shop, secretive, attempts, fault):
    shop.faults.set(fault)
    with pytest.raises(errors.MerchantProError) as failure:
        secretive().page("/orders", {}, 0)
    assert_hidden("".join(traceback.format_exception(failure.value)))
    assert_hidden(repr(failure.value), failure.value.said)
    assert attempts
    assert_hidden(repr(attempts))


def test_not_in_the_error_of_an_address_where_nobody_listens(connect):
    client = connect(closed(), key=KEY, secret=SECRET, max_tries=1)
    with pytest.raises(errors.ShopUnreachable) as failure:
        client.test()
    assert_hidden("".join(traceback.format_exception(failure.value)))


def test_not_repeated_from_a_site_that_quotes_them(connect, attempts):
    """A proxy in front of a shop may print the request it did not like."""
    words = f"Bad key {KEY}, secret {SECRET}, header Basic {TOKEN}"
    body = json.dumps({"error": {"message": words}}).encode()
    with answering(401, body) as server, pytest.raises(errors.Unauthorized) as failure:
        connect(server.url, key=KEY, secret=SECRET).test()
    assert "Bad key" in failure.value.said
    assert_hidden(str(failure.value), failure.value.said, repr(attempts))


def test_wrong_secret_is_hidden_too(shop, connect, attempts):
    with pytest.raises(errors.Unauthorized) as failure:
        connect(key=KEY, secret=SECRET).test()
    assert_hidden(str(failure.value), repr(attempts))


def test_bodies_are_not_in_the_call_records(shop, client, attempts):
    product = shop.add_product()
    client.patch_inventory(str(product["id"]), {"sku": "what-was-sent"})
    assert "what-was-sent" not in repr(attempts)


def test_name_of_the_shared_budget_does_not_tell_the_key():
    name = bucket_name("https://www.shop.ro", KEY)
    assert_hidden(name)
    assert name == bucket_name("https://www.shop.ro", KEY)
    assert name != bucket_name("https://www.shop.ro", KEY + "2")
    assert name != bucket_name("https://www.shop.bg", KEY)
