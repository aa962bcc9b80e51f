"""Odoo 19 from its Debian package, unpacked but not installed, with the web files that the
package takes from others."""

import shutil
import subprocess

from . import paths
from .steps import StepFailed, run, step

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
    work = paths.DEV / "odoo.new"
    shutil.rmtree(work, ignore_errors=True)
    for folder in ("lists/partial", "cache/archives/partial", "debs", "tree"):
        (work / folder).mkdir(parents=True)
    archive = _archive()
    (work / "sources.list").write_text(f"deb {archive} sid main\ndeb {archive} bookworm main\n")
    apt = ["apt-get"]
    for option in (
        f"Dir::State::lists={work}/lists",
        f"Dir::Cache={work}/cache",
        f"Dir::Etc::sourcelist={work}/sources.list",
        "Dir::Etc::sourceparts=-",
        "APT::Sandbox::User=root",
    ):
        apt += ["-o", option]
    run("odoo-lists", [*apt, "update"])
    run("odoo-download", [*apt, "download", *PACKAGES], cwd=work / "debs")
    for package in sorted((work / "debs").iterdir()):
        run("odoo-unpack", ["dpkg", "-x", package, work / "tree"])
    absent = work / "tree" / paths.odoo_source().relative_to(paths.ODOO_TREE) / ABSENT
    absent.parent.mkdir(parents=True, exist_ok=True)
    absent.touch()
    shutil.rmtree(paths.ODOO_TREE, ignore_errors=True)
    (work / "tree").rename(paths.ODOO_TREE)
    shutil.rmtree(work)
    return "unpacked"


def _archive():
    """The address this machine's own package sources use; an archive of all suites."""
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"]
    found = subprocess.run(command, capture_output=True, text=True).stdout.split()
    plain = [address for address in found if "security" not in address]
    if not plain:
        raise StepFailed(
            "apt knows no package source. Run apt-get update once (as root), or set ODOO_PATH."
        )
    return plain[0]
