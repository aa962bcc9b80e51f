"""The client's tests: a real shop on localhost, and servers that misbehave as no shop would.

The folder of the addon is put on the path, so that `api` is imported without Odoo."""

import pathlib
import sys

import pytest
from hypothesis import settings

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "cloudsales_merchantpro"))

from api.client import Client  # noqa: E402 - the path is set first

from merchantpro_simulator import Simulator  # noqa: E402

# A busy machine is no failure: speed is shown by the benchmarks.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture
def shop():
    with Simulator() as shop:
        yield shop


@pytest.fixture
def naps():
    """The seconds that the client would have slept."""
    return []


@pytest.fixture
def attempts():
    """The calls that the client reported."""
    return []


@pytest.fixture
def connect(shop, naps, attempts):
    """A function that makes a client; options as those of `Client`, or other credentials."""

    def make(url=None, key=None, secret=None, **options):
        options = {"sleep": naps.append, "on_call": attempts.append, **options}
        return Client(url or shop.url, key or shop.key, secret or shop.secret, **options)

    return make


@pytest.fixture
def client(connect):
    return connect()
