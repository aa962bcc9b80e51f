"""The Python environment: what Odoo declares, the job queue, tests and checks, and the way to
Odoo's source and to this repository."""

import contextlib
import importlib.metadata
import importlib.util
import shutil
import subprocess
import sys

from . import odoo, paths
from .steps import install_system, key, run, step

REQUIREMENTS = paths.ROOT / "tools" / "requirements.txt"
# A Python that makes environments, and that libraries in C can be built for.
COMPLETE = """
import ensurepip, pathlib, sysconfig, venv
assert pathlib.Path(sysconfig.get_path("include"), "Python.h").exists()
"""


def ensure():
    made_of = (odoo.version(), paths.odoo_source(), sys.version, _python())
    fingerprint = key(REQUIREMENTS.read_text(), *made_of)
    step("venv", fingerprint, _works, _make)


def _python():
    """What the environment is made from: Debian's Python of our version where that can do all
    we need, for it was built with profiles. Our own may be one that somebody compiled, as pyenv
    does, which needs a third more time for everything."""
    debian = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"
    with contextlib.suppress(OSError):
        if subprocess.run([debian, "-c", COMPLETE], capture_output=True).returncode == 0:
            return debian
    return sys.executable


def _works():
    # What an interrupted installation would lack: the job queue comes last.
    probe = "import odoo, odoo.addons.queue_job, psycopg2, pytest, werkzeug"
    if not paths.PYTHON.exists():
        return False
    command = [str(paths.PYTHON), "-W", "ignore", "-c", probe]
    return subprocess.run(command, capture_output=True).returncode == 0


def _make():
    shutil.rmtree(paths.VENV, ignore_errors=True)
    python = _python()
    if python == sys.executable and not importlib.util.find_spec("ensurepip"):
        # Debian keeps this part of Python in a package of its own.
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        install_system("python-venv", [f"python{version}-venv"])
    run("venv", [python, "-m", "venv", paths.VENV])
    packages = next((paths.VENV / "lib").glob("python3*")) / "site-packages"
    lines = f"{paths.odoo_source()}\n{paths.ROOT}\n"
    (packages / "cloudsales.pth").write_text(lines)
    declared = paths.DEV / "odoo-requirements.txt"
    declared.write_text("\n".join(_declared()))
    pip = [paths.PYTHON, "-m", "pip", "install", "--no-cache-dir", "-q"]
    run("venv-pip", [*pip, "-r", declared, "-r", REQUIREMENTS])
    return "made"


def _declared():
    """What Odoo's own metadata, or its requirements file, asks for."""
    source = paths.odoo_source()
    for distribution in importlib.metadata.distributions(path=[str(source)]):
        if distribution.metadata["Name"] == "odoo":
            return [line for line in distribution.requires or [] if "extra ==" not in line]
    return (source / "requirements.txt").read_text().splitlines()
