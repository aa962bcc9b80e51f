"""`./dev lint`: style, Odoo's conventions, XML, a clean install, upgrade and uninstall, and the
Romanian of every term."""

import re
import subprocess
import time

from lxml import etree

from . import cups_packages, database, paths, postgres, translations
from .steps import report

# One idea a file: a model may be spread over several. pyproject.toml cannot say it, since there
# "enable" overrides "disable".
PYLINT = ("--disable=consider-merging-classes-inherited",)
NOISE = re.compile(r"(WARNING|ERROR|CRITICAL) \S+ (\S+):")


def lint():
    """0 when everything is clean. Each check prints one line."""
    checks = {
        "ruff": lambda: _tool("ruff", "check", "."),
        "format": lambda: _tool("ruff", "format", "--check", "."),
        "pylint-odoo": lambda: _tool("pylint", *PYLINT, *paths.ADDONS),
        "xml": check_xml,
        "install": check_life,
        "translations": translations.check,
    }
    failed = False
    for name, check in checks.items():
        started = time.monotonic()
        problems = check()
        report(name, "clean" if not problems else "PROBLEMS", time.monotonic() - started)
        if problems:
            failed = True
            print(problems)
    return 1 if failed else 0


def _tool(name, *arguments):
    command = [str(paths.PYTHON), "-m", name, *arguments]
    result = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True)
    return result.stdout + result.stderr if result.returncode else ""


def check_xml():
    """Well-formed, indented by four spaces, no tabs, no blanks at the end of a line."""
    problems = []
    for addon in paths.ADDONS:
        for path in sorted((paths.ROOT / addon).rglob("*.xml")):
            problems += [f"{path.relative_to(paths.ROOT)}:{each}" for each in xml_problems(path)]
    return "\n".join(problems)


def xml_problems(path):
    """[line: what is wrong] of one file."""
    try:
        etree.parse(str(path))
    except etree.XMLSyntaxError as error:
        return [f"{error.lineno}: {error.msg}"]
    problems = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        indent = len(line) - len(line.lstrip(" "))
        if "\t" in line or line != line.rstrip():
            problems.append(f"{number}: a tab, or blanks at the end")
        elif indent % 4:
            problems.append(f"{number}: indented by {indent}")
        elif len(line) > 130:
            problems.append(f"{number}: {len(line)} characters")
    return problems


def check_life():
    """Install, upgrade and uninstall the addon; any warning or error of ours is a problem."""
    db = "lint_life"
    postgres.drop(db)
    postgres.copy(database.base(), db)
    names = ",".join(cups_packages.available(paths.ADDONS))
    problems = []
    try:
        problems += _complaints("install", database.install(db, "-i", names))
        problems += _complaints("upgrade", database.install(db, "-u", names))
        uninstall = (
            f"env['ir.module.module'].search([('name', 'in', {list(paths.ADDONS)!r})])"
            ".button_immediate_uninstall()\nenv.cr.commit()\n"
        )
        log = paths.LOGS / "odoo-uninstall.log"
        result = subprocess.run(
            database.shell_command(db, "warn"),
            input=uninstall.encode(),
            env=database.environment(),
            capture_output=True,
        )
        log.write_bytes(result.stderr)
        problems += _complaints("uninstall", log)
        if result.returncode:
            problems.append(f"uninstall failed; see {log}")
    finally:
        postgres.drop(db)
    return "\n".join(problems)


def _complaints(part, log):
    """Warnings and errors in a log of Odoo. Those of docutils come without a logger's name."""
    return [
        f"{part}: {line}"
        for line in log.read_text(errors="replace").splitlines()
        if NOISE.search(line) and not any(word in line for word in KNOWN)
    ]


# Of Odoo itself, with or without our addon.
KNOWN = (
    "PyPDF2",
    "selfie_segmentation",
    "unaccent",
    "wkhtmltopdf",
)
