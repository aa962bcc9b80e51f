"""The tools work in a folder of the test's own; nothing of the clone's .dev/ is touched."""

import pytest

from tools import paths


@pytest.fixture
def dev(tmp_path, monkeypatch):
    """An empty .dev/."""
    for name, folder in (("STAMPS", "stamps"), ("LOGS", "logs"), ("RUN", "run")):
        monkeypatch.setattr(paths, name, tmp_path / folder)
    monkeypatch.setattr(paths, "DEV", tmp_path)
    return tmp_path


@pytest.fixture
def root(tmp_path, monkeypatch):
    """An empty clone."""
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    return tmp_path
