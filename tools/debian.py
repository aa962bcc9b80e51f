"""Debian packages, unpacked but not installed: nothing of the machine changes, and no right is
needed for it."""

import shutil
import subprocess

from . import paths
from .steps import StepFailed, run


def unpack(name, packages, tree):
    """Fill `tree` anew with these packages, each written name/suite. Whole or not at all."""
    work = paths.DEV / f"{name}.new"
    shutil.rmtree(work, ignore_errors=True)
    for folder in ("lists/partial", "cache/archives/partial", "debs", "tree"):
        (work / folder).mkdir(parents=True)
    archive = _archive()
    suites = sorted({package.partition("/")[2] for package in packages})
    lines = [f"deb {archive} {suite} main\n" for suite in suites]
    (work / "sources.list").write_text("".join(lines))
    apt = ["apt-get"]
    for option in (
        f"Dir::State::lists={work}/lists",
        f"Dir::Cache={work}/cache",
        f"Dir::Etc::sourcelist={work}/sources.list",
        "Dir::Etc::sourceparts=-",
        "APT::Sandbox::User=root",
    ):
        apt += ["-o", option]
    run(f"{name}-lists", [*apt, "update"])
    run(f"{name}-download", [*apt, "download", *packages], cwd=work / "debs")
    for package in sorted((work / "debs").iterdir()):
        run(f"{name}-unpack", ["dpkg", "-x", package, work / "tree"])
    shutil.rmtree(tree, ignore_errors=True)
    (work / "tree").rename(tree)
    shutil.rmtree(work)


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
