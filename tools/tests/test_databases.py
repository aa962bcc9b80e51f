"""Databases: copied and dropped in the private cluster; made anew when what they came from
changed."""

import os
import subprocess

import pytest

from tools import database, paths, postgres, steps


@pytest.fixture(scope="module")
def name():
    """A scratch database with one table."""
    if not postgres.is_running():
        with steps.lock():
            postgres.ensure()
    name = f"scratch_{os.getpid()}"
    postgres.drop(name)
    postgres.client("createdb", name)
    postgres.query(name, "CREATE TABLE tea AS SELECT 7 AS leaves")
    yield name
    postgres.drop(name)


def test_copy_has_what_its_source_had_and_goes_its_own_way(name):
    postgres.copy(name, f"{name}_copy")
    try:
        postgres.query(f"{name}_copy", "UPDATE tea SET leaves = 8")
        assert postgres.query(f"{name}_copy", "SELECT leaves FROM tea") == "8\n"
        assert postgres.query(name, "SELECT leaves FROM tea") == "7\n"
        assert {name, f"{name}_copy"} <= set(postgres.databases())
    finally:
        postgres.drop(f"{name}_copy")
    assert not database.exists(f"{name}_copy")


def test_dropping_what_is_not_there_is_no_error(name):
    postgres.drop(f"{name}_never")


def test_connections_of_others_are_seen(name):
    sleeper = subprocess.Popen(
        [postgres._bin() / "psql", "-d", name, "-c", "SELECT pg_sleep(60)"],
        env={**os.environ, **postgres.environment()},
        stdout=subprocess.DEVNULL,
    )
    try:
        seen = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}'"
        while postgres.query("postgres", seen).strip() == "0":
            assert sleeper.poll() is None
        assert postgres.others_connected()
    finally:
        sleeper.kill()
        sleeper.wait()


def test_cluster_has_no_network(name):
    assert postgres.query(name, "SHOW listen_addresses") == "\n"


# The template's fingerprint


@pytest.fixture
def addon(root):
    folder = root / paths.ADDON
    (folder / "models").mkdir(parents=True)
    (folder / "tests").mkdir()
    (folder / "models" / "shop.py").write_text("one = 1\n")
    return folder


def test_template_is_made_anew_when_the_addon_changed(addon):
    before = database._source_key()
    assert database._source_key() == before
    (addon / "models" / "shop.py").write_text("one = 2\n")
    assert database._source_key() != before


def test_tests_and_compiled_files_do_not_matter(addon):
    before = database._source_key()
    (addon / "tests" / "test_shop.py").write_text("x = 1\n")
    (addon / "models" / "__pycache__").mkdir()
    (addon / "models" / "__pycache__" / "shop.pyc").write_bytes(b"x")
    assert database._source_key() == before


def test_moved_file_matters(addon):
    before = database._source_key()
    (addon / "models" / "shop.py").rename(addon / "models" / "site.py")
    assert database._source_key() != before


def test_files_are_in_the_database_so_that_copies_have_them():
    sql = "SELECT count(*) FROM ir_attachment WHERE store_fname IS NOT NULL"
    assert postgres.query(database.template(), sql) == "0\n"


def test_scripts_and_styles_are_made_once_for_all_that_a_browser_looks_at():
    sql = "SELECT count(*) FROM ir_attachment WHERE url LIKE '/web/assets/%'"
    assert int(postgres.query(database.dressed(), sql)) == 8
    assert int(postgres.query(database.template(), sql)) == 2


# What a database was made from


@pytest.fixture
def installed(monkeypatch):
    """The template is called template_new; calls of Odoo are noted and not made."""
    calls = []
    monkeypatch.setattr(database, "template", lambda: "template_new")
    monkeypatch.setattr(database, "install", lambda *arguments: calls.append(arguments))
    return calls


def test_database_of_another_state_of_the_addons_is_outdated_until_it_is_upgraded(name, installed):
    postgres.set_remark(name, "template_old main-job-done")
    assert database.outdated(name)
    database.upgrade(name)
    assert installed == [(name, "-u", ",".join(paths.ADDONS))]
    assert not database.outdated(name)
    assert postgres.remark(name) == "template_new main-job-done"


def test_what_python_compiles_is_kept_beside_the_sources(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    command = [paths.PYTHON, "-c", "from tools import steps; print(steps.__cached__)"]
    out = subprocess.run(command, env=database.environment(), capture_output=True, text=True)
    assert out.stdout.startswith(f"{paths.DEV / 'pycache'}/")
