"""Databases in memory: where they lie, and what is left of them when they are lost."""

import pathlib
import shutil
import tempfile

import pytest

from tools import memory, paths, postgres, steps


@pytest.fixture(scope="module")
def cluster():
    """A cluster of the test's own, which others do not miss; its folder."""
    root = pathlib.Path(tempfile.mkdtemp(dir="/var/tmp"))
    root.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "DEV", root)
        for name in ("STAMPS", "LOGS", "SOCKETS"):
            patch.setattr(paths, name, root / name.lower())
        patch.setattr(postgres, "data", lambda: root / "pg")
        patch.setattr(memory, "ROOT", root / "nowhere")
        postgres.ensure()
        yield root
        postgres.stop()
    shutil.rmtree(root)


@pytest.fixture
def space(cluster, monkeypatch):
    """Room for a tablespace, which may lie on a disk too."""
    (cluster / "memory").mkdir()
    monkeypatch.setattr(memory, "ROOT", cluster / "memory")
    monkeypatch.setattr(memory, "ENOUGH", 0)
    monkeypatch.setattr(memory, "COPY", 0)
    yield
    if memory._exists():
        memory._forget()
    shutil.rmtree(cluster / "memory")


@pytest.fixture
def copied(space):
    """A function that makes a copy and tells the tablespace it lies in."""

    def copied(**options):
        postgres.drop("copy")
        postgres.copy("template1", "copy", **options)
        return postgres.query(
            "copy",
            "SELECT spcname FROM pg_database d JOIN pg_tablespace t ON t.oid = dattablespace"
            " WHERE datname = current_database()",
        ).strip()

    yield copied
    postgres.drop("copy")


def test_copy_lies_in_memory_unless_it_is_to_be_lasting(copied):
    memory.ensure()
    memory.ensure()  # once is enough
    assert copied() == memory.SPACE
    assert copied(lasting=True) == "pg_default"


def test_without_room_for_one_more_the_copy_lies_on_the_disk(copied, monkeypatch):
    memory.ensure()
    monkeypatch.setattr(memory, "COPY", 1 << 60)
    assert copied() == "pg_default"


@pytest.mark.parametrize(("name", "value"), [("ENOUGH", 1 << 60), ("ROOT", pathlib.Path("/no"))])
def test_small_machine_has_no_such_place(copied, monkeypatch, name, value):
    monkeypatch.setattr(memory, name, value)
    if name == "ROOT":
        monkeypatch.setattr(memory, "ENOUGH", 1)
    memory.ensure()
    assert not memory._exists()
    assert copied() == "pg_default"


def test_what_is_lost_with_the_machine_is_forgotten_and_begun_anew(copied):
    memory.ensure()
    copied()
    power_cut = [postgres._bin() / "pg_ctl", "-D", postgres.data(), "-m", "immediate", "stop"]
    steps.run("power-cut", power_cut, **postgres._as_owner())
    shutil.rmtree(memory._folder())
    assert postgres.ensure() is True
    assert "copy" not in postgres.databases()
    assert copied() == memory.SPACE
