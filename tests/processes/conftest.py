"""Odoo in processes of its own, so that one can be killed while another goes on."""

import uuid

import pytest
from erp import Erp

from merchantpro_simulator import Simulator


@pytest.fixture
def site():
    with Simulator(key=uuid.uuid4().hex) as simulator:
        yield simulator


@pytest.fixture
def erp(site):
    """A database with the addon, connected to `site`."""
    erp = Erp(site)
    yield erp
    erp.close()
