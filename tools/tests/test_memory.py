"""Databases in memory: where they lie, and what is left of them when they are lost."""

import os
import pathlib
import shutil
import tempfile

import pytest

from tools import memory, postgres, steps


@pytest.fixture
def space(monkeypatch):
    """A tablespace of the test's own, which may lie on a disk too."""
    with steps.lock():
        postgres.ensure()
    root = pathlib.Path(tempfile.mkdtemp(dir="/var/tmp"))
    root.chmod(0o755)
    monkeypatch.setattr(memory, "ROOT", root)
    monkeypatch.setattr(memory, "SPACE", f"scratch_{os.getpid()}")
    monkeypatch.setattr(memory, "ENOUGH", 0)
    monkeypatch.setattr(memory, "COPY", 0)
    yield root
    if memory._exists():
        memory._forget()
    shutil.rmtree(root)


@pytest.fixture
def copied(space):
    """A function that makes a copy and tells the tablespace it lies in."""

    def copied(**options):
        name = f"scratch_{os.getpid()}_memory"
        postgres.drop(name)
        postgres.copy("template1", name, **options)
        return postgres.query(
            name,
            "SELECT spcname FROM pg_database d JOIN pg_tablespace t ON t.oid = dattablespace"
            " WHERE datname = current_database()",
        ).strip()

    yield copied
    postgres.drop(f"scratch_{os.getpid()}_memory")


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


def test_what_is_lost_with_the_machine_is_forgotten_and_begun_anew(copied, space):
    memory.ensure()
    copied()
    shutil.rmtree(memory._folder())
    memory.heal()
    assert memory._folder().is_dir()
    memory.ensure()
    assert not {f"scratch_{os.getpid()}_memory"} & set(postgres.databases())
    assert copied() == memory.SPACE
