"""Where things are. Everything that is made lies under .dev/, except the database cluster of
root, whose parent folders may be closed to the user that runs it."""

import hashlib
import os
import pathlib
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
DEV = ROOT / ".dev"
STAMPS = DEV / "stamps"
LOGS = DEV / "logs"
RUN = DEV / "run"
VENV = DEV / "venv"
PYTHON = VENV / "bin" / "python"
ODOO_TREE = DEV / "odoo"
CONFIG = DEV / "odoo.conf"
ADDON = "cloudsales_merchantpro"
# What it is built on, of use without it too.
BELOW = ("delivery_awb",)
# What is not in the template database: a courier each, and what joins the addon to more of Odoo.
GLUE = ("cloudsales_merchantpro_mrp", "cloudsales_merchantpro_cups", "delivery_awb_sameday")
ADDONS = (*BELOW, ADDON, *GLUE)

# A socket's path must be short, and a clone may lie deep.
CLONE = hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]
SOCKETS = pathlib.Path(tempfile.gettempdir()) / f"cloudsales-{CLONE}"


def odoo_source():
    """The folder that holds the `odoo` package."""
    if given := os.environ.get("ODOO_PATH"):
        path = pathlib.Path(given).resolve()
        if not (path / "odoo" / "release.py").exists():
            raise SystemExit(f"ODOO_PATH={given} is no Odoo: {path}/odoo/release.py is missing.")
        return path
    return ODOO_TREE / "usr" / "lib" / "python3" / "dist-packages"


def odoo_addons():
    """The folders with Odoo's own addons."""
    source = odoo_source()
    inner, outer = source / "odoo" / "addons", source / "addons"
    # Debian's package has everything in both; Odoo's repository keeps the base modules apart.
    return [inner] if (inner / "sale").is_dir() else [outer, inner]
