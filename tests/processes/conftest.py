"""Odoo in processes of its own, so that one can be killed while another goes on.

What the tests of a file begin with is made once, in its `prepared`; each of them finds it unchanged
on the site and in a copy of the database, or in one database for all where they do not disturb each
other: to make a copy takes longer than many a test."""

import contextlib
import functools
import typing
import uuid

import pytest
from erp import Erp, connected

from merchantpro_simulator import Simulator


class Origin(typing.NamedTuple):
    """What a file's tests have copies of."""

    site: Simulator
    erp: Erp


@pytest.fixture(scope="session")
def empty():
    """A site with nothing in it."""
    with Simulator(key=uuid.uuid4().hex) as site:
        yield site, site.store.copy()


@pytest.fixture(scope="session")
def connection(empty):
    """A function: the database with the addon, connected to the site, of a source."""
    with contextlib.ExitStack() as stack:

        @functools.cache
        def connection(source):
            return stack.enter_context(contextlib.closing(connected(empty[0], source)))

        yield connection


@pytest.fixture(scope="module")
def source():
    """The database whose models the tests of a file need; None is the template."""


@pytest.fixture(scope="module")
def origin(empty, connection, source):
    """A database with the addon, connected to a site with nothing in it."""
    site, nothing = empty
    site.store.load(nothing)
    site.remember()
    site.restore()
    with contextlib.closing(connection(source).copy()) as erp:
        yield Origin(site, erp)


@pytest.fixture(scope="module")
def prepared(origin):
    """What a file's tests begin with beside that; a file that has such has a fixture of this name,
    which works on the origin."""


@pytest.fixture(scope="module")
def remembered(origin, prepared):
    origin.site.remember()
    return origin


@pytest.fixture
def site(remembered):
    remembered.site.restore()
    return remembered.site


@pytest.fixture
def erp(remembered, site):
    """A database with the addon, connected to `site`."""
    with contextlib.closing(remembered.erp.copy()) as erp:
        yield erp


@pytest.fixture
def shared(remembered, site):
    """The same database for all tests of a file, whose `erp` forgets what the one before did."""
    yield remembered.erp
    remembered.erp.stop()
