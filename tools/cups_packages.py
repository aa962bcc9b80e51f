"""What the addon that prints through CUPS needs beside Odoo: a print server, unpacked, and OCA's
addons with the library they use.

Where this cannot be had (no apt, no C compiler), that addon is left out, with a word why."""

import os
import subprocess
import sys

from . import debian, paths
from .steps import StepFailed, key, run, step

ADDON = "cloudsales_merchantpro_cups"
TREE = paths.DEV / "cups"
# Debian's suite is the one of which chromium's and wkhtmltopdf's libraries are.
PACKAGES = tuple(
    f"{name}/bookworm"
    for name in (
        "cups-daemon", "cups-common", "cups-server-common", "libpaper1", "libcups2",
        "libcups2-dev", "libcupsimage2", "libcupsimage2-dev",
    )
)  # fmt: skip
# Not among the requirements: the other databases do without.
WHEELS = (
    "pycups==2.0.4",
    "odoo-addon-base_report_to_printer==19.0.1.2.5",
    "odoo-addon-base_report_to_printer_cups==19.0.0.2.0.2",
)


def available(addons):
    """Those of these addons that can be installed here; sets up what ours needs if it is one."""
    return addons if ADDON not in addons or ensure() else tuple(a for a in addons if a != ADDON)


def ensure():
    """Whether there is a CUPS and what joins Odoo to it, made if need be."""
    try:
        step("cups", key(*PACKAGES), lambda: libraries() is not None, _unpack)
        # Asked from inside the environment and from outside, where another Python runs.
        step("cups-python", key(*WHEELS, (paths.STAMPS / "venv").read_text()), _joined, _join)
    except (StepFailed, OSError) as error:
        print(f"{ADDON} is left out: {error}", file=sys.stderr)
        return False
    return True


def _unpack():
    debian.unpack("cups", PACKAGES, TREE)
    return "unpacked"


def libraries():
    return next((path.parent for path in TREE.glob("usr/lib/*/libcups.so.2")), None)


def _joined():
    probe = "import cups, odoo.addons.base_report_to_printer_cups as a; print(a.__file__)"
    command = [str(paths.PYTHON), "-W", "ignore", "-c", probe]
    return subprocess.run(command, capture_output=True).returncode == 0


def _join():
    folder = libraries()
    flags = {
        "CFLAGS": f"-I{TREE}/usr/include",
        "LDFLAGS": f"-L{folder} -Wl,-rpath,{folder}",
    }
    pip = [paths.PYTHON, "-m", "pip", "install", "--no-cache-dir", "--no-deps", "-q"]
    run("cups-python", [*pip, *WHEELS], env={**os.environ, **flags})
    return "made"
