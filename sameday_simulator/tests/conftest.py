"""A running courier, and the plainest of clients."""

import pytest
import requests

from sameday_simulator import Simulator

FORM = {
    "pickupPoint": 139,
    "contactPerson": 145,
    "packageType": 0,
    "packageNumber": 1,
    "packageWeight": 2,
    "service": 7,
    "awbPayment": 1,
    "cashOnDelivery": 199.99,
    "insuredValue": 0,
    "thirdPartyPickup": 0,
    "awbRecipient[name]": "Ana Țurcanu",
    "awbRecipient[phoneNumber]": "0722000111",
    "awbRecipient[personType]": 0,
    "awbRecipient[cityString]": "Huedin",
    "awbRecipient[countyString]": "Cluj",
    "awbRecipient[address]": "Str. Horea 1",
    "parcels[0][weight]": 2,
    "clientInternalReference": "OUT/1",
}


class Caller:
    """Calls the courier's API, logged in."""

    def __init__(self, courier):
        self.url, self.headers = courier.url, {}
        answer = self.log_in(courier.username, courier.password)
        self.headers = {"X-AUTH-TOKEN": answer.json()["token"]}

    def log_in(self, username, password):
        headers = {"X-Auth-Username": username, "X-Auth-Password": password}
        return self.call("POST", "/authenticate", {"remember_me": 1}, headers=headers)

    def call(self, method, path, form=None, headers=None, **query):
        return requests.request(
            method,
            f"{self.url}/api{path}",
            params=query,
            data=form,
            headers=headers or self.headers,
            timeout=10,
        )

    def create(self, **changes):
        return self.call("POST", "/awb", {**FORM, **changes})


@pytest.fixture
def courier():
    with Simulator() as courier:
        yield courier


@pytest.fixture
def api(courier):
    return Caller(courier)
