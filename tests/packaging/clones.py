"""Wheels as a merchant would build them: by the repository's own script, from a clone.

The clone is made here, of the addons as they lie in the working tree, so that a file that
waits for its first commit counts, and one that .gitignore hides does not get into the wheel."""

import email
import os
import pathlib
import shutil
import subprocess
import sys
import zipfile

from tools import paths

ADDONS = sorted(paths.ADDONS)

LEFTOVERS = shutil.ignore_patterns("__pycache__", "*.pyc", "__editable__")


def environment():
    """Nobody's settings, and no repository but the one in the current folder, also when a hook
    of git runs the tests."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    kept.pop("WHOOL_POST_VERSION_STRATEGY_OVERRIDE", None)
    who = {"NAME": "Test", "EMAIL": "test@example.com"}
    names = {f"GIT_{role}_{key}": who[key] for role in ("AUTHOR", "COMMITTER") for key in who}
    return {**kept, **names, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


class Clone:
    """A folder with addons and what it takes to build them."""

    def __init__(self, folder, addons=ADDONS):
        self.folder = folder
        for name in (*addons, "setup"):
            shutil.copytree(paths.ROOT / name, folder / name, ignore=LEFTOVERS)
            # An editable installation leaves it; in its __editable__ is a link to the addon.
            shutil.rmtree(folder / name / "build", ignore_errors=True)
        shutil.copy(paths.ROOT / ".gitignore", folder)

    def git(self, *arguments):
        """What git said."""
        command = ["git", *arguments]
        return subprocess.run(
            command,
            cwd=self.folder,
            env=environment(),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout

    def commit(self):
        self.git("init", "-q")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "All of it")

    def build(self):
        """What the script said; its wheels are in dist/."""
        script = [sys.executable, self.folder / "setup" / "wheels.py", "--no-build-isolation"]
        result = subprocess.run(
            script,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert result.returncode == 0, result.stdout
        return result.stdout

    def wheel(self, addon):
        (path,) = self.folder.glob(f"dist/odoo_addon_{addon}-*.whl")
        return Wheel(path)


class Wheel:
    """A wheel's version, its files of the addon, and its metadata."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.version = self.path.name.split("-")[1]

    def read(self, name):
        with zipfile.ZipFile(self.path) as archive:
            return archive.read(name).decode()

    def files(self):
        """{path: content} of the addon's."""
        with zipfile.ZipFile(self.path) as archive:
            names = [name for name in archive.namelist() if ".dist-info/" not in name]
            return {name: archive.read(name) for name in names}

    def metadata(self):
        name = "-".join(self.path.name.split("-")[:2])
        return email.message_from_string(self.read(f"{name}.dist-info/METADATA"))
