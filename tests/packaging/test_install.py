"""The wheels in a clean environment beside Odoo, with nothing of this repository on its path."""

import os
import subprocess
import sys
import sysconfig
import venv

import pytest
from clones import ADDONS

from tools import database, lint, paths, postgres


class Environment:
    """A new Python environment. Paths given are added to its own, as `pip install -e` does; a
    .pth file in them is not followed, so the one that leads to this repository is not."""

    def __init__(self, folder, *more):
        venv.create(folder, symlinks=True)
        self.python = folder / "bin" / "python"
        (self.packages,) = folder.glob("lib/python3*/site-packages")
        (self.packages / "beside.pth").write_text("".join(f"{path}\n" for path in more))

    def pretend(self, name, version):
        """Metadata of an installed package, without the package."""
        folder = self.packages / f"{name}-{version}.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        )

    def pip_install(self, *wheels):
        """Let pip resolve all that the wheels ask for, from what is there: it fetches nothing."""
        command = [sys.executable, "-m", "pip", "--python", self.python, "install"]
        return subprocess.run(
            [*command, "--no-index", "--no-compile", *wheels],
            env={**os.environ, "PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": ""},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, code):
        """What the code prints; the current folder and PYTHONPATH add nothing."""
        command = [self.python, "-I", "-c", code]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture(scope="module")
def wheels(built):
    return sorted(built.folder.glob("dist/*.whl"))


@pytest.fixture(scope="module")
def odoo(tmp_path_factory):
    """Odoo with what it needs, and the job queue."""
    environment = Environment(
        tmp_path_factory.mktemp("odoo") / "venv",
        paths.odoo_source(),
        sysconfig.get_path("purelib"),
    )
    if not any(paths.odoo_source().glob("odoo-*-info")):
        environment.pretend("odoo", "19.0")  # Its repository, as `pip install -e` adds it.
    return environment


@pytest.fixture(scope="module")
def installed(odoo, wheels):
    """The same after `pip install` of our wheels, and what pip said."""
    assert odoo.run("import importlib.util as u; print(u.find_spec('tools'))") == "None"
    result = odoo.pip_install(*wheels)
    assert result.returncode == 0, result.stdout
    return odoo, result.stdout


def test_pip_takes_the_odoo_that_is_there(installed):
    _environment, said = installed
    for each in ("odoo==19.0.*", "odoo-addon-queue_job==19.0.*", "requests", "phonenumbers"):
        assert f"Requirement already satisfied: {each}" in said


def test_addons_are_found_among_odoos_and_the_simulated_shop_is_not(installed):
    environment, _said = installed
    code = (
        "import importlib.util as u;"
        f"print(*(u.find_spec('odoo.addons.' + each).origin for each in {ADDONS}));"
        "print(u.find_spec('merchantpro_simulator'))"
    )
    there = environment.packages / "odoo" / "addons"
    found = " ".join(str(there / addon / "__init__.py") for addon in ADDONS)
    assert environment.run(code) == f"{found}\nNone"


def test_odoo_has_the_addon_from_its_wheel_and_installs_one_on_top_of_it(
    installed, tmp_path, monkeypatch
):
    environment, _said = installed
    # In the template the addon is installed, from the files that are in its wheel as they are.
    source, db, top = database.template(), f"wheel_{os.getpid()}", "delivery_awb_sameday"
    config = tmp_path / "odoo.conf"
    config.write_text(paths.CONFIG.read_text().replace(f",{paths.ROOT}\n", "\n"))
    assert str(paths.ROOT) + "\n" not in config.read_text()
    monkeypatch.setattr(paths, "PYTHON", environment.python)
    monkeypatch.setattr(paths, "CONFIG", config)
    monkeypatch.setattr(paths, "LOGS", tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.chdir(tmp_path)
    postgres.copy(source, db)
    try:
        log = database.install(db, "-i", top)
        states = postgres.query(db, "SELECT name FROM ir_module_module WHERE state = 'installed'")
    finally:
        postgres.drop(db)
    assert {paths.ADDON, top} <= set(states.split())
    assert lint._complaints("install", log) == []


def test_pip_refuses_another_odoo(tmp_path, wheels):
    environment = Environment(tmp_path / "venv", sysconfig.get_path("purelib"))
    environment.pretend("odoo", "20.0")
    result = environment.pip_install(*wheels)
    assert result.returncode != 0
    assert "No matching distribution found for odoo==19.0.*" in result.stdout
    assert not (environment.packages / "odoo").exists()
