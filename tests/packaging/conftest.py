"""Clones to build wheels from: one that all tests share, and one for a test to change."""

import pytest
from clones import Clone

from tools import paths


@pytest.fixture
def clone(tmp_path):
    """One of the test's own, with one addon to change; nothing is committed yet."""
    return Clone(tmp_path / "clone", [paths.ADDON])


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """A clone with all committed and built; read only."""
    built = Clone(tmp_path_factory.mktemp("packaging") / "clone")
    built.commit()
    built.build()
    return built
