"""Sameday's client without Odoo, against the simulator. The folder of the addon is put on the
path, so that `sameday` is imported by itself."""

import pathlib
import sys
import threading

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "delivery_awb_sameday"))

from sameday.client import Client  # noqa: E402 - the path is set first

from sameday_simulator import Simulator  # noqa: E402


class Tokens:
    """Kept in memory, for one process."""

    def __init__(self):
        self.token, self.made = "", 0
        self._lock = threading.Lock()

    def current(self):
        return self.token

    def renewed(self, old, log_in):
        with self._lock:
            if not self.token or self.token == old:
                self.token, self.made = log_in(), self.made + 1
            return self.token


@pytest.fixture
def courier():
    with Simulator() as courier:
        yield courier


@pytest.fixture
def tokens():
    return Tokens()


@pytest.fixture
def connect(courier, tokens):
    def make(url=None, password="demo", timeout=(2, 5)):
        return Client(url or courier.url, "demo", password, tokens, timeout)

    return make


@pytest.fixture
def client(connect):
    return connect()


@pytest.fixture
def form():
    return {
        "pickupPoint": 139,
        "packageType": 0,
        "packageNumber": 2,
        "packageWeight": 2.5,
        "service": 7,
        "awbPayment": 1,
        "cashOnDelivery": 99.9,
        "insuredValue": 0,
        "thirdPartyPickup": 0,
        "serviceTaxes": [70],
        "parcels": [{"weight": 1.25}, {"weight": 1.25, "width": None}],
        "lockerLastMile": None,
        "clientInternalReference": "AB-1",
        "awbRecipient": {
            "name": "Ana Țurcanu",
            "phoneNumber": "0722000111",
            "address": "Str. Horea 1",
            "cityString": "Huedin",
            "countyString": "Cluj",
            "personType": 0,
        },
    }
