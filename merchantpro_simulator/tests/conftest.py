"""A running shop, and the plainest of clients."""

import dataclasses

import pytest
import requests

from merchantpro_simulator import Simulator


@dataclasses.dataclass
class Caller:
    """Calls a shop's API; each method returns the answer."""

    shop: Simulator
    key: str = ""
    secret: str = ""

    def call(self, method, path, body=None, **query):
        return requests.request(
            method,
            f"{self.shop.url}/api/v2{path}",
            params=query,
            json=body,
            auth=(self.key or self.shop.key, self.secret or self.shop.secret),
            allow_redirects=False,
            timeout=20,
        )

    def get(self, path, **query):
        return self.call("GET", path, **query)

    def post(self, path, body, **query):
        return self.call("POST", path, body, **query)

    def patch(self, path, body=None, **query):
        return self.call("PATCH", path, body, **query)

    def delete(self, path):
        return self.call("DELETE", path)


@pytest.fixture
def shop():
    with Simulator() as shop:
        yield shop


@pytest.fixture
def api(shop):
    return Caller(shop)


@pytest.fixture(scope="session")
def demo():
    """The demonstration's shop, for tests that only read."""
    with Simulator(seed="demo") as shop:
        yield shop


@pytest.fixture
def demo_api(demo):
    return Caller(demo)


@pytest.fixture
def tea(shop):
    """A simple product."""
    category = shop.add_category("Tea")
    return shop.add_product(
        id=7101,
        sku="TEA-100",
        ean="5940000000017",
        name="Green tea",
        stock=12,
        price_gross=25,
        weight=0.1,
        category_id=category["id"],
    )


@pytest.fixture
def shirt(shop):
    """A product with two variants."""
    return shop.add_product(
        id=7200,
        sku="TS",
        name="T-shirt",
        price_gross=50,
        variants=[
            {"id": 7201, "sku": "TS_m", "ean": "24", "stock": 4, "options": {"Size": "M"}},
            {"id": 7202, "sku": "TS_l", "stock": 5, "options": {"Size": "L"}},
        ],
    )


def error_of(answer):
    return answer.json()["error"]
