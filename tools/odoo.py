"""Odoo 19 from its Debian package, unpacked but not installed, with the web files that the
package takes from others."""

import subprocess

from . import debian, paths
from .steps import step

# Each with the Debian suite that has it: newer suites have newer fonts under other names.
PACKAGES = (
    "odoo-19/sid", "fonts-montserrat/sid", "libjs-jquery/bookworm", "libjs-jquery-form/bookworm",
    "libjs-underscore/bookworm", "fonts-font-awesome/bookworm", "fonts-inconsolata/bookworm",
    "fonts-roboto-unhinted/bookworm", "fonts-ocr-b/bookworm",
    "fonts-glyphicons-halflings/bookworm",
)  # fmt: skip

# Left out of Debian's package for its licence; it blurs the background of video calls. An empty
# one in its place keeps the web client from telling an error on each page.
ABSENT = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def ensure():
    if paths.odoo_source().is_relative_to(paths.ODOO_TREE):
        step("odoo", " ".join(PACKAGES), _whole, _unpack)


def version():
    """Odoo's version as its own source states it."""
    release = (paths.odoo_source() / "odoo" / "release.py").read_text()
    line = next(line for line in release.splitlines() if line.startswith("version_info"))
    return line.split("=", 1)[1].strip()


def _whole():
    """The tree is there and no web file is missing or a link to nowhere."""
    wanted = ("odoo/release.py", ABSENT)
    if not all((paths.odoo_source() / path).exists() for path in wanted):
        return False
    links = ["find", str(paths.ODOO_TREE), "-xtype", "l", "-print", "-quit"]
    return not subprocess.run(links, capture_output=True).stdout


def _unpack():
    debian.unpack("odoo", PACKAGES, paths.ODOO_TREE)
    absent = paths.odoo_source() / ABSENT
    absent.parent.mkdir(parents=True, exist_ok=True)
    absent.touch()
    return "unpacked"
