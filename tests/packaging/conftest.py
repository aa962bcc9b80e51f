"""A clone to build wheels from that all tests share."""

import pytest
from clones import Clone


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """A clone with all committed and built; read only."""
    built = Clone(tmp_path_factory.mktemp("packaging") / "clone")
    built.commit()
    built.build()
    return built
